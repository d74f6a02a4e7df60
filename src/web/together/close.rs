//! Closing the day, and the code that goes on the paper.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;
use axum::http::StatusCode;

use super::pins::{self, Agreed};
use crate::digest::Digest;
use crate::form::Text;
use crate::protocol::ids::Slot;
use crate::recorder::{Both, Closing, PhaseStatus, Station, Undelivered};
use crate::web::answer::{Answer, go};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// The page.
#[derive(Template)]
#[template(path = "close.html")]
struct ClosePage {
    frame: Frame,
    closed: Option<Closed>,
    /// Whether something was recorded since the day was closed, or it is not closed yet.
    open: bool,
    unsealed: Vec<Unsealed>,
    knowing: bool,
    /// Digest of what would be closed.
    what: Digest,
    given: Option<Slot>,
    waiting: Option<Slot>,
    trouble: Option<String>,
    officers: [Slot; 2],
}

/// How the names of the fields begin whose texts are agreed to.
const TEXTS: [&str; 2] = ["reason:", "knowing"];

/// The day as it was closed.
struct Closed {
    short: String,
    at: String,
    entries: u64,
    photos: u64,
}

/// A form that is not sealed.
struct Unsealed {
    contest: String,
    model: &'static str,
    reason: String,
}

/// What the officers typed on the page.
#[derive(Debug, Clone, Default)]
struct Typed {
    reasons: BTreeMap<String, String>,
    knowing: bool,
}

impl ClosePage {
    fn new(station: &mut Station, frame: Frame, typed: &Typed) -> Result<Self, WebError> {
        let status = station.status()?;
        let hours = station.election().plan().utc_offset;
        let kept = station.state().closed();
        let closed = status.closed.as_ref().zip(kept).map(|(known, (_, at, said))| Closed {
            short: known.short.clone(),
            at: at.local_hhmm(hours),
            entries: said.entries,
            photos: said.photos,
        });
        let head = status.head.map(|head| head.seq);
        let unsealed = status.forms.iter().filter(|form| !matches!(form.phase, PhaseStatus::Sealed { .. }));
        let unsealed: Vec<_> = unsealed
            .filter(|form| form.result.is_none())
            .map(|form| unsealed_form(station, &form.contest, typed))
            .collect();
        Ok(Self {
            open: kept.map(|(seq, ..)| *seq) != head || head.is_none(),
            closed,
            what: what(status.head.map(|head| head.digest), &unsealed, typed.knowing),
            unsealed,
            knowing: typed.knowing,
            given: None,
            waiting: None,
            trouble: None,
            officers: Slot::BOTH,
            frame,
        })
    }

    fn lacks(&self) -> Option<Text> {
        if self.unsealed.iter().any(|form| form.reason.trim().is_empty()) {
            return Some(words::seal::CLOSE_REASONS);
        }
        None
    }
}

fn unsealed_form(station: &Station, contest: &str, typed: &Typed) -> Unsealed {
    let model = station.election().form(contest).map_or("", |form| form.contest().model);
    let reason = typed.reasons.get(contest).cloned().unwrap_or_default();
    Unsealed { contest: contest.to_owned(), model, reason }
}

/// The digest of what the officers agree to: the head of the chain, their reasons, and that they know what is not received.
fn what(head: Option<Digest>, unsealed: &[Unsealed], knowing: bool) -> Digest {
    let mut text = format!("plano/close\n{}\n{knowing}\n", head.map(|head| head.to_string()).unwrap_or_default());
    for form in unsealed {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:?} {:?}", form.contest, form.reason.trim());
    }
    Digest::of(text.as_bytes())
}

/// Shows how far the day is.
pub(in crate::web) async fn show(visit: Visit) -> Answer {
    let typed = typed(&pins::texts(&visit));
    page(visit, typed, StatusCode::OK, None, None).await
}

fn typed(fields: &Fields) -> Typed {
    let reasons = fields.under("reason:").map(|(contest, why)| (contest.to_owned(), why.trim().to_owned()));
    Typed { reasons: reasons.collect(), knowing: fields.get("knowing") == "1" }
}

async fn page(
    visit: Visit,
    typed: Typed,
    status: StatusCode,
    trouble: Option<String>,
    waiting: Option<Slot>,
) -> Answer {
    let seen = visit.clone();
    visit
        .page_with(status, move |station, frame| {
            let mut page = ClosePage::new(station, frame, &typed)?;
            page.given = pins::given(&seen, page.what);
            page.waiting = waiting;
            page.trouble = trouble;
            Ok(page)
        })
        .await
}

/// Takes the PINs, and closes the day once there are both.
pub(in crate::web) async fn close(visit: Visit, fields: Fields) -> Answer {
    let typed = typed(&fields);
    let (what, lacks) = look(&visit, &typed).await?;
    let said = |text: Text| Some(text.get(visit.lang).to_owned());
    if let Some(lacks) = lacks {
        return page(visit.clone(), typed, StatusCode::UNPROCESSABLE_ENTITY, said(lacks), None).await;
    }
    let agreed = pins::take(&visit, &fields, what, &TEXTS).await;
    let failed = |error: &WebError| (error.status(), Some(error.text(visit.lang)));
    match agreed {
        Err(error) => {
            let (status, text) = failed(&error);
            page(visit, typed, status, text, None).await
        }
        Ok(Agreed::Nobody) => {
            let needed = said(words::seal::PIN_NEEDED);
            page(visit.clone(), typed, StatusCode::UNPROCESSABLE_ENTITY, needed, None).await
        }
        Ok(Agreed::One(slot)) => page(visit, typed, StatusCode::ACCEPTED, None, Some(slot)).await,
        Ok(Agreed::Both([first, second])) => {
            let now = visit.now();
            let undelivered = if typed.knowing { Undelivered::Accept } else { Undelivered::Refuse };
            let closing = Closing { unsealed: typed.reasons.clone(), undelivered };
            let done = visit.work(move |station| Ok(station.close(Both::new(&first, &second)?, &closing, now)?)).await;
            match done {
                Ok(_) => {
                    visit.app.consents.forget(what, now);
                    Ok(go("/close"))
                }
                Err(error) => {
                    let (status, text) = failed(&error);
                    page(visit, typed, status, text, None).await
                }
            }
        }
    }
}

async fn look(visit: &Visit, typed: &Typed) -> Result<(Digest, Option<Text>), WebError> {
    let (seen, typed) = (visit.clone(), typed.clone());
    let looked = visit.work(move |station| {
        let page = ClosePage::new(station, Frame::of(&seen, station)?, &typed)?;
        Ok((page.what, page.lacks()))
    });
    looked.await
}
