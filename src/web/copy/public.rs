//! The saksi's side: a page on the hotspot with the sealed figures, photos, digests and receipts.

use askama::Template;
use axum::extract::Path;

use super::ticket;
use crate::digest::Digest;
use crate::form::HeadField;
use crate::protocol::entry::PagePhoto;
use crate::protocol::state::KeptResult;
use crate::web::answer::Answer;
use crate::web::error::WebError;
use crate::web::frame::Frame;
use crate::web::sheet::{self, Figure, Section};
use crate::web::visit::Visit;
use crate::web::wall::hhmm;
use crate::web::words;
use crate::web::words::copy as say;

/// One page.
struct PageLine {
    number: u8,
    sha256: Option<Digest>,
    missing: String,
}

#[derive(Template)]
#[template(path = "public_copy.html")]
struct PublicCopy {
    frame: Frame,
    ticket: String,
    form: String,
    digest: Digest,
    short: String,
    revision: String,
    reason: String,
    superseded: Option<u16>,
    times: Vec<(String, String)>,
    sections: Vec<Section<Figure>>,
    answers: Vec<(String, String)>,
    sheets: Vec<PageLine>,
    received: bool,
}

/// Shows a sealed result to whoever has its ticket.
pub(in crate::web) async fn show(visit: Visit, Path(given): Path<String>) -> Answer {
    visit
        .page(move |station, frame| {
            let (form, result) = ticket::find(station.state(), &given).ok_or(WebError::NoSuchPage)?;
            let at = hhmm(station, result.at);
            let pending = station.ledger().pending()?;
            let in_force = form.sealed().map(|kept| kept.revision);
            Ok(PublicCopy {
                form: form.form().contest().title.get(frame.lang).to_owned(),
                digest: result.entry,
                short: result.entry.short(),
                revision: frame.with(say::REVISION, &[&result.revision, &at]),
                reason: result.reason.clone().unwrap_or_default(),
                superseded: in_force.filter(|revision| *revision != result.revision),
                times: times(result, &frame),
                sections: sheet::figures(station, form, result.counts.as_ref(), frame.lang),
                answers: result.answers.iter().map(|one| (one.key().to_string(), one.note().to_owned())).collect(),
                sheets: result.pages.iter().map(page).collect(),
                received: pending.iter().all(|open| open.item.digest != result.entry),
                ticket: given,
                frame,
            })
        })
        .await
}

fn times(result: &KeptResult, frame: &Frame) -> Vec<(String, String)> {
    let time = |field: HeadField| {
        let value = result.head.time(field)?;
        Some((field.label(frame.lang).to_owned(), value.to_string()))
    };
    HeadField::ALL.into_iter().filter_map(time).collect()
}

fn page(page: &PagePhoto) -> PageLine {
    match page {
        PagePhoto::Photo { page, sha256 } => {
            PageLine { number: page.number(), sha256: Some(*sha256), missing: String::new() }
        }
        PagePhoto::Missing { page, reason } => {
            PageLine { number: page.number(), sha256: None, missing: reason.clone() }
        }
    }
}
