//! An upload that has begun: how far it is, its next piece, its end.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::blocking;
use super::dress;
use super::finish::finish;
use super::headers::{Head, other_media};
use super::receive::{Piece, Received, receive};
use crate::central::http::app::App;
use crate::central::http::problem::Failure;
use crate::central::uploads::{Upload, UploadId};
use crate::protocol::ids::StationId;
use crate::protocol::tus::header;

type Place = (StationId, UploadId);

/// `HEAD`: how far the upload is. Whoever asks has given up what was sent before; a request that still works on the
/// upload is ended, and what it has received counts.
pub(super) async fn offset(app: &App, (station, id): Place) -> Result<Response, Failure> {
    app.uploads.free(station, id).await?;
    let mut upload = app.uploads.look(station, id, (app.clock)())?;
    if upload.is_whole() && !upload.finished {
        let held = app.uploads.hold(station, id, (app.clock)())?;
        (upload, _) = finish(app, held).await?;
    }
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    dress::state(headers, &upload);
    dress::put(headers, header::LENGTH, &upload.wanted.length.to_string());
    dress::put(headers, header::METADATA, &upload.wanted.metadata);
    Ok(response)
}

/// `PATCH`: the next piece.
pub(super) async fn piece(app: &App, (station, id): Place, asked: &Head, body: Body) -> Result<Response, Failure> {
    if !asked.carries_a_piece()? {
        return Err(other_media());
    }
    let (offset, checksum, announced) = (asked.number(header::OFFSET)?, asked.checksum()?, asked.announced());
    let held = app.uploads.hold(station, id, (app.clock)())?;
    held.upload().room(offset, announced)?;
    if held.upload().finished {
        return Ok(taken(held.upload()));
    }
    let Received { upload, receipt } = receive(app, held, Piece { offset, announced, checksum, body }).await?;
    let mut response = taken(&upload);
    if let Some(receipt) = receipt {
        dress::put(response.headers_mut(), header::RECEIPT, &BASE64_STANDARD.encode(receipt));
    }
    Ok(response)
}

/// `DELETE`: the upload is not wanted any more. A photo that it has completed stays: it is evidence.
pub(super) async fn end(app: &App, (station, id): Place) -> Result<Response, Failure> {
    app.uploads.free(station, id).await?;
    let held = app.uploads.hold(station, id, (app.clock)())?;
    blocking(move || held.remove()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn taken(upload: &Upload) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    dress::state(response.headers_mut(), upload);
    response
}
