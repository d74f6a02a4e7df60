//! What a saksi takes along: the signed result, its receipt, and the photos of its pages.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::ticket;
use crate::digest::Digest;
use crate::photo;
use crate::protocol::carrier;
use crate::protocol::entry::PagePhoto;
use crate::protocol::note::Note;
use crate::protocol::receipt::What;
use crate::protocol::state::State;
use crate::recorder::{RecorderError, Station};
use crate::web::answer::Answer;
use crate::web::error::WebError;
use crate::web::photos::Side;
use crate::web::photos::picture::{self, KEEP};
use crate::web::visit::Visit;

/// The signed result, byte for byte.
pub(in crate::web) async fn note(visit: Visit, Path(given): Path<String>) -> Answer {
    let (name, bytes) = visit.work(move |station| result(station, &given)).await?;
    Ok(text(&format!("{name}.note"), bytes))
}

/// The text of the QR code.
pub(in crate::web) async fn code(visit: Visit, Path(given): Path<String>) -> Answer {
    let (name, bytes) = visit.work(move |station| result(station, &given)).await?;
    let note = Note::parse(bytes).map_err(|_| WebError::NoSuchPage)?;
    Ok(text(&format!("{name}.txt"), carrier::encode(&note).into_bytes()))
}

/// Central's receipt for the result.
pub(in crate::web) async fn receipt(visit: Visit, Path(given): Path<String>) -> Answer {
    let (name, bytes) = visit
        .work(move |station| {
            station.refresh()?;
            let (form, kept) = ticket::find(station.state(), &given).ok_or(WebError::NoSuchPage)?;
            let name = name(station, form.contest(), kept.revision);
            let receipts = station.ledger().receipts()?;
            let own = receipts.into_iter().find(|(item, _)| item.what == What::Entry(kept.seq));
            Ok((name, own.ok_or(WebError::NoSuchPage)?.1))
        })
        .await?;
    Ok(text(&format!("{name}.tlog-proof"), bytes))
}

/// A page's photo in full size without what the phone wrote beside it.
pub(in crate::web) async fn stripped(visit: Visit, Path((given, page)): Path<(String, u8)>) -> Answer {
    let (name, bytes) = visit
        .app
        .desk
        .darkroom(move |station| {
            let (name, sha256) = page_photo(station, &given, page)?;
            let original = read(station, &sha256)?;
            Ok((name, photo::stripped(&original).map_err(RecorderError::from)?))
        })
        .await?;
    Ok(picture::file(&name, bytes, KEEP))
}

/// A page's photo, byte for byte as the digest in the result names it.
pub(in crate::web) async fn original(visit: Visit, Path((given, page)): Path<(String, u8)>) -> Answer {
    let (name, bytes) = visit
        .app
        .desk
        .darkroom(move |station| {
            let (name, sha256) = page_photo(station, &given, page)?;
            Ok((format!("{name}-{sha256}"), read(station, &sha256)?))
        })
        .await?;
    Ok(picture::file(&name, bytes, KEEP))
}

/// A page's photo, small and upright.
pub(in crate::web) async fn preview(visit: Visit, Path((given, page)): Path<(String, u8)>) -> Answer {
    let (_, sha256) = visit.work(move |station| page_photo(station, &given, page)).await?;
    picture::small(&visit, sha256, Side::Small, move |station| read(station, &sha256)).await
}

fn result(station: &mut Station, given: &str) -> Result<(String, Vec<u8>), WebError> {
    station.refresh()?;
    let (form, kept) = ticket::find(station.state(), given).ok_or(WebError::NoSuchPage)?;
    let sealed = station.ledger().entry(kept.seq)?.ok_or(WebError::NoSuchPage)?;
    Ok((name(station, form.contest(), kept.revision), sealed.bytes().to_vec()))
}

/// Name of a file and digest of the photo that a result names for a page; photos of no result are nobody's to see.
fn page_photo(station: &mut Station, given: &str, page: u8) -> Result<(String, Digest), WebError> {
    station.refresh()?;
    let state: &State = station.state();
    let (form, kept) = ticket::find(state, given).ok_or(WebError::NoSuchPage)?;
    let named = |one: &PagePhoto| match one {
        PagePhoto::Photo { page: at, sha256 } if at.number() == page => Some(*sha256),
        _ => None,
    };
    let sha256 = kept.pages.iter().find_map(named).ok_or(WebError::NoSuchPage)?;
    Ok((format!("{}-{page}", name(station, form.contest(), kept.revision)), sha256))
}

fn read(station: &Station, sha256: &Digest) -> Result<Vec<u8>, WebError> {
    Ok(station.photos().read(sha256).map_err(RecorderError::from)?)
}

/// How a file is called on the phone of a saksi.
fn name(station: &Station, contest: &str, revision: u16) -> String {
    format!("tps-{}-{contest}-{revision}", station.id())
}

fn text(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (headers, [(CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
