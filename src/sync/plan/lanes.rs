//! Which entry and which photo may go next, and when.

use super::{ENTRY_SOON, Named, Queue, SECOND_LOOK, Why};
use crate::clock::Timestamp;
use crate::protocol::receipt::{Item, What};
use crate::store::{OutcomeKind, Pending};
use crate::sync::backoff;
use crate::sync::light::takes_long;
use crate::sync::memory::{Memory, has_come, wait_is_over};

/// So many failures put a photo behind those that failed less. One alone does not: a link that breaks in the middle of a
/// photo would have every photo begun and none whole.
const FAILURES: u32 = 3;

/// An item and the moment of its next try.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) item: Item,
    /// None: not before a person has looked.
    pub(super) due: Option<Timestamp>,
    pub(super) why: Why,
    failures: u32,
}

impl Turn {
    pub(super) fn has_come(&self, now: Timestamp) -> bool {
        self.due.is_some_and(|due| has_come(due, now, backoff::LONGEST.max(SECOND_LOOK)))
    }

    pub(super) fn is_soon(&self, now: Timestamp) -> bool {
        self.why == Why::Backoff && self.due.is_some_and(|due| due.since(now) <= ENTRY_SOON)
    }
}

/// The two lanes of the outbox: the chain, whose entries go one after the other, and the photos.
pub(super) struct Lanes<'a> {
    pub(super) now: Timestamp,
    pub(super) queue: Queue<'a>,
    pub(super) memory: &'a Memory,
}

impl Lanes<'_> {
    /// The one entry that may go next: central takes the chain at its end alone.
    pub(super) fn entry(&self) -> Option<Turn> {
        if let Some(item) = self.memory.repair.entry() {
            return Some(self.repair(item));
        }
        let first = self.queue.pending.iter().find(|pending| matches!(pending.item.what, What::Entry(_)))?;
        Some(self.turn(first))
    }

    /// The photos of which central has accepted the entry that names them, and who that is.
    fn named(&self) -> impl Iterator<Item = (&Pending, &Named)> {
        let entries = self.queue.pending.iter().filter_map(|pending| match pending.item.what {
            What::Entry(seq) => Some(seq),
            What::Photo(_) => None,
        });
        let open = entries.min();
        let photos = self.queue.pending.iter().filter(|pending| matches!(pending.item.what, What::Photo(_)));
        let named = photos.filter_map(|pending| Some((pending, self.queue.named.get(&pending.item.digest)?)));
        named.filter(move |(_, named)| open.is_none_or(|open| named.by < open))
    }

    /// The light copy that may go now: while the photos would take long together, those of all of them, in the order of their
    /// photos. One that fails goes behind the others.
    pub(super) fn light(&self) -> Option<Item> {
        let photos = || self.named().filter(|(pending, _)| !pending.set_aside);
        let bytes = photos().map(|(pending, _)| pending.item.what.photo_bytes());
        if !takes_long(bytes.sum(), self.queue.rate) {
            return None;
        }
        let copies = &self.memory.light;
        let may_go = |copy: &Item| {
            let due = copies.due(&copy.digest, self.memory.fresh_since());
            !copies.is_over(&copy.digest)
                && !self.queue.going.contains(copy)
                && due.is_none_or(|due| wait_is_over(due, self.now))
        };
        let copies_of = photos().filter_map(|(pending, named)| Some((&pending.item, named.light.filter(may_go)?)));
        let first =
            copies_of.min_by_key(|(photo, copy)| (copies.failures(&copy.digest) / FAILURES, self.lacking(photo)));
        first.map(|(_, copy)| copy)
    }

    /// The photo that may go next, besides those that are going.
    pub(super) fn photo(&self) -> Option<Turn> {
        let repair = self.memory.repair.photo(self.queue.going);
        let turns = self.named().map(|(pending, _)| self.turn(pending)).chain(repair.map(|item| self.repair(item)));
        turns.filter(|turn| !self.queue.going.contains(&turn.item)).min_by_key(|turn| self.rank(turn))
    }

    /// What may go now stands before what waits; then the fewest failures, counted in steps; then the form that lacks the
    /// fewest photos; then the order of naming (`min_by_key` keeps the first of equals). What waits is ordered by its
    /// moment, second looks last.
    fn rank(&self, turn: &Turn) -> impl Ord + use<> {
        let come = turn.has_come(self.now);
        let ready = come.then(|| (turn.failures / FAILURES, self.lacking(&turn.item)));
        (!come, ready, turn.due.is_none(), (!come).then_some((turn.why, turn.due)))
    }

    /// Photos that the form of this one still lacks at central; other papers come after all forms.
    fn lacking(&self, photo: &Item) -> usize {
        let form = |digest| self.queue.named.get(digest).and_then(|named| named.form.as_ref());
        let Some(own) = form(&photo.digest) else { return usize::MAX };
        self.queue.pending.iter().filter(|pending| form(&pending.item.digest) == Some(own)).count()
    }

    fn repair(&self, item: Item) -> Turn {
        let due = Some(self.memory.repair.due().unwrap_or(self.now));
        Turn { item, due, why: Why::Backoff, failures: self.memory.repair.failures() }
    }

    fn turn(&self, pending: &Pending) -> Turn {
        let (due, why) = self.due(pending);
        Turn { item: pending.item, due, why, failures: pending.failures }
    }

    fn due(&self, pending: &Pending) -> (Option<Timestamp>, Why) {
        let Some(last) = &pending.last else { return (Some(self.now), Why::Backoff) };
        if pending.set_aside {
            let diverged = last.kind == Some(OutcomeKind::Diverged);
            return ((!diverged).then(|| last.at.after(SECOND_LOOK)), Why::SecondLook);
        }
        if self.memory.fresh_since() >= Some(last.at) {
            return (Some(self.now), Why::Backoff);
        }
        let due = match last.kind {
            // A program that ended in the middle of a try: at once, but not so if that happens again and again.
            None if pending.failures > 1 => last.at.after(backoff::range(pending.failures - 1)),
            None => self.now,
            Some(_) => last.retry_at.unwrap_or(self.now),
        };
        (Some(due), Why::Backoff)
    }
}
