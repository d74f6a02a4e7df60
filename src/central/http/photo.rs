//! Photos given back, and their receipts. How they come in is `super::tus`.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::app::App;
use super::blocking;
use super::place::part;
use super::problem::Failure;
use crate::digest::Digest;
use crate::protocol::ids::StationId;
use crate::protocol::wire::media;

/// `GET`: gives a photo back, byte for byte.
pub(super) async fn get(
    State(app): State<App>,
    Path((station, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, sha256): (StationId, Digest) = (part(&station)?, part(&sha256)?);
    let (photo, length) = app.desk.ask(move |central| central.photo(station, &sha256)).await??;
    let headers = [(CONTENT_TYPE, media::PHOTO.to_owned()), (CONTENT_LENGTH, length.to_string())];
    Ok((headers, Body::from_stream(blocking::stream(photo))))
}

/// `GET`: gives the receipt of a photo.
pub(super) async fn receipt(
    State(app): State<App>,
    Path((station, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, sha256): (StationId, Digest) = (part(&station)?, part(&sha256)?);
    let bytes = app.desk.ask(move |central| central.photo_receipt(station, &sha256)).await??;
    Ok(([(CONTENT_TYPE, media::RECEIPT)], bytes))
}
