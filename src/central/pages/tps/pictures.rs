//! The pictures of a TPS: small copies for the page, the whole picture without the phone's notes, the receipt.
//!
//! The original, byte for byte, is where programs fetch it. What is shown in a page carries no place, time or camera.

use std::io::Read as _;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::Semaphore;

use crate::central::pages::trouble::Trouble;
use crate::central::pages::visit::Visit;
use crate::central::photos::Expected;
use crate::central::refusal::Refusal;
use crate::digest::Digest;
use crate::html::FOREVER;
use crate::photo::{self, Kind, Previews};
use crate::protocol::ids::StationId;
use crate::protocol::wire::{limits, media};

/// The longer side of a small copy in pixels.
const SIDE: u32 = 640;
/// How many small copies are kept, at about 60 kB each.
const KEPT: usize = 512;
/// How many photos are decoded at one time: each takes about 60 MB and a core.
const AT_ONCE: usize = 2;

/// Where small copies are made, so that a crowd of readers never takes the cores from those who hand something in.
pub(in crate::central) struct Darkroom {
    previews: Previews,
    slots: Semaphore,
}

impl Default for Darkroom {
    fn default() -> Self {
        Self { previews: Previews::keeping(KEPT), slots: Semaphore::new(AT_ONCE) }
    }
}

/// `GET /tps/{station}/photos/{sha256}/preview`.
pub(in crate::central::pages) async fn preview(
    visit: Visit,
    Path((station, sha256)): Path<(String, String)>,
) -> Response {
    let made = match place(&station, &sha256) {
        Ok(place) => small(&visit, place).await,
        Err(trouble) => Err(trouble),
    };
    match made {
        Ok(bytes) => ([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, FOREVER)], bytes).into_response(),
        Err(trouble) => visit.trouble(&trouble),
    }
}

/// `GET /tps/{station}/photos/{sha256}/full`.
pub(in crate::central::pages) async fn full(visit: Visit, Path((station, sha256)): Path<(String, String)>) -> Response {
    match whole(&visit, &station, &sha256).await {
        Ok((kind, bytes)) => ([(CONTENT_TYPE, kind), (CACHE_CONTROL, FOREVER)], bytes).into_response(),
        Err(trouble) => visit.trouble(&trouble),
    }
}

/// `GET /tps/{station}/photos/{sha256}/receipt`.
pub(in crate::central::pages) async fn receipt(
    visit: Visit,
    Path((station, sha256)): Path<(String, String)>,
) -> Response {
    let found = match place(&station, &sha256) {
        Ok((station, sha256)) => visit.app.desk.ask(move |central| central.expects_photo(station, &sha256)).await,
        Err(trouble) => return visit.trouble(&trouble),
    };
    match found {
        Ok(Ok(Expected::Held(bytes))) => {
            let name = format!("attachment; filename=\"{sha256}.tlog-proof\"");
            ([(CONTENT_TYPE, media::RECEIPT.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Ok(Err(refusal)) | Err(refusal) => visit.trouble(&refusal.into()),
        Ok(Ok(Expected::Lengths(_))) => visit.trouble(&Trouble::NoSuchPage),
    }
}

fn place(station: &str, sha256: &str) -> Result<(StationId, Digest), Trouble> {
    let station = station.parse().map_err(|_| Trouble::NoSuchPage)?;
    Ok((station, sha256.parse().map_err(|_| Trouble::NoSuchPage)?))
}

async fn small(visit: &Visit, (station, sha256): (StationId, Digest)) -> Result<Vec<u8>, Trouble> {
    visit.app.desk.ask(move |central| central.holds_photo(station, &sha256)).await??;
    let darkroom = &visit.app.darkroom;
    if let Some(known) = darkroom.previews.get(&sha256, SIDE) {
        return Ok(known.to_vec());
    }
    // The semaphore is never closed.
    let _slot = darkroom.slots.acquire().await.map_err(|_| Refusal::Closing)?;
    if let Some(made_meanwhile) = darkroom.previews.get(&sha256, SIDE) {
        return Ok(made_meanwhile.to_vec());
    }
    let bytes = original(visit, station, sha256).await?;
    let darkroom = visit.app.darkroom.clone();
    let develop = move || darkroom.previews.make(&sha256, SIDE, &bytes);
    let made = tokio::task::spawn_blocking(develop).await.map_err(|_| Refusal::Closing)?;
    Ok(made.map_err(|_| Trouble::NoSuchPage)?.to_vec())
}

async fn whole(visit: &Visit, station: &str, sha256: &str) -> Result<(&'static str, Vec<u8>), Trouble> {
    let (station, sha256) = place(station, sha256)?;
    let bytes = original(visit, station, sha256).await?;
    let kind = Kind::sniff(&bytes).map_err(|_| Trouble::NoSuchPage)?.media_type();
    let strip = move || photo::stripped(&bytes);
    let stripped = tokio::task::spawn_blocking(strip).await.map_err(|_| Refusal::Closing)?;
    Ok((kind, stripped.map_err(|_| Trouble::NoSuchPage)?))
}

/// The bytes of a photo, read in a thread that may block.
async fn original(visit: &Visit, station: StationId, sha256: Digest) -> Result<Vec<u8>, Trouble> {
    let (reader, _) = visit.app.desk.ask(move |central| central.photo(station, &sha256)).await??;
    let read = move || {
        let mut bytes = Vec::new();
        reader.take(limits::PHOTO_BYTES).read_to_end(&mut bytes).map(|_| bytes)
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| Refusal::Closing)?;
    read.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, photo = %sha256, "a photo cannot be read");
        Trouble::NoSuchPage
    })
}
