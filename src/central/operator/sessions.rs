//! Who is logged in, in which browser: in memory only, until it is idle too long.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::register::Known;
use crate::clock::Timestamp;
use crate::digest::Digest;

/// The sessions of a server. A session is found by the digest of its cookie, so that no comparison tells how near a guess is.
#[derive(Debug)]
pub(super) struct Sessions {
    idle: Duration,
    open: Mutex<HashMap<Digest, Session>>,
}

#[derive(Debug)]
struct Session {
    operator: Known,
    seen: Timestamp,
}

impl Sessions {
    /// No session yet; each ends after `idle` without a request.
    pub(super) fn new(idle: Duration) -> Self {
        Self { idle, open: Mutex::default() }
    }

    /// Begins a session under a cookie that nobody had before.
    pub(super) fn begin(&self, cookie: &str, operator: Known, now: Timestamp) {
        self.open().insert(Digest::of(cookie.as_bytes()), Session { operator, seen: now });
    }

    /// The operator of a session that is not idle for too long; somebody is there now.
    pub(super) fn operator(&self, cookie: &str, now: Timestamp) -> Option<Known> {
        let mut open = self.open();
        open.retain(|_, session| now.since(session.seen) < self.idle);
        let session = open.get_mut(&Digest::of(cookie.as_bytes()))?;
        session.seen = now;
        Some(session.operator.clone())
    }

    /// Ends a session.
    pub(super) fn end(&self, cookie: &str) {
        self.open().remove(&Digest::of(cookie.as_bytes()));
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Digest, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_nobody_is_there_for_long_enough() {
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000).expect("in range");
        let operator = Known { name: "siti".parse().expect("a name"), hash: String::new() };
        let sessions = Sessions::new(Duration::from_mins(1));
        sessions.begin("cookie", operator.clone(), at(0));
        assert_eq!(sessions.operator("cookie", at(59)), Some(operator.clone()));
        assert_eq!(sessions.operator("other", at(59)), None);
        assert_eq!(sessions.operator("cookie", at(118)), Some(operator.clone()));
        assert_eq!(sessions.operator("cookie", at(178)), None);
        sessions.begin("cookie", operator, at(200));
        sessions.end("cookie");
        assert_eq!(sessions.operator("cookie", at(201)), None);
    }
}
