//! What the worker knows beyond the outbox. It is lost when the program ends, and nothing is lost with it.

use std::time::Duration;

use super::backoff;
use super::breaker::Breaker;
use super::light::LightCopies;
use super::repair::Repair;
use crate::clock::Timestamp;

/// So long central's answer to what it lacks counts while nothing is left to send. Central may be restored from an older
/// copy meanwhile, and nobody else would tell it what it has lost.
const ANSWER_COUNTS: Duration = Duration::from_mins(30);

/// Knowledge of one run of the worker: the state of the link, whether central was asked what it lacks, what to repair.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The way to central.
    pub breaker: Breaker,
    /// The question what central lacks.
    pub question: Question,
    /// What central lacks although it once gave a receipt for it.
    pub repair: Repair,
    /// The light copies of photos.
    pub light: LightCopies,
    answered: Option<Timestamp>,
    hurried: Option<Timestamp>,
}

/// The question what central lacks (`GET …/missing`): asked at the start and whenever central's copy may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Question {
    /// To be asked before anything is sent.
    #[default]
    Open,
    /// Asked without an answer; asked again from this moment on. Sending goes on meanwhile: to send twice is harmless.
    Unanswered(Timestamp),
    /// Answered.
    Settled,
}

impl Memory {
    /// Central said at `now` what it lacks.
    pub fn answered(&mut self, now: Timestamp) {
        (self.question, self.answered) = (Question::Settled, Some(now));
    }

    /// Nothing is left to send at `now`: central is asked anew when its last answer is old, or when it gave none.
    pub fn doubt(&mut self, now: Timestamp) {
        let old = |at: Timestamp| has_come(at.after(ANSWER_COUNTS), now, ANSWER_COUNTS);
        let asks = match self.question {
            Question::Open => true,
            Question::Unanswered(again) => wait_is_over(again, now),
            Question::Settled => self.answered.is_none_or(old),
        };
        if asks {
            self.question = Question::Open;
        }
    }

    /// A person said "try now" at `now`: no waiting time that began before counts any more.
    pub fn hurry(&mut self, now: Timestamp) {
        self.hurried = Some(now);
        self.breaker.hurry();
        self.repair.hurry();
        if let Question::Unanswered(_) = self.question {
            self.question = Question::Open;
        }
    }

    /// The network became another at `now`: what waits for the link may go, what waits because central asked for it not.
    pub fn network_changed(&mut self, now: Timestamp) {
        self.breaker.network_changed();
        if self.breaker.hold().is_none() {
            self.hurry(now);
        }
    }

    /// Tries that failed at or before this moment say nothing any more.
    #[must_use]
    pub fn fresh_since(&self) -> Option<Timestamp> {
        self.hurried.max(self.breaker.recovered())
    }
}

/// Whether `due` has come at `now`. A moment farther away than the longest wait comes from a clock that was set back
/// meanwhile, and counts as come.
#[must_use]
pub(super) fn has_come(due: Timestamp, now: Timestamp, longest: Duration) -> bool {
    let ahead = due.since(now);
    ahead.is_zero() || ahead > longest
}

/// [`has_come`] for waits that [`backoff::delay`] gives.
#[must_use]
pub(super) fn wait_is_over(due: Timestamp, now: Timestamp) -> bool {
    has_come(due, now, backoff::LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_ends_a_wait() {
        let now = Timestamp::from_millis(10_000_000).expect("in range");
        assert!(wait_is_over(now, now));
        assert!(!wait_is_over(now.after(Duration::from_millis(1)), now));
        assert!(!wait_is_over(now.after(backoff::LONGEST), now));
        assert!(wait_is_over(now.after(backoff::LONGEST + Duration::from_millis(1)), now));
    }
}
