//! What follows from an answer: the outcome that is written down, and what the worker remembers.

use super::Worker;
use crate::clock::Timestamp;
use crate::protocol::chain::ChainHead;
use crate::protocol::receipt::Item;
use crate::store::{AttemptId, Outcome, StoreError};
use crate::sync::answer::{Answer, Later};
use crate::sync::backoff;
use crate::sync::event::Event;
use crate::sync::memory::Question;
use crate::sync::pace::Pace;
use crate::sync::reconcile::Alarm;
use crate::sync::trouble::{Reach, Trouble};
use crate::sync::uplink::Uplink;

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Writes down the outcome of `attempt`, the one after `failures` failed ones. The row comes first: what is
    /// remembered or told is never ahead of the disk.
    pub(super) fn settle(
        &mut self,
        item: Item,
        attempt: AttemptId,
        failures: u32,
        answer: Answer,
    ) -> Result<(), StoreError> {
        let now = self.pace.now();
        match answer {
            Answer::Stored(receipt) => {
                self.ledger.finish(attempt, now, &Outcome::Stored { receipt })?;
                self.stored(item);
            }
            Answer::Later(later) => self.later(item, attempt, failures, later)?,
            Answer::Gap { head } => {
                let later = Later::new(Trouble::Gap, ends_at(head));
                self.later(item, attempt, failures, later)?;
            }
            Answer::Refused { reason } => {
                self.ledger.finish(attempt, now, &Outcome::Refused { reason: reason.clone() })?;
                self.tally.refused += 1;
                self.aside(item, reason);
            }
            Answer::Diverged { head } => {
                let reason = format!("central holds another history of this station; {}", ends_at(head));
                self.ledger.finish(attempt, now, &Outcome::Diverged { reason: reason.clone() })?;
                self.tally.diverged += 1;
                self.aside(item, reason);
                let station = item.station;
                self.events.tell(Event::Alarm(Alarm::Refuted { station, head }));
            }
        }
        Ok(())
    }

    /// The receipt of `item` is kept.
    pub(super) fn stored(&mut self, item: Item) {
        self.tally.stored += 1;
        self.memory.repair.settled(&item);
        self.memory.breaker.progressed(self.pace.now());
        self.events.tell(Event::Stored { item });
    }

    fn aside(&mut self, item: Item, reason: String) {
        self.memory.repair.settled(&item);
        self.memory.breaker.answered();
        self.events.tell(Event::SetAside { item, reason });
    }

    fn later(&mut self, item: Item, attempt: AttemptId, failures: u32, later: Later) -> Result<(), StoreError> {
        let now = self.pace.now();
        let draw = (self.draw)();
        let retry_at = now.after(backoff::delay(failures.saturating_add(1), later.retry_after, draw));
        let outcome = Outcome::Later { reason: later.to_string(), retry_at: Some(retry_at) };
        self.ledger.finish(attempt, now, &outcome)?;
        self.met(&later, retry_at, draw);
        if matches!(later.trouble, Trouble::Gap | Trouble::Unnamed) {
            self.memory.question = Question::Open;
        }
        if self.memory.repair.holds(&item) {
            self.memory.repair.failed(retry_at);
        }
        self.events.tell(Event::Later { item, later, retry_at });
        Ok(())
    }

    /// What a failed try says about the way to central; its item goes again at `retry_at`.
    pub(super) fn met(&mut self, later: &Later, retry_at: Timestamp, draw: u64) {
        self.tally.trouble(later.trouble);
        let failures = self.memory.breaker.failures() + 1;
        match later.trouble.reach() {
            Reach::Link => {
                let next = self.pace.now().after(backoff::delay(failures, later.retry_after, draw));
                self.memory.breaker.failed(next);
            }
            Reach::Central => self.memory.breaker.held(retry_at),
            Reach::Item => self.memory.breaker.answered(),
        }
    }
}

pub(super) fn ends_at(head: Option<ChainHead>) -> String {
    let none = || "its copy has no entry".to_owned();
    head.map_or_else(none, |head| format!("its copy ends at entry {} ({})", head.seq, head.digest.short()))
}
