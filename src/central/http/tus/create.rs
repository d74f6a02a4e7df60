//! Creation: a photo is announced, and may come along at once.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse as _, Response};

use super::blocking;
use super::dress;
use super::headers::{Head, fault, malformed};
use super::receive::{Piece, Received, receive};
use crate::central::http::app::App;
use crate::central::http::body::let_pass;
use crate::central::http::problem::Failure;
use crate::central::photos::Expected;
use crate::central::refusal::Refusal;
use crate::central::uploads::{Upload, UploadId, Wanted};
use crate::digest::Digest;
use crate::protocol::coding::Coding;
use crate::protocol::ids::StationId;
use crate::protocol::tus::{CODING, Metadata, SHA256, header};
use crate::protocol::wire::{limits, media};

/// Begins an upload, if the photo is wanted: the same rules as ever, asked before a byte of it is read.
pub(super) async fn create(app: &App, station: StationId, asked: &Head, body: Body) -> Result<Response, Failure> {
    let wanted = wanted(station, asked, app.coding)?;
    let carries = asked.carries_a_piece()?;
    let checksum = asked.checksum()?;
    let (sha256, length, coding) = (wanted.sha256, wanted.length, wanted.coding);
    let expected = app.desk.ask(move |central| central.expects_photo(station, &sha256)).await??;
    let lengths = match &expected {
        Expected::Held(receipt) => {
            let_pass(body, app.patience).await;
            let (id, upload) = app.uploads.finished(wanted, (app.clock)());
            return Ok(created(id, &upload, receipt.clone()));
        }
        Expected::Lengths(lengths) => lengths,
    };
    match coding {
        Coding::Plain if lengths.contains(&length) => {}
        Coding::Lepton if length < expected.limit() => {}
        _ => return Err(Refusal::PhotoLength { sha256, expected: expected.limit(), found: length }.into()),
    }
    let (shelf, now) = (app.uploads.clone(), (app.clock)());
    let held = blocking(move || shelf.create(wanted, now)).await??;
    let (id, upload) = (held.id(), held.upload().clone());
    if !carries {
        return Ok(created(id, &upload, Vec::new()));
    }
    let piece = Piece { offset: 0, announced: asked.announced(), checksum, body };
    let Received { upload, receipt } = receive(app, held, piece).await?;
    Ok(created(id, &upload, receipt.unwrap_or_default()))
}

fn wanted(station: StationId, asked: &Head, taken: Coding) -> Result<Wanted, Failure> {
    for other in ["upload-defer-length", "upload-concat"] {
        if asked.text(other)?.is_some() {
            return Err(malformed(&format!("{other} is no part of what is offered here")));
        }
    }
    let length = asked.number(header::LENGTH)?;
    if length > limits::PHOTO_BYTES {
        return Err(Refusal::TooLarge { limit: limits::PHOTO_BYTES }.into());
    }
    let text = asked.text(header::METADATA)?.unwrap_or_default();
    let metadata = Metadata::parse(text).map_err(fault)?;
    let sha256 = metadata.text(SHA256).and_then(|text| text.parse::<Digest>().ok());
    let missing = || malformed("upload-metadata names the photo: the key sha256 with 64 lower-case hexadecimal digits");
    let sha256 = sha256.ok_or_else(missing)?;
    let coding = if metadata.has(CODING) { Coding::named(metadata.text(CODING)) } else { Some(Coding::Plain) };
    let coding = coding.filter(|coding| [Coding::Plain, taken].contains(coding));
    let unknown = || malformed("photos are not taken in this coding; send the photo's own bytes");
    Ok(Wanted { station, sha256, length, coding: coding.ok_or_else(unknown)?, metadata: text.to_owned() })
}

/// 201. The address is relative to that of the creation, which ends in a slash, so that it holds below whatever path central lives at.
fn created(id: UploadId, upload: &Upload, receipt: Vec<u8>) -> Response {
    let mut response = StatusCode::CREATED.into_response();
    dress::state(response.headers_mut(), upload);
    dress::put(response.headers_mut(), LOCATION, &id.to_string());
    if !receipt.is_empty() {
        dress::put(response.headers_mut(), CONTENT_TYPE, media::RECEIPT);
        *response.body_mut() = Body::from(receipt);
    }
    response
}
