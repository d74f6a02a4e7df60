//! One form of a TPS: where it stands, the result in force, the results before it, the photos of its pages.

use super::event::officer;
use super::photos::{Shot, of_form};
use super::result::{Sealed, sealed};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::trouble::Trouble;
use crate::central::pages::words::tps;
use crate::form::Page;
use crate::protocol::state::{FormState, Phase, State};

/// One form.
pub(super) struct Sheet {
    /// Its contest.
    pub(super) contest: String,
    /// What is elected.
    pub(super) title: &'static str,
    /// The form's name on the paper.
    pub(super) model: &'static str,
    /// Where it stands.
    pub(super) phase: String,
    /// `ok`, `warn` or `quiet`.
    pub(super) kind: &'static str,
    /// The result in force.
    pub(super) result: Option<Sealed>,
    /// The results before it, the newest first.
    pub(super) older: Vec<Sealed>,
    /// Photos of each page.
    pub(super) pages: Vec<(Page, Vec<Shot>)>,
}

/// All forms of a TPS, in the election's order.
pub(super) fn sheets(central: &Central, frame: &Frame, state: &State) -> Result<Vec<Sheet>, Trouble> {
    state.forms().iter().map(|form| sheet(central, frame, state, form)).collect()
}

fn sheet(central: &Central, frame: &Frame, state: &State, form: &FormState) -> Result<Sheet, Trouble> {
    let of = (form.form(), form.contest());
    let results = form.results();
    let told = results.iter().enumerate().map(|(at, result)| {
        let before = at.checked_sub(1).and_then(|before| results.get(before));
        sealed(frame, state, of, (before, result))
    });
    let mut told: Vec<Sealed> = told.collect();
    let result = told.pop();
    told.reverse();
    let (phase, kind) = phase(frame, form);
    Ok(Sheet {
        contest: form.contest().to_owned(),
        title: form.form().contest().title.get(frame.lang),
        model: form.form().contest().model,
        phase,
        kind,
        result,
        older: told,
        pages: of_form(central, frame, state.station(), form.contest())?,
    })
}

/// Where a form stands, in words, and how it is marked.
fn phase(frame: &Frame, form: &FormState) -> (String, &'static str) {
    let sealed = form.sealed().is_some();
    match form.phase() {
        Phase::Sealed { revision: 1 } => (frame.w(tps::SEALED).to_owned(), "ok"),
        Phase::Sealed { revision } => (frame.with(tps::SEALED_AGAIN, &[&revision]), "ok"),
        _ if sealed => (frame.w(tps::CORRECTING).to_owned(), "warn"),
        Phase::Unread => (frame.w(tps::UNREAD).to_owned(), "quiet"),
        Phase::Waiting { next } => (frame.with(tps::WAITING, &[&officer(frame, next)]), "quiet"),
        Phase::Differs { fields } => (frame.with(tps::DIFFERS, &[&fields.len()]), "warn"),
        Phase::Agreed => (frame.w(tps::AGREED).to_owned(), "warn"),
    }
}
