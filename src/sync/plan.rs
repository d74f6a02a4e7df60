//! What to do next. Pure: the clock, the outbox and what the worker remembers go in, one step comes out.
//!
//! The order of things: numbers before photos; entries one after the other as the chain has them; a photo only after the
//! entry that names it; among photos, those that failed least first, so that a poisonous one holds up nobody.

use std::collections::BTreeMap;
use std::time::Duration;

use super::backoff;
use super::memory::{Memory, Question, has_come, wait_is_over};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::ids::Seq;
use crate::protocol::receipt::{Item, What};
use crate::store::{OutcomeKind, Pending};

/// What was refused is sent once more by itself after this time: central may have been set right meanwhile.
pub const SECOND_LOOK: Duration = Duration::from_mins(30);

/// A photo is not begun when an entry may go within this time: a photo can take minutes.
pub const ENTRY_SOON: Duration = Duration::from_secs(10);

/// What there is to deliver.
#[derive(Debug, Clone, Copy)]
pub struct Queue<'a> {
    /// The outbox: entries by position, then photos in the order in which they were named.
    pub pending: &'a [Pending],
    /// The first entry that names each photo.
    pub named: &'a BTreeMap<Digest, Seq>,
}

/// The next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask central what it lacks.
    Ask,
    /// Send this.
    Send(Item),
    /// Nothing before `until`.
    Wait {
        /// When to plan again.
        until: Timestamp,
        /// What is being waited for.
        why: Why,
    },
    /// Nothing is left but what a person has to look at first.
    Stuck,
    /// Central has signed for everything.
    Done,
}

/// What a [`Step::Wait`] waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The next try of something that failed.
    Backoff,
    /// The way to central is bad, or central asked for patience.
    Link,
    /// Everything left was refused; it is sent once more after [`SECOND_LOOK`].
    SecondLook,
}

/// Decides the next step at `now`.
#[must_use]
pub fn plan(now: Timestamp, queue: Queue<'_>, memory: &Memory) -> Step {
    if queue.pending.is_empty() && memory.repair.is_empty() && memory.question != Question::Open {
        return Step::Done;
    }
    if let Some(until) = memory.breaker.hold().filter(|hold| !wait_is_over(*hold, now)) {
        return Step::Wait { until, why: Why::Link };
    }
    if asks(now, memory.question) {
        return Step::Ask;
    }
    let lanes = Lanes { now, queue, memory };
    let entry = lanes.entry();
    let photo = lanes.photo();
    match (entry, photo) {
        (Some(entry), _) if entry.has_come(now) => Step::Send(entry.item),
        (Some(entry), Some(photo)) if photo.has_come(now) && entry.is_soon(now) => wait(&[entry]),
        (_, Some(photo)) if photo.has_come(now) => probe_first(&photo, memory),
        (entry, photo) => wait(&[entry, photo].into_iter().flatten().collect::<Vec<_>>()),
    }
}

fn asks(now: Timestamp, question: Question) -> bool {
    match question {
        Question::Open => true,
        Question::Unanswered(again) => wait_is_over(again, now),
        Question::Settled => false,
    }
}

/// While the link is known to be bad, the probe is a small question rather than a large photo.
fn probe_first(photo: &Turn, memory: &Memory) -> Step {
    if memory.breaker.is_open() { Step::Ask } else { Step::Send(photo.item) }
}

fn wait(turns: &[Turn]) -> Step {
    let next = turns.iter().filter_map(|turn| Some((turn.due?, turn.why))).min();
    next.map_or(Step::Stuck, |(until, why)| Step::Wait { until, why })
}

/// An item and the moment of its next try.
#[derive(Debug, Clone, Copy)]
struct Turn {
    item: Item,
    /// None: not before a person has looked.
    due: Option<Timestamp>,
    why: Why,
    failures: u32,
}

impl Turn {
    fn has_come(&self, now: Timestamp) -> bool {
        self.due.is_some_and(|due| has_come(due, now, backoff::LONGEST.max(SECOND_LOOK)))
    }

    fn is_soon(&self, now: Timestamp) -> bool {
        self.why == Why::Backoff && self.due.is_some_and(|due| due.since(now) <= ENTRY_SOON)
    }
}

struct Lanes<'a> {
    now: Timestamp,
    queue: Queue<'a>,
    memory: &'a Memory,
}

