//! Results of a TPS that came without its chain: their figures, and that they are provisional.

use super::result::{Sealed, sealed};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::store::Carried;
use crate::form::Form;
use crate::protocol::entry::{self, Body};
use crate::protocol::state::{KeptResult, State};

/// One of them.
pub(super) struct Provisional {
    /// What is elected.
    pub(super) title: &'static str,
    /// When it came, by central's clock.
    pub(super) came: String,
    /// Its figures.
    pub(super) result: Sealed,
    /// The whole note, signatures included.
    pub(super) note: String,
}

/// All of a TPS, in the order in which they came.
pub(super) fn provisional(central: &Central, frame: &Frame, state: &State) -> Vec<Provisional> {
    let one = |carried: &Carried| {
        let Body::Result(result) = &carried.entry.entry().body else { return None };
        let form = central.election().form(&result.contest)?;
        let kept = kept(carried, result, form);
        Some(Provisional {
            title: form.contest().title.get(frame.lang),
            came: frame.moment(carried.at),
            result: sealed(frame, state, (form, &result.contest), (None, &kept)),
            note: String::from_utf8_lossy(carried.entry.bytes()).into_owned(),
        })
    };
    central.provisional(state.station()).iter().filter_map(|carried| one(carried)).collect()
}

/// The result as the chain would keep it.
fn kept(carried: &Carried, result: &entry::Sealed, form: &Form) -> KeptResult {
    KeptResult {
        seq: carried.entry.entry().seq,
        entry: carried.entry.digest(),
        at: carried.entry.entry().at,
        revision: result.revision,
        reason: result.reason.clone(),
        head: result.head,
        counts: result.boxes.counts(form).ok(),
        answers: result.answers.clone(),
        pages: result.pages.clone(),
    }
}
