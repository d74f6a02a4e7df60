//! Enrolling an officer on the page: the code from KPU and a PIN of their own, on the laptop only.
//!
//! In scope: the page, asking central, beginning the session. Not here: making the key, checking what central signed (`recorder`).

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use rand::rngs::SysRng;

use super::answer::{Answer, go};
use super::error::WebError;
use super::fields::Fields;
use super::frame::Frame;
use super::login;
use super::visit::Visit;
use super::words;
use super::words::enrol as say;
use crate::protocol::ids::{Seq, Slot};
use crate::recorder::{Officer, Pin, Station};
use crate::sync::http::EnrolError;

/// The page.
#[derive(Template)]
#[template(path = "enrol.html")]
struct Page {
    frame: Frame,
    officers: Vec<Choice>,
    code: String,
    trouble: Option<String>,
}

/// One of the two officers.
struct Choice {
    slot: Slot,
    enrolled: bool,
    chosen: bool,
}

/// Shows the page; the officer who is still to be enrolled is chosen.
pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, None, String::new(), StatusCode::OK, None).await
}

async fn page(visit: &Visit, slot: Option<Slot>, code: String, status: StatusCode, trouble: Option<String>) -> Answer {
    let make = move |station: &mut Station, frame: Frame| {
        let enrolled = accredited(station)?;
        let lacking = Slot::BOTH.into_iter().find(|slot| !enrolled[*slot as usize]);
        let officers = Slot::BOTH.map(|one| Choice {
            slot: one,
            enrolled: enrolled[one as usize],
            chosen: slot.or(lacking) == Some(one),
        });
        Ok(Page { frame, officers: officers.into(), code, trouble })
    };
    visit.page_with(status, make).await
}

/// Which officers central has accredited, p1 first.
fn accredited(station: &Station) -> Result<[bool; 2], WebError> {
    let roster = station.ledger().roster()?;
    Ok(Slot::BOTH.map(|slot| roster.at(slot, Seq::FIRST).is_some()))
}

/// Makes the key, asks central for its accreditation, and unlocks the officer in this browser; the second one opens the
/// station.
pub(super) async fn enrol(visit: Visit, fields: Fields) -> Answer {
    let slot: Option<Slot> = fields.get("officer").parse().ok();
    match apply(&visit, slot, &fields).await {
        Ok((officer, opened)) => {
            let (_, line) = login::begin(&visit, officer)?;
            login::with_cookie(go(if opened { "/?done=open" } else { "/?done=enrol" }), &line)
        }
        Err(error) => {
            tracing::info!(error = &error as &dyn std::error::Error, "an officer was not enrolled");
            let (status, trouble) = (error.status(), error.text(visit.lang));
            page(&visit, slot, fields.get("code").trim().to_owned(), status, Some(trouble)).await
        }
    }
}

/// The officer, unlocked, and whether that opened the station.
async fn apply(visit: &Visit, slot: Option<Slot>, fields: &Fields) -> Result<(Officer, bool), WebError> {
    let slot = slot.ok_or(WebError::NobodyChosen)?;
    let pin = Pin::chosen(fields.get("pin")).map_err(WebError::WeakPin)?;
    if fields.get("pin") != fields.get("again") {
        return Err(WebError::PinsDiffer);
    }
    let postman = visit.app.room.postman.as_ref().map(Arc::clone).ok_or(WebError::NobodyDelivers)?;
    let (code, now) = (fields.get("code").to_owned(), visit.now());
    let applicant = visit.app.desk.door(move |station| {
        // Who is accredited already has forgotten the PIN: another key, which the new code pays for.
        let anew = accredited(station)?[slot as usize];
        Ok(if anew {
            station.enrol_anew((slot, &pin), &code, &mut SysRng)?
        } else {
            station.enrol((slot, &pin), &code, &mut SysRng, now)?
        })
    });
    let applicant = applicant.await?;
    let note = postman.enrol(applicant.wish.bytes().to_vec()).await.map_err(WebError::Enrolling)?;
    let enrolled = visit.work(move |station| {
        station.accredit(note, now)?;
        let opened = station.open_day(&applicant.officer, now)?.is_some();
        Ok((applicant.officer, opened))
    });
    enrolled.await
}

/// Why central gave no accreditation, for the officer.
pub(super) fn plain(error: &EnrolError, lang: crate::form::Lang) -> String {
    match error {
        EnrolError::Refused(_) => say::REFUSED.get(lang).to_owned(),
        EnrolError::Later(later) => say::LATER.get(lang).replace("{}", super::delivery::plain(later.trouble).get(lang)),
    }
}
