//! Photos: asked for before they are read, hashed while they stream to disk, receipted when they are on it.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::app::App;
use super::blocking::{self, Pieces};
use super::openapi::{Asking, PhotoRefused, Text};
use super::place::part;
use super::problem::Failure;
use super::{body, entry};
use crate::central::answer::{Answer, News, Submission};
use crate::central::photos::{Expected, store_photo};
use crate::central::refusal::Refusal;
use crate::digest::Digest;
use crate::protocol::ids::StationId;
use crate::protocol::wire::{media, routes};

/// Takes a photo in that an accepted entry names
#[utoipa::path(
    put, path = routes::PHOTO, operation_id = "put_photo", tag = "stations",
    params(("station" = StationId, Path), ("sha256" = Digest, Path)),
    request_body(content = Text, content_type = "application/octet-stream", description = "The file, byte for byte"),
    responses(
        (status = 201, description = "Its receipt; the photo is durable", body = Text, content_type = "text/plain"),
        (status = 200, description = "Its receipt; the photo was there already", body = Text, content_type = "text/plain"),
        PhotoRefused,
    )
)]
pub(super) async fn put(
    State(app): State<App>,
    Path((station, sha256)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Failure> {
    let (station, sha256): (StationId, Digest) = (part(&station)?, part(&sha256)?);
    let expected = app.desk.ask(move |central| central.expects_photo(station, &sha256)).await??;
    let lengths = match &expected {
        Expected::Held(receipt) => {
            return Ok(entry::receipted(Answer { news: News::Known, bytes: receipt.clone() }));
        }
        Expected::Lengths(lengths) => lengths,
    };
    if let Some(found) = body::announced(&headers).filter(|found| !lengths.contains(found)) {
        return Err(Refusal::PhotoLength { sha256, expected: expected.limit(), found }.into());
    }
    let bytes = receive(&app, sha256, expected, body).await?;
    Ok(entry::receipted(app.desk.submit(Submission::Photo { station, sha256, bytes }).await?))
}

/// Streams the body to disk in a thread that may block.
async fn receive(app: &App, sha256: Digest, expected: Expected, body: Body) -> Result<u64, Failure> {
    let slot = app.photo_slots.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
    let (photos, pieces) = (app.desk.photos(), body::patient(body, app.patience));
    let mut reader = Pieces::new(pieces);
    let stored = tokio::task::spawn_blocking(move || {
        let stored = store_photo(&*photos, &sha256, &expected, &mut reader);
        drop(slot);
        stored
    });
    Ok(stored.await.map_err(|_| Refusal::Closing)??)
}

/// Gives a photo back, byte for byte
#[utoipa::path(
    get, path = routes::PHOTO, operation_id = "get_photo", tag = "evidence",
    params(("station" = StationId, Path), ("sha256" = Digest, Path)),
    responses((status = 200, description = "The file", body = Text, content_type = "application/octet-stream"), Asking)
)]
pub(super) async fn get(
    State(app): State<App>,
    Path((station, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, sha256): (StationId, Digest) = (part(&station)?, part(&sha256)?);
    let (photo, length) = app.desk.ask(move |central| central.photo(station, &sha256)).await??;
    let headers = [(CONTENT_TYPE, media::PHOTO.to_owned()), (CONTENT_LENGTH, length.to_string())];
    Ok((headers, Body::from_stream(blocking::stream(photo))))
}
