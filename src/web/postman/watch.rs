//! What the worker has said lately, folded into what a page shows. Pure.

use std::collections::BTreeSet;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::receipt::Item;
use crate::sync::{Alarm, Event, Trouble};

/// The item that is on its way.
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
    /// The try under way.
    pub(in crate::web) trial: Option<Trial>,
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
                (self.trial, self.next) = (Some(Trial { item, bytes, sent: 0 }), None);
                self.hindered = false;
            }
            Event::Progress { item, sent } => {
                if let Some(trial) = self.trial.as_mut().filter(|trial| trial.item == item) {
                    trial.sent = sent.min(trial.bytes);
                }
            }
            Event::Stored { .. } => (self.trial, self.trouble) = (None, None),
            Event::Later { later, retry_at, .. } => {
                (self.trial, self.trouble, self.next) = (None, Some(later.trouble), Some(retry_at));
            }
            Event::Light { photo, .. } => {
                (self.trial, self.trouble) = (None, None);
                self.light.insert(photo);
            }
            Event::SetAside { .. } | Event::NoLight { .. } => self.trial = None,
            Event::Alarm(alarm) => self.alarm = Some(alarm),
            Event::Unanswered(later) => self.trouble = Some(later.trouble),
            Event::Hindered { .. } => self.hindered(),
            Event::Waiting { until, .. } => (self.trial, self.next) = (None, Some(until)),
            Event::Stuck => (self.trial, self.next) = (None, None),
            Event::Done => (self.trial, self.next, self.trouble) = (None, None, None),
        }
    }

    /// The ledger cannot be used for the moment.
    pub(super) fn hindered(&mut self) {
        (self.trial, self.hindered) = (None, true);
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
        let begun = Event::Sending { item: one, bytes: 10, try_number: 1 };
        let going = after(vec![begun.clone(), Event::Progress { item: one, sent: 7 }]);
        assert_eq!(going.trial, Some(Trial { item: one, bytes: 10, sent: 7 }));
        let late = after(vec![begun.clone(), Event::Progress { item: other, sent: 9 }]);
        assert_eq!(late.trial.expect("under way").sent, 0);
        assert_eq!(after(vec![begun, Event::Stored { item: one }]), Watch::default());
    }

    #[test]
    fn a_light_copy_is_remembered_and_ends_the_trouble() {
        let (photo, copy) = (item("photo").digest, item("copy"));
        let begun = Event::Sending { item: copy, bytes: 10, try_number: 1 };
        let later = Event::Later { item: copy, later: Later::new(Trouble::Cut, "x"), retry_at: moment(5) };
        let watch = after(vec![begun.clone(), later, begun.clone(), Event::Light { photo, copy }]);
        assert_eq!((watch.trial, watch.trouble, watch.light), (None, None, BTreeSet::from([photo])));
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
