//! Which browser is which officer: in memory only, each with the officer's unlocked key, until it is idle too long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::recorder::Officer;

/// The sessions of a server. A session is found by the digest of its cookie, so that no comparison tells how near a guess is.
#[derive(Debug)]
pub(super) struct Sessions {
    idle: Duration,
    open: Mutex<HashMap<Digest, Session>>,
}

#[derive(Debug)]
struct Session {
    officer: Arc<Officer>,
    seen: Timestamp,
}

/// Whether a request shows that somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// A person asked.
    Person,
    /// The page asked by itself.
    Page,
}

impl Sessions {
    /// No session yet; each locks itself after `idle` without a request.
    pub(super) fn new(idle: Duration) -> Self {
        Self { idle, open: Mutex::default() }
    }

    /// Begins a session under a cookie that nobody had before.
    pub(super) fn begin(&self, cookie: &str, officer: Officer, now: Timestamp) -> Arc<Officer> {
        let officer = Arc::new(officer);
        let session = Session { officer: Arc::clone(&officer), seen: now };
        self.open().insert(Digest::of(cookie.as_bytes()), session);
        officer
    }

    /// The officer of a session that is not idle for too long. An idle one is forgotten here, and its key wiped.
    pub(super) fn officer(&self, cookie: &str, presence: Presence, now: Timestamp) -> Option<Arc<Officer>> {
        let mut open = self.open();
        open.retain(|_, session| now.since(session.seen) < self.idle);
        let session = open.get_mut(&Digest::of(cookie.as_bytes()))?;
        if presence == Presence::Person {
            session.seen = now;
        }
        Some(Arc::clone(&session.officer))
    }

    /// Locks a session.
    pub(super) fn end(&self, cookie: &str) {
        self.open().remove(&Digest::of(cookie.as_bytes()));
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Digest, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
