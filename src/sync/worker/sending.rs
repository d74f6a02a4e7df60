//! One try at one item: a row before, the bytes, a row after.

use tokio_util::sync::CancellationToken;

use super::Worker;
use super::lanes::Errand;
use crate::protocol::receipt::{Item, What};
use crate::store::{AttemptId, Pending, StoreError};
use crate::sync::answer::Answer;
use crate::sync::believe::believe;
use crate::sync::event::Event;
use crate::sync::pace::Pace;
use crate::sync::uplink::Uplink;

/// A try that has begun: its row is on disk.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) item: Item,
    pub(super) attempt: AttemptId,
    /// Failures in a row before it.
    pub(super) failures: u32,
}

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Sends `item`, with what may go along with it, and writes down what came of it.
    ///
    /// Cancelled or dropped before the answer, a try stays without an outcome: nobody knows what became of it.
    pub(super) async fn send(&mut self, item: Item, cancel: &CancellationToken) -> Result<(), StoreError> {
        match item.what {
            What::Entry(_) => self.send_entries(item, cancel).await,
            What::Photo(_) => self.send_photos(Errand::Photo(item), cancel).await,
        }
    }

    /// Writes down that `items` are about to be sent.
    pub(super) fn begin(&mut self, items: &[Item]) -> Result<Vec<Begun>, StoreError> {
        let pending = self.ledger.pending()?;
        let repaired = self.memory.repair.failures();
        let failures = |item: &Item| {
            let known = pending.iter().find(|pending: &&Pending| pending.item == *item);
            known.map_or(repaired, |pending| pending.failures)
        };
        let attempts = self.ledger.begin_all(items, self.pace.now())?;
        self.tally.attempts += attempts.len() as u64;
        let begun = |(item, attempt): (&Item, AttemptId)| Begun { item: *item, attempt, failures: failures(item) };
        Ok(items.iter().zip(attempts).map(begun).collect())
    }

    pub(super) fn tell_sending(&self, item: Item, bytes: u64, failures: u32) {
        self.events.tell(Event::Sending { item, bytes, try_number: failures.saturating_add(1) });
    }

    /// Writes down what came of a try.
    pub(super) fn end(&mut self, begun: &Begun, answer: Answer) -> Result<(), StoreError> {
        let answer = believe(answer, &begun.item, &self.ledger.founding().central);
        self.settle(begun.item, begun.attempt, begun.failures, answer)
    }
}
