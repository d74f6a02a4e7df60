//! What follows from a try at a light copy. Nothing is written down: it is no obligation, and its photo goes all the same.

use super::Worker;
use super::settling::ends_at;
use crate::digest::Digest;
use crate::protocol::receipt::Item;
use crate::sync::answer::{Answer, Later};
use crate::sync::backoff;
use crate::sync::believe::believe;
use crate::sync::event::Event;
use crate::sync::pace::Pace;
use crate::sync::trouble::Trouble;
use crate::sync::uplink::Uplink;

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Takes note of what came of a try; with `gained`, central has more of the copy than before in any case.
    pub(super) fn end_light(&mut self, copy: Item, gained: bool, answer: Answer) {
        match believe(answer, &copy, &self.ledger.founding().central) {
            // The receipt is believed and not kept: there is no item that it would settle.
            Answer::Stored(_) => {
                self.memory.light.over(&copy.digest);
                self.memory.breaker.progressed(self.pace.now());
                self.tally.light += 1;
                if let Some(photo) = self.photo_of(copy) {
                    self.events.tell(Event::Light { photo, copy });
                }
            }
            Answer::Later(later) if matches!(later.trouble, Trouble::Unnamed) => self.forgo(copy, later.to_string()),
            Answer::Later(later) => self.light_later(copy, gained, later),
            Answer::Refused { reason } => self.forgo(copy, reason),
            Answer::Gap { head } | Answer::Diverged { head } => self.forgo(copy, ends_at(head)),
        }
    }

    fn light_later(&mut self, copy: Item, gained: bool, later: Later) {
        let (now, draw) = (self.pace.now(), (self.draw)());
        let failures = if gained { 0 } else { self.memory.light.failures(&copy.digest) };
        let retry_at = now.after(backoff::delay(failures.saturating_add(1), later.retry_after, draw));
        self.met(&later, retry_at, draw);
        self.memory.light.failed(&copy.digest, [now, retry_at], gained);
        self.events.tell(Event::Later { item: copy, later, retry_at });
    }

    /// It is not tried again in this run.
    fn forgo(&mut self, copy: Item, reason: String) {
        self.memory.light.over(&copy.digest);
        self.memory.breaker.answered();
        self.events.tell(Event::NoLight { copy, reason });
    }

    /// The photo whose light copy this is.
    fn photo_of(&self, copy: Item) -> Option<Digest> {
        let named = self.chain.named().iter().find(|(_, named)| named.light == Some(copy));
        named.map(|(photo, _)| *photo)
    }
}
