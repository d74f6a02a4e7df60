//! What the worker has said lately, folded into what a page shows. Pure.

use std::collections::BTreeSet;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::receipt::Item;
use crate::sync::{Alarm, Event, Trouble};

/// An item that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Trial {
    /// What.
    pub(in crate::web) item: Item,
    /// Its length in bytes.
    pub(in crate::web) bytes: u64,
    /// Bytes handed to the network so far; central need not have them.
    pub(in crate::web) sent: u64,
}

/// What is under way at this moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Watch {
    /// The tries under way.
    pub(in crate::web) trials: Vec<Trial>,
    /// Bytes of what was received since the program was started.
    pub(in crate::web) received: u64,
    /// What went wrong last, until something goes well again.
    pub(in crate::web) trouble: Option<Trouble>,
    /// When the next try is due.
    pub(in crate::web) next: Option<Timestamp>,
    /// What a person has to know.
    pub(in crate::web) alarm: Option<Alarm>,
    /// Whether the ledger could not be used.
    pub(in crate::web) hindered: bool,
    /// Photos of which the light copy has come to central since the worker was started.
    pub(in crate::web) light: BTreeSet<Digest>,
}

impl Watch {
    /// Folds an event in.
    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Sending { item, bytes, .. } => {
                self.ends(&item);
                self.trials.push(Trial { item, bytes, sent: 0 });
                (self.next, self.hindered) = (None, false);
            }
            Event::Progress { item, sent } => {
                if let Some(trial) = self.trials.iter_mut().find(|trial| trial.item == item) {
                    trial.sent = sent.min(trial.bytes);
                }
            }
            Event::Stored { item } => {
                self.received += self.ends(&item).map_or(0, |trial| trial.bytes);
                self.trouble = None;
            }
            Event::Later { item, later, retry_at } => {
                self.ends(&item);
                (self.trouble, self.next) = (Some(later.trouble), Some(retry_at));
            }
            Event::Light { photo, copy } => {
                self.ends(&copy);
                self.trouble = None;
                self.light.insert(photo);
            }
            Event::SetAside { item, .. } | Event::NoLight { copy: item, .. } => drop(self.ends(&item)),
            Event::Alarm(alarm) => self.alarm = Some(alarm),
            Event::Unanswered(later) => self.trouble = Some(later.trouble),
            Event::Hindered { .. } => self.hindered(),
            Event::Waiting { until, .. } => self.rests(Some(until)),
            Event::Stuck => self.rests(None),
            Event::Done => {
                self.rests(None);
                self.trouble = None;
            }
        }
    }

    /// Bytes that went out of what is on its way.
    pub(in crate::web) fn under_way(&self) -> u64 {
        self.trials.iter().map(|trial| trial.sent).sum()
    }

    fn ends(&mut self, item: &Item) -> Option<Trial> {
        let at = self.trials.iter().position(|trial| trial.item == *item)?;
        Some(self.trials.remove(at))
    }

    fn rests(&mut self, next: Option<Timestamp>) {
        self.trials.clear();
        self.next = next;
    }

    /// The ledger cannot be used for the moment.
    pub(super) fn hindered(&mut self) {
        self.trials.clear();
        self.hindered = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::receipt::What;
    use crate::sync::{Later, Why};

    fn item(name: &str) -> Item {
        let station = "35.74.03.1001-001".parse().expect("a station");
        Item { station, what: What::Photo(10), digest: Digest::of(name.as_bytes()) }
    }

    fn moment(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis).expect("a moment")
    }

    fn after(events: Vec<Event>) -> Watch {
        let mut watch = Watch::default();
        for event in events {
            watch.take(event);
        }
        watch
    }

    #[test]
    fn a_try_shows_its_progress_until_it_ends() {
        let (one, other) = (item("one"), item("other"));
        let begun = |item| Event::Sending { item, bytes: 10, try_number: 1 };
        let both = || vec![begun(one), begun(other), Event::Progress { item: one, sent: 7 }];
        let [first, second] = [(one, 7), (other, 0)].map(|(item, sent)| Trial { item, bytes: 10, sent });
        let going = after(both());
        assert_eq!((going.trials.as_slice(), going.under_way()), (&[first, second][..], 7));
        let received = after([both(), vec![Event::Stored { item: one }]].concat());
        assert_eq!((received.trials.as_slice(), received.received), (&[second][..], 10));
        let late = after(vec![begun(one), Event::Progress { item: other, sent: 9 }]);
        assert_eq!(late.under_way(), 0, "of another try");
    }

    #[test]
    fn a_light_copy_is_remembered_and_ends_the_trouble() {
        let (photo, copy) = (item("photo").digest, item("copy"));
        let begun = Event::Sending { item: copy, bytes: 10, try_number: 1 };
        let later = Event::Later { item: copy, later: Later::new(Trouble::Cut, "x"), retry_at: moment(5) };
        let watch = after(vec![begun.clone(), later, begun.clone(), Event::Light { photo, copy }]);
        assert_eq!((watch.trials, watch.trouble, watch.light), (vec![], None, BTreeSet::from([photo])));
        let refused = after(vec![begun, Event::NoLight { copy, reason: "x".into() }]);
        assert_eq!(refused, Watch::default(), "nobody has to look");
    }

    #[test]
    fn trouble_stays_until_something_goes_well() {
        let later = Event::Later { item: item("one"), later: Later::new(Trouble::Dns, "x"), retry_at: moment(5) };
        let waits = Event::Waiting { until: moment(9), why: Why::Backoff };
        let watch = after(vec![later.clone(), waits.clone()]);
        assert_eq!((watch.trouble, watch.next), (Some(Trouble::Dns), Some(moment(9))));
        assert_eq!(after(vec![later, waits, Event::Done]), Watch::default());
    }
}
