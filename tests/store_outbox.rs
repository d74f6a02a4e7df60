//! The outbox from outside: whatever happens to the attempts, it is what a simple model says.

use plano::digest::Digest;
use plano::protocol::ids::Seq;
use plano::protocol::receipt::{Item, What};
use plano::store::{AttemptId, Delivery, Outcome, OutcomeKind, StoreError};
use proptest::prelude::*;

use crate::support::election;
use crate::support::ledger::{Scratch, incident, moment, photo, station};
use crate::support::receipts::{receipt, signed_by};

fn later(reason: &str) -> Outcome {
    Outcome::Later { reason: reason.into(), retry_at: Some(moment(9_000)) }
}

#[test]
fn numbers_stand_before_photos_and_a_photo_named_twice_is_one_item() {
    let scratch = Scratch::new();
    let bodies = [photo(b"one"), incident("x"), photo(b"two"), photo(b"one")];
    let sealed: Vec<_> = bodies.into_iter().map(|body| scratch.append(body)).collect();
    let entry = |at: usize| (What::Entry(Seq::new(at as u64 + 1).expect("seq")), sealed[at].digest());
    let picture = |bytes: &[u8]| (What::Photo(bytes.len() as u64), Digest::of(bytes));
    let expected = [entry(0), entry(1), entry(2), entry(3), picture(b"one"), picture(b"two")];
    let found: Vec<_> =
        scratch.ledger.pending().expect("pending").iter().map(|p| (p.item.what, p.item.digest)).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_item_leaves_only_by_a_receipt_that_proves_it() {
    let scratch = Scratch::new();
    scratch.append(incident("one"));
    scratch.append(incident("two"));
    let items: Vec<Item> = scratch.ledger.pending().expect("pending").iter().map(|open| open.item).collect();
    let stored = |receipt| Outcome::Stored { receipt };
    let stranger = election::authority();
    let tries = [
        b"<html>Welcome to our WiFi</html>".to_vec(),
        receipt(items[1], moment(1)),
        signed_by(&stranger, items[0], moment(1)),
    ];
    for bad in tries {
        let attempt = scratch.ledger.begin(&items[0], moment(0)).expect("begins");
        let refused = scratch.ledger.finish(attempt, moment(1), &stored(bad)).expect_err("proves nothing");
        assert!(matches!(refused, StoreError::Receipt { .. }), "{refused}");
        scratch.ledger.finish(attempt, moment(1), &later("portal")).expect("it has no outcome yet");
    }
    assert_eq!(scratch.ledger.pending().expect("pending").len(), 2);
    let attempt = scratch.ledger.begin(&items[0], moment(2)).expect("begins");
    let good = receipt(items[0], moment(2));
    scratch.ledger.finish(attempt, moment(3), &stored(good.clone())).expect("proves it");
    assert_eq!(scratch.ledger.pending().expect("pending").len(), 1);
    assert_eq!(scratch.ledger.receipts().expect("receipts"), [(items[0], good)]);
}

#[test]
fn what_was_never_recorded_is_never_attempted() {
    let scratch = Scratch::new();
    let sealed = scratch.append(photo(b"page"));
    let item = |what, digest| Item { station: station(), what, digest };
    let second = Seq::new(2).expect("seq");
    for bad in [
        item(What::Entry(second), sealed.digest()),
        item(What::Entry(Seq::FIRST), Digest::of(b"other")),
        item(What::Photo(5), Digest::of(b"page")),
        Item { station: election::station(2), ..item(What::Entry(Seq::FIRST), sealed.digest()) },
    ] {
        assert!(matches!(scratch.ledger.begin(&bad, moment(0)), Err(StoreError::UnknownItem(_))), "{bad}");
    }
    let attempt = scratch.ledger.begin(&item(What::Photo(4), Digest::of(b"page")), moment(0)).expect("begins");
    scratch.ledger.finish(attempt, moment(1), &later("x")).expect("finishes");
    let again = scratch.ledger.finish(attempt, moment(1), &later("x"));
    assert!(matches!(again, Err(StoreError::Finished(done)) if done == attempt));
}

#[test]
fn trying_again_brings_back_what_was_set_aside() {
    let scratch = Scratch::new();
    scratch.append(incident("one"));
    let item = scratch.ledger.pending().expect("pending")[0].item;
    let attempt = scratch.ledger.begin(&item, moment(0)).expect("begins");
    let state = || {
        let open = scratch.ledger.pending().expect("pending").remove(0);
        let last = open.last.expect("an attempt");
        (open.set_aside, open.failures, last.kind, last.retry_at)
    };
    assert_eq!(state(), (false, 1, None, None), "begun, and nobody knows");
    scratch.ledger.finish(attempt, moment(1), &Outcome::Refused { reason: "malformed".into() }).expect("finishes");
    assert_eq!(state(), (true, 1, Some(OutcomeKind::Refused), None));
    let set_aside = Delivery { entries: 1, set_aside: 1, ..Delivery::default() };
    assert_eq!(scratch.ledger.delivery().expect("delivery"), set_aside);
    scratch.ledger.try_again(moment(2)).expect("notes");
    assert_eq!(state(), (false, 0, Some(OutcomeKind::Refused), None));
    let attempt = scratch.ledger.begin(&item, moment(3)).expect("begins");
    scratch.ledger.finish(attempt, moment(4), &later("busy")).expect("finishes");
    assert_eq!(state(), (false, 1, Some(OutcomeKind::Later), Some(moment(9_000))));
    scratch.ledger.try_again(moment(5)).expect("notes");
    assert_eq!(state(), (false, 0, Some(OutcomeKind::Later), None), "not even central's date holds it back");
    assert_eq!(scratch.ledger.attempts().expect("attempts").len(), 2, "and every attempt stays on record");
}

/// One thing that may happen to the outbox; items and attempts are chosen by number, modulo how many there are.
#[derive(Debug, Clone)]
enum Step {
    Append(bool),
    Begin(usize),
    Finish(usize, u8),
    TryAgain,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        any::<bool>().prop_map(Step::Append),
        any::<usize>().prop_map(Step::Begin),
        (any::<usize>(), 0_u8..4).prop_map(|(attempt, kind)| Step::Finish(attempt, kind)),
        Just(Step::TryAgain),
        Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..30)
}