impl Lanes<'_> {
    /// The one entry that may go next: central takes the chain at its end alone.
    fn entry(&self) -> Option<Turn> {
        if let Some(item) = self.memory.repair.entry() {
            return Some(self.repair(item));
        }
        let first = self.queue.pending.iter().find(|pending| matches!(pending.item.what, What::Entry(_)))?;
        Some(self.turn(first))
    }

    /// The photo that may go next.
    fn photo(&self) -> Option<Turn> {
        let entries = self.queue.pending.iter().filter_map(|pending| match pending.item.what {
            What::Entry(seq) => Some(seq),
            What::Photo(_) => None,
        });
        let accepted_before = entries.min();
        let named = |pending: &&Pending| match (self.queue.named.get(&pending.item.digest), accepted_before) {
            (Some(seq), Some(open)) => *seq < open,
            (Some(_), None) => true,
            (None, _) => false,
        };
        let photos = self.queue.pending.iter().filter(|pending| matches!(pending.item.what, What::Photo(_)));
        let repair = self.memory.repair.next().filter(|item| matches!(item.what, What::Photo(_)));
        let turns = photos.filter(named).map(|pending| self.turn(pending)).chain(repair.map(|item| self.repair(item)));
        turns.min_by_key(|turn| self.rank(turn))
    }

    /// What may go now stands before what waits; then the fewest failures, then the order of naming (`min_by_key` keeps
    /// the first of equals); what waits is ordered by its moment.
    fn rank(&self, turn: &Turn) -> (bool, u32, bool, Option<Timestamp>) {
        let come = turn.has_come(self.now);
        let failures = if come { turn.failures } else { 0 };
        (!come, failures, turn.due.is_none(), turn.due.filter(|_| !come))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Last;
    use crate::sync::repair::Repair;

    const NOW: i64 = 1_732_690_800_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(NOW + seconds * 1_000).expect("in range")
    }

    fn item(what: What) -> Item {
        let number = match what {
            What::Entry(seq) => seq.get(),
            What::Photo(bytes) => bytes,
        };
        Item { station: "35.74.03.1001-001".parse().expect("station"), what, digest: Digest::of(&number.to_be_bytes()) }
    }

    fn entry(seq: u64) -> Item {
        item(What::Entry(Seq::new(seq).expect("position")))
    }

    /// The photo that entry `number` mod 100 names.
    fn photo(number: u64) -> Item {
        item(What::Photo(number))
    }

    fn fresh(item: Item) -> Pending {
        Pending { item, failures: 0, last: None, set_aside: false }
    }

    /// Tried at -60 s.
    fn tried(item: Item, failures: u32, kind: Option<OutcomeKind>, retry_at: Option<Timestamp>) -> Pending {
        let set_aside = matches!(kind, Some(OutcomeKind::Refused | OutcomeKind::Diverged));
        let attempt = serde_json::from_str("1").expect("a number");
        let last = Last { attempt, at: at(-60), kind, retry_at, reason: "test".into() };
        Pending { item, failures, last: Some(last), set_aside }
    }

    fn later(item: Item, failures: u32, seconds: i64) -> Pending {
        tried(item, failures, Some(OutcomeKind::Later), Some(at(seconds)))
    }

    fn asked() -> Memory {
        Memory { question: Question::Settled, ..Memory::default() }
    }

    fn planned(pending: &[Pending], memory: &Memory) -> Step {
        let photos = pending.iter().filter_map(|pending| match pending.item.what {
            What::Photo(number) => Some((pending.item.digest, Seq::new(number % 100)?)),
            What::Entry(_) => None,
        });
        plan(at(0), Queue { pending, named: &photos.collect() }, memory)
    }

    const fn wait(until: Timestamp, why: Why) -> Step {
        Step::Wait { until, why }
    }

    #[test]
    fn numbers_go_before_photos_and_photos_after_their_entry() {
        let refused = |item| tried(item, 1, Some(OutcomeKind::Refused), None);
        let diverged = |item| tried(item, 1, Some(OutcomeKind::Diverged), None);
        let look = at(-60).after(SECOND_LOOK);
        for (name, pending, step) in [
            ("nothing", vec![], Step::Done),
            ("the first entry", vec![fresh(entry(3)), fresh(entry(4)), fresh(photo(1))], Step::Send(entry(3))),
            (
                "no entry after one that waits",
                vec![later(entry(3), 1, 30), fresh(entry(4))],
                wait(at(30), Why::Backoff),
            ),
            ("a photo meanwhile", vec![later(entry(3), 1, 30), fresh(photo(1))], Step::Send(photo(1))),
            ("an entry soon", vec![later(entry(3), 1, 9), fresh(photo(1))], wait(at(9), Why::Backoff)),
            ("a photo of a later entry", vec![later(entry(3), 1, 30), fresh(photo(3))], wait(at(30), Why::Backoff)),
            (
                "fewest failures",
                vec![later(photo(101), 5, -1), fresh(photo(201)), fresh(photo(301))],
                Step::Send(photo(201)),
            ),
            ("the one that may", vec![later(photo(101), 1, 30), later(photo(201), 9, -1)], Step::Send(photo(201))),
            ("the soonest", vec![later(photo(101), 1, 30), later(photo(201), 9, 20)], wait(at(20), Why::Backoff)),
            ("a refused photo", vec![refused(photo(101)), fresh(photo(201))], Step::Send(photo(201))),
            ("a refused entry", vec![refused(entry(3)), fresh(entry(4)), fresh(photo(2))], Step::Send(photo(2))),
            ("and not its photo", vec![refused(entry(3)), fresh(photo(3))], wait(look, Why::SecondLook)),
            ("another history", vec![diverged(entry(3)), fresh(entry(4)), fresh(photo(1))], Step::Send(photo(1))),
            ("a person must look", vec![diverged(entry(3)), fresh(entry(4))], Step::Stuck),
            ("outcome unknown", vec![tried(entry(3), 1, None, None)], Step::Send(entry(3))),
            ("unknown again and again", vec![tried(entry(3), 8, None, None)], wait(at(4), Why::Backoff)),
        ] {
            assert_eq!(planned(&pending, &asked()), step, "{name}");
        }
    }

    #[test]
    fn central_is_asked_first_and_sending_does_not_wait_for_an_answer() {
        let pending = [fresh(entry(1))];
        assert_eq!(planned(&pending, &Memory::default()), Step::Ask);
        let unanswered = |seconds| Memory { question: Question::Unanswered(at(seconds)), ..Memory::default() };
        assert_eq!(planned(&pending, &unanswered(5)), Step::Send(entry(1)));
        assert_eq!(planned(&pending, &unanswered(0)), Step::Ask);
        assert_eq!(planned(&[], &unanswered(0)), Step::Done, "with nothing to send, one try is enough");
    }

    #[test]
    fn while_the_link_is_bad_one_small_probe_goes_at_a_time() {
        let mut memory = asked();
        for _ in 0..super::super::LIMIT {
            memory.breaker.failed(at(7));
        }
        assert_eq!(planned(&[fresh(entry(1))], &memory), wait(at(7), Why::Link));
        memory.breaker.failed(at(0));
        assert_eq!(planned(&[fresh(entry(1))], &memory), Step::Send(entry(1)));
        assert_eq!(planned(&[fresh(photo(1))], &memory), Step::Ask, "a question rather than a photo");
        memory.breaker.progressed(at(-1));
        assert_eq!(planned(&[later(photo(1), 9, 200)], &memory), Step::Send(photo(1)), "the outage is over for all");
    }

    #[test]
    fn try_now_ends_every_wait() {
        let mut memory = asked();
        memory.breaker.held(at(600));
        let pending = [later(entry(3), 9, 300)];
        assert_eq!(planned(&pending, &memory), wait(at(600), Why::Link));
        memory.hurry(at(0));
        assert_eq!(planned(&pending, &memory), Step::Send(entry(3)));
    }

    #[test]
    fn repairs_keep_to_the_same_order() {
        let memory = |items: &[Item]| Memory { repair: Repair::of(items.iter().copied()), ..asked() };
        assert_eq!(planned(&[fresh(entry(3))], &memory(&[entry(2), photo(2)])), Step::Send(entry(2)));
        assert_eq!(planned(&[fresh(entry(3))], &memory(&[photo(2)])), Step::Send(entry(3)));
        assert_eq!(planned(&[], &memory(&[photo(2)])), Step::Send(photo(2)));
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nothing_up() {
        assert_eq!(planned(&[later(entry(3), 1, 86_400)], &asked()), Step::Send(entry(3)));
        let mut memory = asked();
        memory.breaker.held(at(86_400));
        assert_eq!(planned(&[fresh(entry(3))], &memory), Step::Send(entry(3)));
    }
}
