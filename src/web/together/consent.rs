//! One officer's PIN, given on one machine, until the colleague gives theirs on another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::ids::Slot;
use crate::recorder::Officer;

/// How long a consent waits for the colleague's.
const PATIENCE: Duration = Duration::from_mins(10);

/// The consents that wait. In memory only; each is for exactly what the officer saw, by its digest.
#[derive(Debug, Default)]
pub(in crate::web) struct Consents(Mutex<HashMap<(Digest, Slot), Consent>>);

#[derive(Debug)]
struct Consent {
    officer: Arc<Officer>,
    at: Timestamp,
}

impl Consents {
    /// Takes an officer's consent to what has this digest.
    pub(super) fn give(&self, what: Digest, officer: Arc<Officer>, at: Timestamp) {
        self.open(at).insert((what, officer.slot()), Consent { officer, at });
    }

    /// The consent of `slot` to what has this digest, if it was given and has not grown old.
    pub(super) fn of(&self, what: Digest, slot: Slot, now: Timestamp) -> Option<Arc<Officer>> {
        self.open(now).get(&(what, slot)).map(|consent| Arc::clone(&consent.officer))
    }

    /// Forgets the consents to what has been done.
    pub(super) fn forget(&self, what: Digest, now: Timestamp) {
        self.open(now).retain(|(of, _), _| *of != what);
    }

    /// Old consents are forgotten, and their keys wiped, whenever anybody looks.
    fn open(&self, now: Timestamp) -> MutexGuard<'_, HashMap<(Digest, Slot), Consent>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, consent| now.since(consent.at) < PATIENCE);
        open
    }
}
