//! The breaker: once the way to central is known to be bad, nothing is sent but one probe at a time.
//!
//! Without it, a station with a hundred photos would try each of them before it noticed that the network is gone.

use super::backoff;
use crate::clock::Timestamp;

/// Failures of the link in a row after which only probes go out.
pub const LIMIT: u32 = 3;

/// What is known about the way to central, in this run of the worker. Time is an argument.
#[derive(Debug, Clone, Default)]
pub struct Breaker {
    failures: u32,
    /// Until then the link is given a rest; none unless the breaker is open.
    rest: Option<Timestamp>,
    /// Until then central asked for patience.
    wish: Option<Timestamp>,
    recovered: Option<Timestamp>,
}

impl Breaker {
    /// The link failed; from [`LIMIT`] failures on nothing goes out before `next`.
    pub fn failed(&mut self, next: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        if self.is_open() {
            self.rest = Some(next);
            // A wish that ends before is kept with it.
            self.wish = self.wish.filter(|wish| *wish > next);
        }
    }

    /// Central asked for patience: nothing goes out before `until`, nor before what it asked for meanwhile. It answered, so
    /// the link works.
    pub fn held(&mut self, until: Timestamp) {
        self.answered();
        // What is farther away than any wait is of a clock that was set back.
        let later = self.wish.filter(|wish| wish.since(until) <= backoff::LONGEST);
        self.wish = later.max(Some(until));
    }

    /// Central answered; the link works. What it asked for holds all the same: the answer may be to what was under way before.
    pub fn answered(&mut self) {
        (self.failures, self.rest) = (0, None);
    }

    /// Central stored something at `now`. After an outage, all that waits because of it may go at once.
    pub fn progressed(&mut self, now: Timestamp) {
        if self.is_open() {
            self.recovered = Some(now);
        }
        self.answered();
    }

    /// Forgets what is being waited for, because a person said "try now".
    pub fn hurry(&mut self) {
        (self.rest, self.wish) = (None, None);
    }

    /// The network is another: a probe may go at once. What central asked for still holds.
    pub fn network_changed(&mut self) {
        self.rest = None;
    }

    /// Whether only probes may go out.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.failures >= LIMIT
    }

    /// Failures of the link in a row.
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Nothing goes out before this moment; none when the way is free.
    #[must_use]
    pub fn hold(&self) -> Option<Timestamp> {
        self.rest.max(self.wish)
    }

    /// When the last outage ended; tries that failed before it say nothing any more.
    #[must_use]
    pub const fn recovered(&self) -> Option<Timestamp> {
        self.recovered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000).expect("in range")
    }

    #[test]
    fn it_opens_at_the_limit_and_closes_on_any_answer() {
        let mut breaker = Breaker::default();
        for failures in 1..LIMIT {
            breaker.failed(at(100));
            assert_eq!((breaker.is_open(), breaker.hold(), breaker.failures()), (false, None, failures));
        }
        breaker.failed(at(100));
        assert_eq!((breaker.is_open(), breaker.hold()), (true, Some(at(100))));
        breaker.hurry();
        assert_eq!((breaker.is_open(), breaker.hold()), (true, None), "a probe may go, but only one");
        breaker.answered();
        assert_eq!((breaker.is_open(), breaker.recovered()), (false, None));
    }

    #[test]
    fn what_central_asked_for_outlasts_what_the_link_does() {
        let mut breaker = Breaker::default();
        breaker.held(at(600));
        for _ in 0..LIMIT {
            breaker.failed(at(5));
        }
        assert_eq!((breaker.is_open(), breaker.hold()), (true, Some(at(600))), "tries that were under way fail");
        breaker.progressed(at(1));
        assert_eq!((breaker.is_open(), breaker.hold()), (false, Some(at(600))), "or come through");
        breaker.hurry();
        assert_eq!(breaker.hold(), None, "a person may overrule it");
    }

    #[test]
    fn another_network_ends_a_wait_for_the_link_and_none_that_central_asked_for() {
        let mut breaker = Breaker::default();
        breaker.held(at(9));
        breaker.held(at(3));
        breaker.network_changed();
        breaker.progressed(at(2));
        assert_eq!(breaker.hold(), Some(at(9)), "what was on its way then ends no wait");
        for _ in 0..LIMIT {
            breaker.failed(at(100));
        }
        breaker.network_changed();
        assert_eq!((breaker.is_open(), breaker.hold()), (true, None), "one probe may go");
    }

    #[test]
    fn only_something_stored_after_an_outage_frees_the_others() {
        let mut breaker = Breaker::default();
        breaker.failed(at(1));
        breaker.progressed(at(2));
        assert_eq!(breaker.recovered(), None, "that was no outage");
        for _ in 0..LIMIT {
            breaker.failed(at(3));
        }
        breaker.progressed(at(4));
        assert_eq!((breaker.is_open(), breaker.hold(), breaker.recovered()), (false, None, Some(at(4))));
    }
}
