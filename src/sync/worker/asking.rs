//! Asking central what it lacks.

use std::collections::BTreeSet;

use tokio_util::sync::CancellationToken;

use super::Worker;
use crate::clock::Timestamp;
use crate::protocol::wire::Missing;
use crate::store::StoreError;
use crate::sync::answer::Later;
use crate::sync::backoff;
use crate::sync::event::Event;
use crate::sync::memory::Question;
use crate::sync::pace::Pace;
use crate::sync::reconcile::reconcile;
use crate::sync::repair::Repair;
use crate::sync::trouble::Reach;
use crate::sync::uplink::Uplink;

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Asks, and draws the consequences. Cancelled in between, the question stays open.
    pub(super) async fn ask(&mut self, cancel: &CancellationToken) -> Result<(), StoreError> {
        self.tally.questions += 1;
        let (station, began) = (self.ledger.founding().station, self.pace.now());
        let answer = tokio::select! {
            biased;
            () = cancel.cancelled() => return Ok(()),
            answer = self.uplink.missing(station) => answer,
        };
        match answer {
            Ok(missing) => self.compare(&missing),
            Err(later) => {
                self.unanswered(began, later);
                Ok(())
            }
        }
    }

    /// Draws the consequences of what central says it holds and lacks.
    pub(super) fn compare(&mut self, missing: &Missing) -> Result<(), StoreError> {
        self.memory.breaker.answered();
        self.memory.answered(self.pace.now());
        self.chain.catch_up(&self.ledger)?;
        let pending: BTreeSet<_> = self.ledger.pending()?.into_iter().map(|pending| pending.item).collect();
        let found = reconcile(self.ledger.founding().station, missing, self.chain.links(), &pending);
        self.memory.repair = Repair::of(found.repair);
        if let Some(alarm) = found.alarm {
            self.events.tell(Event::Alarm(alarm));
        }
        Ok(())
    }

    /// Who has waited in vain for an answer from a link that is gone has waited already: the pause counts from the beginning.
    fn unanswered(&mut self, began: Timestamp, later: Later) {
        self.tally.trouble(later.trouble);
        let (now, reach) = (self.pace.now(), later.trouble.reach());
        let from = if reach == Reach::Link { began } else { now };
        let failures = self.memory.breaker.failures() + 1;
        let again = from.after(backoff::delay(failures, later.retry_after, (self.draw)())).max(now);
        self.memory.question = Question::Unanswered(again);
        match reach {
            Reach::Link => self.memory.breaker.failed(again),
            Reach::Central => self.memory.breaker.held(again),
            Reach::Item => self.memory.breaker.answered(),
        }
        self.events.tell(Event::Unanswered(later));
    }
}
