//! How things stand, as one digest: a page that lies open learns by it that the colleague has done something elsewhere.
//!
//! In scope: the digest and the address where a script asks for it. Not here: what the pages show.

use std::fmt::Write as _;

use axum::Json;
use axum::response::IntoResponse as _;
use serde_json::json;

use super::answer::Answer;
use super::error::WebError;
use super::frame::Frame;
use super::visit::Visit;
use crate::digest::Digest;
use crate::protocol::ids::Slot;
use crate::recorder::Station;
use crate::store::Delivery;

/// The digest of what a page can depend on: who is enrolled, the last record, who waits for whom, whether anything is left to deliver,
/// and who is unlocked in this browser. Says nothing of any figure.
pub(super) fn digest(visit: &Visit, station: &Station, delivery: &Delivery) -> Digest {
    let head = station.state().head().map(|head| head.digest.to_string()).unwrap_or_default();
    let officer = visit.slot().map(|slot| slot.to_string()).unwrap_or_default();
    // Before the station opens its records say nothing, and the pages show who is enrolled.
    let keys = Slot::BOTH.map(|slot| station.has_key(slot));
    let accredited = station.ledger().accreditations().map_or(0, |notes| notes.len());
    let mut text =
        format!("{keys:?} {accredited}\n{head}\n{officer}\n{} {}\n", delivery.complete(), delivery.set_aside);
    for (what, slot) in visit.app.consents.waiting(visit.now()) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{what} {slot}");
    }
    Digest::of(text.as_bytes())
}

/// The digest and the delivery in one line, for the script of pages that lie open.
pub(super) async fn show(visit: Visit) -> Answer {
    let seen = visit.clone();
    let stand = visit.work(move |station| {
        station.refresh()?;
        let frame = Frame::of(&seen, station)?;
        Ok::<_, WebError>(json!({
            "stand": frame.stand,
            "received": frame.count(),
            "all": frame.received() == frame.recorded(),
        }))
    });
    Ok(Json(stand.await?).into_response())
}
