//! What the network cannot take goes on a stick: a parcel to be saved, and the receipts that come back in a file.

use std::io::Write as _;

use askama::Template;
use axum::body::Body;
use axum::extract::Multipart;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use tokio_util::io::{ReaderStream, SyncIoBridge};
use tracing::warn;

use super::answer::{Answer, go};
use super::error::WebError;
use super::frame::Frame;
use super::visit::Visit;
use super::words;
use super::words::delivery as say;
use crate::form::Text;
use crate::photo::Folder;
use crate::sync::parcel::{Packing, Scope, TakeInError, take_in};

/// Bytes that stand between the disk and the browser.
const PIPE_BYTES: usize = 256 * 1024;

/// The most bytes of a file of receipts: each is a few hundred bytes long.
const RECEIPTS_BYTES: usize = 32 * 1024 * 1024;

/// What became of a file of receipts, as the address of the page carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// So many new receipts; `spoiled` others did not hold.
    Taken { new: usize, spoiled: usize },
    /// The file is no parcel.
    NoParcel,
}

impl Told {
    fn query(self) -> String {
        match self {
            Self::Taken { new, spoiled } => format!("/carry?receipts={new}&spoiled={spoiled}"),
            Self::NoParcel => "/carry?receipts=none".to_owned(),
        }
    }

    /// What the address says, if it says anything about receipts.
    fn asked(path: &str) -> Option<Self> {
        let query = path.split_once('?')?.1;
        let get = |name: &str| form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        let (_, receipts) = get("receipts")?;
        let Ok(new) = receipts.parse() else { return Some(Self::NoParcel) };
        let spoiled = get("spoiled").and_then(|(_, count)| count.parse().ok()).unwrap_or(0);
        Some(Self::Taken { new, spoiled })
    }

    /// The words, and the numbers that they have gaps for.
    fn words(self) -> (Text, Vec<usize>) {
        match self {
            Self::NoParcel => (say::RECEIPTS_NONE, Vec::new()),
            Self::Taken { new, spoiled: 0 } => (say::RECEIPTS_TAKEN, vec![new]),
            Self::Taken { new, spoiled } => (say::RECEIPTS_SPOILED, vec![new, spoiled]),
        }
    }
}

#[derive(Template)]
#[template(path = "carry.html")]
struct CarryPage {
    frame: Frame,
    told: Option<String>,
}

/// The page with both directions.
pub(super) async fn show(visit: Visit) -> Answer {
    let told = Told::asked(&visit.path);
    visit
        .page(move |_, frame| {
            let told = told.map(|told| {
                let (text, numbers) = told.words();
                let numbers: Vec<&dyn std::fmt::Display> = numbers.iter().map(|number| number as _).collect();
                frame.with(text, &numbers)
            });
            Ok(CarryPage { frame, told })
        })
        .await
}

/// The parcel, streamed while it is packed. A photo that is damaged here stays out of it; the list says so.
pub(super) async fn parcel(visit: Visit) -> Answer {
    let now = visit.now();
    let work = move |station: &mut crate::recorder::Station| {
        station.refresh()?;
        let packing = Packing::of(station.ledger(), station.photos(), Scope::Open, now)?;
        Ok((packing, station.photos().clone(), station.id()))
    };
    let (packing, photos, station) = visit.app.desk.darkroom(work).await?;
    let (into, out) = tokio::io::duplex(PIPE_BYTES);
    tokio::task::spawn_blocking(move || {
        // A browser that goes away ends the pipe; what it has then is a parcel that says that it is cut off.
        if let Err(error) = pour(&packing, &photos, SyncIoBridge::new(into)) {
            warn!(%error, "a parcel was not saved whole");
        }
    });
    let name = format!("attachment; filename=\"{station}.parcel\"");
    let mut answer = Response::new(Body::from_stream(ReaderStream::with_capacity(out, PIPE_BYTES)));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-tar"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

fn pour(
    packing: &Packing,
    photos: &Folder,
    pipe: SyncIoBridge<tokio::io::DuplexStream>,
) -> Result<(), crate::sync::parcel::ParcelError> {
    let mut pipe = packing.write(photos, (0, None), pipe)?;
    pipe.flush().and_then(|()| pipe.shutdown()).map_err(crate::sync::parcel::ParcelError::Write)
}

/// Takes the receipts of a file in.
pub(super) async fn receipts(visit: Visit, mut form: Multipart) -> Answer {
    let now = visit.now();
    let mut told = Told::NoParcel;
    while let Some(mut field) = form.next_field().await.map_err(|_| WebError::Unreadable)? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(|_| WebError::TooLarge)? {
            if bytes.len() + piece.len() > RECEIPTS_BYTES {
                return Err(WebError::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        told = visit
            .work(move |station| match take_in(station.ledger(), bytes.as_slice(), now) {
                Ok(taken) => {
                    let spoiled = taken.parcel.spoiled.len() + usize::from(taken.parcel.cut.is_some());
                    Ok(Told::Taken { new: taken.new.len(), spoiled })
                }
                Err(TakeInError::Parcel(_)) => Ok(Told::NoParcel),
                Err(TakeInError::Store(error)) => Err(error.into()),
            })
            .await?;
    }
    Ok(go(&told.query()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_receipts_travels_in_the_address() {
        for told in [Told::NoParcel, Told::Taken { new: 3, spoiled: 0 }, Told::Taken { new: 0, spoiled: 2 }] {
            assert_eq!(Told::asked(&told.query()), Some(told));
        }
        assert_eq!(Told::asked("/carry"), None);
        assert_eq!(Told::asked("/carry?receipts=<b>"), Some(Told::NoParcel));
    }
}
