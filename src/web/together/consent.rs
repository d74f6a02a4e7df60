//! One officer's PIN, given on one machine, until the colleague gives theirs on another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::ids::Slot;
use crate::recorder::Officer;
use crate::web::fields::Fields;

/// How long a consent waits for the colleague's.
const PATIENCE: Duration = Duration::from_mins(10);

/// The consents that wait. In memory only; each is for exactly what the officer saw, by its digest.
#[derive(Debug, Default)]
pub(in crate::web) struct Consents(Mutex<HashMap<(Digest, Slot), Consent>>);

#[derive(Debug)]
struct Consent {
    officer: Arc<Officer>,
    at: Timestamp,
    path: String,
    texts: Fields,
}

impl Consents {
    /// Takes an officer's consent to what has this digest, given on the page `path` with these texts typed into it.
    pub(super) fn give(&self, what: Digest, officer: &Arc<Officer>, (path, texts): (&str, Fields), at: Timestamp) {
        let consent = Consent { at, path: path.to_owned(), texts, officer: Arc::clone(officer) };
        self.open(at).insert((what, officer.slot()), consent);
    }

    /// The consent of `slot` to what has this digest, if it was given and has not grown old.
    pub(super) fn of(&self, what: Digest, slot: Slot, now: Timestamp) -> Option<Arc<Officer>> {
        self.open(now).get(&(what, slot)).map(|consent| Arc::clone(&consent.officer))
    }

    /// The texts with which somebody last agreed on the page `path`: the colleague is shown the same. Empty when nobody did.
    pub(super) fn texts(&self, path: &str, now: Timestamp) -> Fields {
        let open = self.open(now);
        let here = open.values().filter(|consent| consent.path == path);
        here.max_by_key(|consent| consent.at).map(|consent| consent.texts.clone()).unwrap_or_default()
    }

    /// What is waited for, in a fixed order.
    pub(in crate::web) fn waiting(&self, now: Timestamp) -> Vec<(Digest, Slot)> {
        let mut waiting: Vec<_> = self.open(now).keys().copied().collect();
        waiting.sort_unstable_by_key(|(what, slot)| (*what, *slot as usize));
        waiting
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
