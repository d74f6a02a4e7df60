//! Entries: as many together as may go, with one request and one answer to wait for.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::Worker;
use super::sending::Begun;
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::limits;
use crate::store::{Outcome, StoreError};
use crate::sync::answer::Answer;
use crate::sync::believe::believe;
use crate::sync::event::Events;
use crate::sync::pace::Pace;
use crate::sync::plan::{Queue, Step, together};
use crate::sync::progress::Progress;
use crate::sync::uplink::{Told, Uplink};

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// The entry that may go at this moment, while the photos `going` are on their way.
    pub(super) fn entry_due(&mut self, going: &[Item]) -> Result<Option<Item>, StoreError> {
        Ok(match self.planned_beside(going)? {
            Step::Send(item) => Some(item).filter(|item| matches!(item.what, What::Entry(_))),
            Step::Ask | Step::Light(_) | Step::Wait { .. } | Step::Stuck | Step::Done => None,
        })
    }

    /// Sends `first` and the entries that go with it.
    pub(super) async fn send_entries(&mut self, first: Item, cancel: &CancellationToken) -> Result<(), StoreError> {
        let entries = self.entries_from(first)?;
        let items: Vec<_> = entries.iter().map(|(item, _)| *item).collect();
        if items.is_empty() {
            let begun = self.begin(&[first])?;
            let reason = format!("not sent: {first} is not in the ledger");
            return begun.iter().try_for_each(|begun| self.end(begun, Answer::Refused { reason: reason.clone() }));
        }
        let begun = self.begin(&items)?;
        for (begun, (_, bytes)) in begun.iter().zip(&entries) {
            self.tell_sending(begun.item, bytes.len() as u64, begun.failures);
        }
        // Nobody watches the bytes of what is over in a moment.
        let progress = Progress::new(first, Events::default());
        let uplink = Arc::clone(&self.uplink);
        let told = tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            told = uplink.put_entries(entries, progress.clone()) => Some(told),
        };
        self.tally.bytes_sent += progress.sent();
        let Some(Told { answers, missing }) = told else { return Ok(()) };
        self.end_all(&begun, answers)?;
        missing.map_or(Ok(()), |missing| self.compare(&missing))
    }

    /// `first` and those that go with it, with their bytes; no more than one request may have.
    fn entries_from(&self, first: Item) -> Result<Vec<(Item, Vec<u8>)>, StoreError> {
        let pending = self.ledger.pending()?;
        let queue = Queue { pending: &pending, named: self.chain.named(), going: &[], rate: None };
        let (mut entries, mut left) = (Vec::new(), limits::ENTRY_BYTES);
        for item in together(first, queue, &self.memory) {
            let What::Entry(seq) = item.what else { break };
            let Some(entry) = self.ledger.entry(seq)? else { break };
            let bytes = entry.bytes().to_vec();
            match left.checked_sub(bytes.len() as u64) {
                Some(rest) => left = rest,
                // The first one goes in any case.
                None if entries.is_empty() => left = 0,
                None => break,
            }
            entries.push((item, bytes));
        }
        Ok(entries)
    }

    /// Writes down what came of tries that went together: every receipt, whatever became of the others; then the first that
    /// has none. The others without one waited for it, and there is nothing else to say of them.
    fn end_all(&mut self, begun: &[Begun], answers: Vec<Answer>) -> Result<(), StoreError> {
        let now = self.pace.now();
        let central = self.ledger.founding().central.clone();
        let believed = begun.iter().zip(answers).map(|(begun, answer)| believe(answer, &begun.item, &central));
        let mut believed: Vec<_> = believed.map(Some).collect();
        believed.resize_with(begun.len(), || None);
        let (mut stopped, mut ended) = (None, Vec::new());
        for (begun, answer) in begun.iter().zip(believed) {
            match (answer, stopped.as_ref()) {
                (Some(Answer::Stored(receipt)), _) => ended.push((begun, Outcome::Stored { receipt })),
                (Some(answer), None) => stopped = Some((begun, answer)),
                (None, None) => {}
                (_, Some((first, _))) => {
                    let reason = format!("waits for {}", first.item);
                    ended.push((begun, Outcome::Later { reason, retry_at: None }));
                }
            }
        }
        self.ledger.finish_all(ended.iter().map(|(begun, outcome)| (begun.attempt, outcome)), now)?;
        for (begun, outcome) in &ended {
            if let Outcome::Stored { .. } = outcome {
                self.stored(begun.item);
            }
        }
        stopped.map_or(Ok(()), |(first, answer)| self.settle(first.item, first.attempt, first.failures, answer))
    }
}
