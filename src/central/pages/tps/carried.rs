//! Results of a TPS that came without its chain: their figures, and that they are provisional.

use super::result::{Sealed, sealed};
use crate::central::carried::result;
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::store::Carried;
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
        let (entry, result) = (carried.entry.entry(), result(&carried.entry)?);
        let form = central.election().form(&result.contest)?;
        let kept = KeptResult::new(entry.seq, carried.entry.digest(), entry.at, result, form);
        Some(Provisional {
            title: form.contest().title.get(frame.lang),
            came: frame.moment(carried.at),
            result: sealed(frame, state, (form, &result.contest), (None, &kept)),
            note: String::from_utf8_lossy(carried.entry.bytes()).into_owned(),
        })
    };
    central.provisional(state.station()).iter().filter_map(|carried| one(carried)).collect()
}
