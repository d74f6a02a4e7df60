//! The plan, by tables.

use super::*;
use crate::protocol::receipt::What;
use crate::store::{Last, OutcomeKind};
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

fn with(question: Question) -> Memory {
    let mut memory = Memory::default();
    memory.question = question;
    memory
}

fn asked() -> Memory {
    with(Question::Settled)
}

fn planned(pending: &[Pending], memory: &Memory) -> Step {
    let photos = pending.iter().filter_map(|pending| match pending.item.what {
        What::Photo(number) => Some((pending.item.digest, named(number)?)),
        What::Entry(_) => None,
    });
    plan(at(0), Queue { pending, named: &photos.collect(), going: &[], rate: None }, memory)
}

/// Photos from 1000 on show pages of the form of their thousand; the others show none.
fn named(number: u64) -> Option<Named> {
    let form = (number >= 1_000).then(|| (number / 1_000).to_string());
    Some(Named { by: Seq::new(number % 100)?, form, light: None })
}

const fn wait(until: Timestamp, why: Why) -> Step {
    Step::Wait { until, why }
}

#[test]
fn numbers_go_before_photos_and_photos_after_their_entry() {
    let refused = |item| tried(item, 1, Some(OutcomeKind::Refused), None);
    let diverged = |item| tried(item, 1, Some(OutcomeKind::Diverged), None);
    let look = at(-60).after(SECOND_LOOK);
    let mut lately = tried(entry(3), 8, None, None);
    lately.last.as_mut().expect("tried").at = at(-20);
    for (name, pending, step) in [
        ("nothing", vec![], Step::Done),
        ("the first entry", vec![fresh(entry(3)), fresh(entry(4)), fresh(photo(1))], Step::Send(entry(3))),
        ("no entry after one that waits", vec![later(entry(3), 1, 30), fresh(entry(4))], wait(at(30), Why::Backoff)),
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
        (
            "a second look is not all",
            vec![refused(photo(101)), later(photo(201), 9, 1_790)],
            wait(at(1_790), Why::Backoff),
        ),
        ("another history", vec![diverged(entry(3)), fresh(entry(4)), fresh(photo(1))], Step::Send(photo(1))),
        ("a person must look", vec![diverged(entry(3)), fresh(entry(4))], Step::Stuck),
        ("outcome unknown", vec![tried(entry(3), 1, None, None)], Step::Send(entry(3))),
        ("unknown again and again", vec![lately], wait(at(10), Why::Backoff)),
    ] {
        assert_eq!(planned(&pending, &asked()), step, "{name}");
    }
}

#[test]
fn forms_become_whole_one_after_the_other() {
    for (name, pending, first) in [
        ("as named", vec![1_001, 2_002, 2_003, 1_004], 1_001),
        ("the form that lacks fewest", vec![1_001, 2_002, 1_004], 2_002),
        ("pages before papers", vec![1, 1_002, 1_003], 1_002),
        ("papers at last", vec![1, 2], 1),
    ] {
        let pending: Vec<_> = pending.into_iter().map(|number| fresh(photo(number))).collect();
        assert_eq!(planned(&pending, &asked()), Step::Send(photo(first)), "{name}");
    }
    let broken = |failures| [fresh(photo(1_001)), later(photo(2_002), failures, -1), fresh(photo(1_003))];
    assert_eq!(planned(&broken(2), &asked()), Step::Send(photo(2_002)), "what the link broke goes on");
    assert_eq!(planned(&broken(3), &asked()), Step::Send(photo(1_001)), "what fails again and again goes behind");
}

/// Each photo with a light copy: the same number, ten million higher.
fn planned_at(rate: Option<u64>, pending: &[Pending], going: &[Item], memory: &Memory) -> Step {
    let photos = pending.iter().filter_map(|pending| match pending.item.what {
        What::Photo(number) => Some((pending.item.digest, Named { light: Some(copy(number)), ..named(number)? })),
        What::Entry(_) => None,
    });
    plan(at(0), Queue { pending, named: &photos.collect(), going, rate }, memory)
}

fn copy(number: u64) -> Item {
    photo(10_000_000 + number)
}

#[test]
fn light_copies_go_first_where_the_photos_would_take_long() {
    // 3,006 bytes together.
    let photos = [fresh(photo(1_001)), fresh(photo(2_003)), fresh(photo(2))];
    let refused = tried(photo(900_000_004), 1, Some(OutcomeKind::Refused), None);
    let waiting = |seconds| [later(photo(1_001), 1, seconds), fresh(photo(2_003)), fresh(photo(2))];
    for (name, rate, pending, step) in [
        ("not known", None, photos.to_vec(), Step::Send(photo(1_001))),
        ("a quarter of an hour", Some(4), photos.to_vec(), Step::Send(photo(1_001))),
        ("longer", Some(3), photos.to_vec(), Step::Light(copy(1_001))),
        ("an entry before", Some(3), [vec![fresh(entry(90))], photos.to_vec()].concat(), Step::Send(entry(90))),
        ("an entry soon", Some(3), [vec![later(entry(90), 1, 9)], photos.to_vec()].concat(), wait(at(9), Why::Backoff)),
        (
            "none whose entry waits",
            Some(3),
            [vec![later(entry(1), 1, 30)], photos.to_vec()].concat(),
            wait(at(30), Why::Backoff),
        ),
        (
            "what was refused does not count",
            Some(4),
            [vec![refused.clone()], photos.to_vec()].concat(),
            Step::Send(photo(1_001)),
        ),
        ("nor does its copy go", Some(0), vec![refused], wait(at(-60).after(SECOND_LOOK), Why::SecondLook)),
        ("though its photo waits", Some(3), waiting(30).to_vec(), Step::Light(copy(1_001))),
        ("with nothing left", Some(0), vec![], Step::Done),
    ] {
        assert_eq!(planned_at(rate, &pending, &[], &asked()), step, "{name}");
    }
}