/// The model: everything in plain lists.
#[derive(Default)]
struct Model {
    items: Vec<Item>,
    attempts: Vec<(AttemptId, usize, Option<OutcomeKind>)>,
    excused: usize,
}

impl Model {
    fn pending(&self) -> Vec<(Item, u32, bool)> {
        let stored =
            |item: usize| self.attempts.iter().any(|(_, of, kind)| *of == item && *kind == Some(OutcomeKind::Stored));
        let mut open: Vec<usize> = (0..self.items.len()).filter(|item| !stored(*item)).collect();
        open.sort_by_key(|item| (matches!(self.items[*item].what, What::Photo(_)), *item));
        open.into_iter().map(|item| self.look(item)).collect()
    }

    fn look(&self, item: usize) -> (Item, u32, bool) {
        let fresh = self.attempts[self.excused..].iter().filter(|(_, of, _)| *of == item);
        let newest = self.attempts.iter().enumerate().rev().find(|(_, (_, of, kind))| *of == item && kind.is_some());
        let held = newest.is_some_and(|(at, (_, _, kind))| {
            at >= self.excused && matches!(kind, Some(OutcomeKind::Refused | OutcomeKind::Diverged))
        });
        (self.items[item], u32::try_from(fresh.count()).expect("few"), held)
    }
}

fn outcome(kind: u8, item: Item) -> Outcome {
    match kind {
        0 => Outcome::Stored { receipt: receipt(item, moment(0)) },
        1 => later("x"),
        2 => Outcome::Refused { reason: "x".into() },
        _ => Outcome::Diverged { reason: "x".into() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_outbox_is_what_a_simple_model_says(steps in steps()) {
        let mut scratch = Scratch::new();
        let mut model = Model::default();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Append(with_photo) => {
                    let bytes = format!("photo {number}");
                    let body = if with_photo { photo(bytes.as_bytes()) } else { incident(&bytes) };
                    let sealed = scratch.append(body);
                    let item = |what, digest| Item { station: station(), what, digest };
                    model.items.push(item(What::Entry(sealed.entry().seq), sealed.digest()));
                    model.items.extend(sealed.entry().body.image().map(|image| item(What::Photo(image.bytes), image.sha256)));
                }
                Step::Begin(item) if !model.items.is_empty() => {
                    let item = item % model.items.len();
                    let attempt = scratch.ledger.begin(&model.items[item], moment(0)).expect("begins");
                    model.attempts.push((attempt, item, None));
                }
                Step::Finish(attempt, kind) if !model.attempts.is_empty() => {
                    let at = attempt % model.attempts.len();
                    let (attempt, item, done) = model.attempts[at];
                    let outcome = outcome(kind, model.items[item]);
                    let finished = scratch.ledger.finish(attempt, moment(1), &outcome);
                    prop_assert_eq!(finished.is_ok(), done.is_none());
                    model.attempts[at].2 = done.or(Some(outcome.kind()));
                }
                Step::TryAgain => {
                    scratch.ledger.try_again(moment(2)).expect("notes");
                    model.excused = model.attempts.len();
                }
                Step::Reopen => scratch.ledger = scratch.again(),
                Step::Begin(_) | Step::Finish(..) => {}
            }
            let found = scratch.ledger.pending().expect("pending");
            let found: Vec<_> = found.into_iter().map(|open| (open.item, open.failures, open.set_aside)).collect();
            prop_assert_eq!(found, model.pending());
            let delivery = scratch.ledger.delivery().expect("delivery");
            prop_assert_eq!(delivery.entries + delivery.photos, model.items.len() as u64);
            prop_assert_eq!(delivery.complete(), model.pending().is_empty());
        }
    }
}
