//! Wrong passwords: each costs its name a longer wait. Who is logged in already is not touched.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::central::tries;
use crate::clock::Timestamp;
use crate::protocol::annotation::OperatorName;

/// Wrong tries in a row, by the operator's name; all names that nobody has stand together, so that there are never many.
#[derive(Debug, Default)]
pub(super) struct Lockout(Mutex<HashMap<Option<OperatorName>, (u32, Timestamp)>>);

impl Lockout {
    /// How long to wait before the next try.
    pub(super) fn wait(&self, name: Option<&OperatorName>, now: Timestamp) -> Option<Duration> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&name.cloned()).and_then(|(count, last)| tries::wait(*count, *last, now))
    }

    /// Takes note of a wrong try.
    pub(super) fn wrong(&self, name: Option<&OperatorName>, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = all.entry(name.cloned()).or_insert((0, now));
        *tries = (tries.0.saturating_add(1), now);
    }

    /// Forgets the wrong tries before a right one.
    pub(super) fn right(&self, name: &OperatorName) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&Some(name.clone()));
    }
}
