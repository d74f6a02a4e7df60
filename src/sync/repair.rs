//! Things that central lacks although it once gave a receipt for them: it was restored from an older copy.
//!
//! The receipts stay valid evidence of what was received. The bytes are sent once more, entries in chain order first.

use std::collections::VecDeque;

use crate::clock::Timestamp;
use crate::protocol::receipt::{Item, What};

/// The list of repairs, and the waiting time of its next item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repair {
    items: VecDeque<Item>,
    failures: u32,
    due: Option<Timestamp>,
}

impl Repair {
    /// A new list: `items` in the order of sending.
    #[must_use]
    pub fn of(items: impl IntoIterator<Item = Item>) -> Self {
        Self { items: items.into_iter().collect(), failures: 0, due: None }
    }

    /// The next item, when it is an entry: it goes before any other entry, since the chain grows at its end alone.
    #[must_use]
    pub fn entry(&self) -> Option<Item> {
        self.items().next().filter(|item| matches!(item.what, What::Entry(_)))
    }

    /// The first photo that is not among `going`, once no entry is left.
    #[must_use]
    pub fn photo(&self, going: &[Item]) -> Option<Item> {
        if self.entry().is_some() {
            return None;
        }
        self.items().find(|item| !going.contains(item))
    }

    /// All items, the next first.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.items.iter().copied()
    }

    /// When the next item may go; none when at once.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// Failures in a row of the next item.
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Whether nothing is to be repaired.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether `item` is on the list.
    #[must_use]
    pub fn holds(&self, item: &Item) -> bool {
        self.items.contains(item)
    }

    /// `item` is done with, by a receipt or by a refusal that a person must look at.
    pub fn settled(&mut self, item: &Item) {
        self.items.retain(|kept| kept != item);
        (self.failures, self.due) = (0, None);
    }

    /// The try failed; the next one is at `due`.
    pub fn failed(&mut self, due: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        self.due = Some(due);
        // A photo that fails goes behind the others, so that it does not hold them up.
        if self.entry().is_none() && !self.items.is_empty() {
            self.items.rotate_left(1);
        }
    }

    /// No waiting any more.
    pub fn hurry(&mut self) {
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::protocol::ids::Seq;

    fn item(what: What) -> Item {
        Item { station: "35.74.03.1001-001".parse().expect("station"), what, digest: Digest::of(b"x") }
    }

    #[test]
    fn a_photo_that_fails_goes_behind_and_an_entry_does_not() {
        let (entry, one, two) = (item(What::Entry(Seq::FIRST)), item(What::Photo(1)), item(What::Photo(2)));
        let mut repair = Repair::of([entry, one, two]);
        let due = Timestamp::from_millis(1_000).expect("in range");
        repair.failed(due);
        repair.failed(due);
        assert_eq!((repair.failures(), repair.due()), (2, Some(due)));
        assert_eq!(repair.entry(), Some(entry));
        repair.settled(&entry);
        assert_eq!((repair.entry(), repair.photo(&[]), repair.due(), repair.failures()), (None, Some(one), None, 0));
        assert_eq!(repair.photo(&[one]), Some(two), "one that is going needs no second try");
        repair.failed(due);
        assert_eq!(repair.photo(&[]), Some(two));
        repair.settled(&two);
        repair.settled(&one);
        assert!(repair.is_empty());
    }
}
