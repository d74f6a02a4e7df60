//! Photos given back, and their receipts. How they come in is `super::tus`.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::app::App;
use super::blocking;
use super::openapi::{Asking, Text};
use super::place::part;
use super::problem::Failure;
use crate::digest::Digest;
use crate::protocol::ids::StationId;
use crate::protocol::wire::{media, routes};

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

/// Gives the receipt of a photo
#[utoipa::path(
    get, path = routes::PHOTO_RECEIPT, operation_id = "get_photo_receipt", tag = "evidence",
    params(("station" = StationId, Path), ("sha256" = Digest, Path)),
    responses((status = 200, description = "The receipt", body = Text, content_type = "text/plain"), Asking)
)]
pub(super) async fn receipt(
    State(app): State<App>,
    Path((station, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, sha256): (StationId, Digest) = (part(&station)?, part(&sha256)?);
    let bytes = app.desk.ask(move |central| central.photo_receipt(station, &sha256)).await??;
    Ok(([(CONTENT_TYPE, media::RECEIPT)], bytes))
}
