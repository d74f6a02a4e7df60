//! What to do next. Pure: the clock, the outbox and what the worker remembers go in, one step comes out.
//!
//! The order of things: numbers before photos; entries one after the other as the chain has them; a photo only after the
//! entry that names it; among photos, those of the form that lacks fewest, so that forms become whole one after the other.
//! A photo that fails again and again goes behind, so that a poisonous one holds up nobody. Where the photos would take long,
//! the light copies of all of them go before the first.

mod lanes;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use super::memory::{Memory, Question, wait_is_over};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::ids::Seq;
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::limits;
use crate::store::Pending;
use lanes::{Lanes, Turn};

/// What was refused is sent once more by itself after this time: central may have been set right meanwhile.
pub const SECOND_LOOK: Duration = Duration::from_mins(30);

/// A photo is not begun when an entry may go within this time: a photo can take minutes.
pub const ENTRY_SOON: Duration = Duration::from_secs(10);

/// What there is to deliver.
#[derive(Debug, Clone, Copy)]
pub struct Queue<'a> {
    /// The outbox: entries by position, then photos in the order in which they were named.
    pub pending: &'a [Pending],
    /// Who names each photo.
    pub named: &'a BTreeMap<Digest, Named>,
    /// Photos and light copies that are on their way at this moment.
    pub going: &'a [Item],
    /// What the link carries in bytes a second, once known.
    pub rate: Option<u64>,
}

/// The first entry that names a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The entry.
    pub by: Seq,
    /// The form that the photo shows a page of; none for another paper.
    pub form: Option<String>,
    /// Its light copy, when it has one.
    pub light: Option<Item>,
}

/// The next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask central what it lacks.
    Ask,
    /// Send this.
    Send(Item),
    /// Send this light copy of a photo.
    Light(Item),
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
    let lanes = Lanes { now, queue, memory };
    let (entry, photo) = (lanes.entry(), lanes.photo());
    // Entries bring the answer to the question along.
    let entry_goes = entry.is_some_and(|entry| entry.has_come(now)) && !memory.breaker.is_open();
    if asks(now, memory.question) && !entry_goes {
        return Step::Ask;
    }
    let photo_now = photo.filter(|photo| photo.has_come(now)).map(|photo| Step::Send(photo.item));
    let go = lanes.light().map(Step::Light).or(photo_now);
    match (entry, go) {
        (Some(entry), _) if entry.has_come(now) => Step::Send(entry.item),
        (Some(entry), Some(_)) if entry.is_soon(now) => wait(&[entry]),
        (_, Some(go)) => probe_first(go, memory),
        (entry, None) => wait(&[entry, photo].into_iter().flatten().collect::<Vec<_>>()),
    }
}

/// The entries that go together with `first`, the entry that may go next: it and those behind it, fewer the more often it
/// failed. None of them was refused before.
#[must_use]
pub fn together(first: Item, queue: Queue<'_>, memory: &Memory) -> Vec<Item> {
    let known = queue.pending.iter().find(|pending| pending.item == first);
    let failures = known.map_or_else(|| memory.repair.failures(), |pending| pending.failures);
    let most = (limits::ENTRIES_AT_ONCE >> failures.min(16)).max(1);
    let goes = |pending: &&Pending| !pending.set_aside || pending.item == first;
    let pending = queue.pending.iter().filter(goes).map(|pending| pending.item);
    let behind: Box<dyn Iterator<Item = Item>> =
        if memory.repair.holds(&first) { Box::new(memory.repair.items()) } else { Box::new(pending) };
    let mut next = None;
    let mut follows = |item: &Item| match (item.what, first.what) {
        (What::Entry(seq), What::Entry(begin)) if *next.get_or_insert(begin) == seq => {
            next = Some(seq.next());
            true
        }
        _ => false,
    };
    behind.skip_while(|item| *item != first).take_while(|item| follows(item)).take(most).collect()
}

fn asks(now: Timestamp, question: Question) -> bool {
    match question {
        Question::Open => true,
        Question::Unanswered(again) => wait_is_over(again, now),
        Question::Settled => false,
    }
}

/// While the link is known to be bad, the probe is a small question rather than a large photo.
const fn probe_first(go: Step, memory: &Memory) -> Step {
    if memory.breaker.is_open() { Step::Ask } else { go }
}

fn wait(turns: &[Turn]) -> Step {
    // A second look is only spoken of when nothing else is waited for.
    let next = turns.iter().filter_map(|turn| Some((turn.why, turn.due?))).min();
    next.map_or(Step::Stuck, |(why, until)| Step::Wait { until, why })
}