#[test]
fn light_copies_go_form_by_form_and_none_holds_anything_up() {
    let pending = [1_001, 2_002, 2_003, 1_004, 1_005, 1].map(|number| fresh(photo(number)));
    let mut memory = asked();
    let next = |memory: &Memory, going: &[Item]| planned_at(Some(0), &pending, going, memory);
    let mut order = Vec::new();
    while let Step::Light(copy) = next(&memory, &[]) {
        order.push(copy);
        memory.light.over(&copy.digest);
    }
    assert_eq!(order, [2_002, 2_003, 1_001, 1_004, 1_005, 1].map(copy));
    assert_eq!(next(&memory, &[]), Step::Send(photo(2_002)), "then the photos");
    let mut memory = asked();
    assert_eq!(next(&memory, &[copy(2_002)]), Step::Light(copy(2_003)), "beside one that is going");
    memory.light.failed(&copy(2_002).digest, [at(-1), at(9)], false);
    assert_eq!(next(&memory, &[]), Step::Light(copy(2_003)), "one that waits");
    memory.light.failed(&copy(2_002).digest, [at(-1), at(0)], false);
    assert_eq!(next(&memory, &[]), Step::Light(copy(2_002)), "its moment has come");
    memory.light.failed(&copy(2_002).digest, [at(-1), at(0)], false);
    assert_eq!(next(&memory, &[]), Step::Light(copy(2_003)), "what fails again and again goes behind");
    for number in [1_001, 2_002, 2_003, 1_004, 1_005, 1] {
        memory.light.failed(&copy(number).digest, [at(-1), at(9)], false);
    }
    assert_eq!(next(&memory, &[]), Step::Send(photo(2_002)), "no photo waits for a copy that does");
    memory.hurry(at(0));
    assert_eq!(next(&memory, &[]), Step::Light(copy(2_003)), "somebody said: now");
    for _ in 0..crate::sync::LIMIT {
        memory.breaker.failed(at(0));
    }
    assert_eq!(next(&memory, &[]), Step::Ask, "a question rather than a copy");
}

#[test]
fn central_is_asked_before_photos_and_sending_does_not_wait_for_an_answer() {
    let pending = [fresh(photo(1))];
    assert_eq!(planned(&pending, &Memory::default()), Step::Ask);
    assert_eq!(planned(&[fresh(entry(1))], &Memory::default()), Step::Send(entry(1)), "which brings the answer along");
    assert_eq!(planned(&[later(entry(1), 1, 5), fresh(photo(0))], &Memory::default()), Step::Ask);
    let unanswered = |seconds| with(Question::Unanswered(at(seconds)));
    assert_eq!(planned(&pending, &unanswered(5)), Step::Send(photo(1)));
    assert_eq!(planned(&pending, &unanswered(0)), Step::Ask);
    assert_eq!(planned(&[], &unanswered(0)), Step::Done, "with nothing to send, one try is enough");
}

#[test]
fn while_the_link_is_bad_one_small_probe_goes_at_a_time() {
    let mut memory = asked();
    for _ in 0..crate::sync::LIMIT {
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
    let memory = |items: &[Item]| {
        let mut memory = asked();
        memory.repair = Repair::of(items.iter().copied());
        memory
    };
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

#[test]
fn entries_go_together_as_far_as_the_chain_is_whole() {
    let refused = |item| tried(item, 2, Some(OutcomeKind::Refused), None);
    let with_failures = |count| [later(entry(3), count, -1), fresh(entry(4)), fresh(entry(5)), fresh(photo(1))];
    let sent = |pending: &[Pending], memory: &Memory| {
        let queue = Queue { pending, named: &BTreeMap::new(), going: &[], rate: None };
        let items = together(pending[0].item, queue, memory).into_iter();
        items.map(|item| if let What::Entry(seq) = item.what { seq.get() } else { 0 }).collect::<Vec<_>>()
    };
    for (name, pending, expected) in [
        ("all that is there", with_failures(0).to_vec(), vec![3, 4, 5]),
        ("fewer after failures", with_failures(4).to_vec(), vec![3, 4]),
        ("one alone after many", with_failures(90).to_vec(), vec![3]),
        ("up to one that was received out of turn", vec![fresh(entry(3)), fresh(entry(5))], vec![3]),
        ("up to one that was refused", vec![fresh(entry(3)), refused(entry(4)), fresh(entry(5))], vec![3]),
        ("one that was refused, at its second look", vec![refused(entry(3)), fresh(entry(4))], vec![3, 4]),
        ("no more than a request takes", (3..99).map(|seq| fresh(entry(seq))).collect(), (3..35).collect()),
    ] {
        assert_eq!(sent(&pending, &asked()), expected, "{name}");
    }
    let mut memory = asked();
    memory.repair = Repair::of([entry(3), entry(4), photo(1)]);
    assert_eq!(sent(&[fresh(entry(3)), fresh(entry(9))], &memory), [3, 4], "repairs among themselves");
}
