//! A photo for an operator to look at: only what is a JPEG or PNG by its first bytes, and only as a picture.

use std::io::Read as _;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use super::trouble::Trouble;
use super::visit::Visit;
use crate::central::refusal::Refusal;
use crate::central::store::OpenPhoto;
use crate::digest::Digest;
use crate::photo::{FolderError, Kind};
use crate::protocol::ids::StationId;
use crate::protocol::wire::limits;

/// `GET /operator/photo/{station}/{sha256}`.
pub(super) async fn show(visit: Visit, Path((station, sha256)): Path<(String, String)>) -> Response {
    match read(&visit, &station, &sha256).await {
        Ok((kind, bytes)) => ([(CONTENT_TYPE, kind)], Body::from(bytes)).into_response(),
        Err(trouble) => visit.trouble(&trouble),
    }
}

async fn read(visit: &Visit, station: &str, sha256: &str) -> Result<(&'static str, Vec<u8>), Trouble> {
    let (station, sha256): (StationId, Digest) =
        (station.parse().map_err(|_| Trouble::NoSuchPage)?, sha256.parse().map_err(|_| Trouble::NoSuchPage)?);
    let photo = visit.office.desk.ask(move |central| central.photo(station, &sha256)).await??;
    let bytes = tokio::task::spawn_blocking(move || whole(photo)).await.map_err(|_| Trouble::Stopped)??;
    let kind = Kind::sniff(&bytes).map_err(|_| Trouble::NoSuchPage)?.media_type();
    Ok((kind, bytes))
}

fn whole((reader, _): OpenPhoto) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let read = reader.take(limits::PHOTO_BYTES).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| Trouble::Refused(Refusal::PhotoStore(FolderError::Receive { source: error })))
}
