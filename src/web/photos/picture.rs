//! The pictures themselves: originals for officers, upright previews, and a page to look closely.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::previews::Side;
use super::staging::Staging;
use crate::digest::Digest;
use crate::photo::Kind;
use crate::recorder::{RecorderError, Station};
use crate::web::answer::Answer;
use crate::web::error::WebError;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// A photo never changes under its digest, and is nobody's business outside this browser.
pub(in crate::web) const KEEP: &str = "private, max-age=86400, immutable";

/// The original, byte for byte.
pub(in crate::web) async fn original(visit: Visit, Path(sha256): Path<String>) -> Answer {
    let sha256 = digest(&sha256)?;
    let slot = visit.officer()?.slot();
    let bytes = visit
        .app
        .desk
        .darkroom(move |station| {
            let staging = Staging::of(station.place(), slot);
            bytes(station, &staging, &sha256)
        })
        .await?;
    Ok(file(&sha256.to_string(), bytes, KEEP))
}

/// A file to be saved, under its kind's usual ending.
pub(in crate::web) fn file(name: &str, bytes: Vec<u8>, keep: &'static str) -> Response {
    let (kind, ending) = match Kind::sniff(&bytes) {
        Ok(Kind::Jpeg) => ("image/jpeg", "jpg"),
        Ok(Kind::Png) => ("image/png", "png"),
        Err(_) => ("application/octet-stream", "bin"),
    };
    let disposition = format!("inline; filename=\"{name}.{ending}\"");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, keep)], [(CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// A preview, upright and without any notes of the phone.
pub(in crate::web) async fn preview(
    visit: Visit,
    Path(sha256): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let sha256 = digest(&sha256)?;
    let slot = visit.officer()?.slot();
    let side = if query.contains_key("large") { Side::Large } else { Side::Small };
    small(&visit, sha256, side, move |station| {
        let staging = Staging::of(station.place(), slot);
        bytes(station, &staging, &sha256)
    })
    .await
}

/// The preview of a photo whose bytes `read` gives; decoding holds up nobody who works with the station.
pub(in crate::web) async fn small(
    visit: &Visit,
    sha256: Digest,
    side: Side,
    read: impl FnOnce(&mut Station) -> Result<Vec<u8>, WebError> + Send + 'static,
) -> Answer {
    let picture = if let Some(known) = visit.app.room.previews.get(&sha256, side.pixels()) {
        known
    } else {
        let bytes = visit.app.desk.darkroom(read).await?;
        let app = visit.app.clone();
        let make = move || app.room.previews.make(&sha256, side.pixels(), &bytes);
        tokio::task::spawn_blocking(make).await.map_err(WebError::Stopped)?.map_err(RecorderError::from)?
    };
    Ok(([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, KEEP)], picture.to_vec()).into_response())
}

#[derive(Template)]
#[template(path = "zoom.html")]
struct Zoom {
    frame: Frame,
    sha256: Digest,
    back: String,
}

/// A page to look at every figure.
pub(in crate::web) async fn zoom(visit: Visit, Path(sha256): Path<String>) -> Answer {
    let sha256 = digest(&sha256)?;
    visit
        .page(move |station, frame| {
            station.refresh()?;
            let shown = station.state().photos().iter().find(|kept| kept.image.sha256 == sha256);
            let back = match shown.map(|kept| &kept.shows) {
                Some(crate::protocol::state::Shows::Page { contest, .. }) => format!("/form/{contest}/photos"),
                _ => "/papers".to_owned(),
            };
            Ok(Zoom { frame, sha256, back })
        })
        .await
}

fn digest(text: &str) -> Result<Digest, WebError> {
    text.parse().map_err(|_| WebError::NoSuchPage)
}

/// A recorded photo, or one of this officer's that waits.
fn bytes(station: &mut Station, staging: &Staging, sha256: &Digest) -> Result<Vec<u8>, WebError> {
    station.refresh()?;
    let recorded = station.state().photos().iter().any(|kept| kept.image.sha256 == *sha256);
    match (recorded, staging.get(sha256)) {
        (true, _) => Ok(station.photos().read(sha256).map_err(RecorderError::from)?),
        (false, Some(_)) => Ok(staging.bytes(sha256)?),
        (false, None) => Err(WebError::NoSuchPage),
    }
}
