//! Readers and the line of those who hand something in: neither waits for the other, and readers see what is certain.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plano::central::store::LedgerError;
use plano::central::{Desk, News, Refusal, Submission, officers};
use plano::protocol::receipt::Receipt;
use tokio::runtime::Runtime;

use super::model::Crooked;
use crate::support::central::{enrol_both, in_memory, over};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};

/// More questions than are answered at one time.
const CROWD: usize = 64;

pub(super) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime")
}

pub(super) fn entry(day: &Day, at: usize) -> Submission {
    let entry = &day.entries[at];
    Submission::Entry { station: day.station, seq: entry.entry().seq, bytes: entry.bytes().to_vec() }
}

/// A desk whose commits each say that they have begun and end as they are told to; the enrolments are past.
pub(super) fn guided() -> (Arc<Desk>, Day, Receiver<()>, Sender<bool>) {
    let (begun, begins) = channel();
    let (tell, told) = channel();
    let strict = Arc::new(Mutex::new(false));
    let asked = Arc::clone(&strict);
    let ledger = Crooked::new(Box::new(move |honest, facts| {
        use plano::central::store::Ledger as _;
        if !*asked.lock().expect("whole") {
            return honest.commit(facts);
        }
        begun.send(()).expect("the test listens");
        if told.recv().expect("the test says how it ends") {
            return honest.commit(facts);
        }
        Err(LedgerError::Commit { facts: facts.len(), source: "the disk is full".into() })
    }));
    let election = small(1);
    let mut central = over(&election, Box::new(ledger));
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    *strict.lock().expect("whole") = true;
    (Arc::new(Desk::open(central, || moment(600)).expect("opens")), day, begins, tell)
}

#[test]
fn readers_are_answered_during_a_commit_by_what_was_certain_before_it() {
    let (desk, day, begins, tell) = guided();
    let (runtime, at) = (runtime(), station(1));
    let handed_in = Arc::clone(&desk);
    let first = entry(&day, 0);
    let sent = runtime.spawn(async move { handed_in.submit(first).await });
    begins.recv().expect("the commit begins");
    let during = runtime.block_on(desk.ask(move |central| {
        (central.health().log_size, central.missing(at), central.entry(at, plano::protocol::ids::Seq::FIRST))
    }));
    let (size, missing, held) = during.expect("answered while the disk is busy");
    assert_eq!((size, missing.expect("known").head), (0, None));
    assert!(matches!(held, Err(Refusal::NotHere(_))));
    tell.send(true).expect("central listens");
    let answer = runtime.block_on(sent).expect("no panic").expect("accepted");
    assert_eq!(answer.news, News::New);
    let index = Receipt::verify(&answer.bytes, &key().public()).expect("holds").index();
    let after = runtime.block_on(desk.ask(move |central| (central.health().log_size, central.receipt_at(index))));
    let (size, receipt) = after.expect("answered");
    assert_eq!((size, receipt.expect("reads")), (1, Some(answer.bytes)), "whoever has a receipt finds what it is for");
    desk.close();
}

#[test]
fn what_could_not_be_committed_is_never_shown() {
    let (desk, day, begins, tell) = guided();
    let runtime = runtime();
    for (succeeds, size) in [(false, 0), (true, 1)] {
        let (handed_in, first) = (Arc::clone(&desk), entry(&day, 0));
        let sent = runtime.spawn(async move { handed_in.submit(first).await });
        begins.recv().expect("the commit begins");
        tell.send(succeeds).expect("central listens");
        assert_eq!(runtime.block_on(sent).expect("no panic").is_ok(), succeeds);
        let shown = runtime.block_on(desk.ask(|central| central.health().log_size)).expect("answered");
        assert_eq!(shown, size);
    }
    desk.close();
}

#[test]
fn a_crowd_that_reads_slowly_holds_nobody_up_who_hands_something_in() {
    let mut central = in_memory(&small(1));
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(central.election(), station(1), 1, accreditations);
    let desk = Arc::new(Desk::open(central, || moment(600)).expect("opens"));
    let runtime = runtime();
    let (go, wait) = channel::<()>();
    let wait = Arc::new(Mutex::new(wait));
    let crowd: Vec<_> = (0..CROWD)
        .map(|_| {
            let (desk, wait) = (Arc::clone(&desk), Arc::clone(&wait));
            let read = move |central: &plano::central::Central| {
                let before = central.health().log_size;
                // Until the test lets go of the other end.
                assert!(wait.lock().expect("whole").recv().is_err());
                (before, central.health().log_size)
            };
            runtime.spawn(async move { desk.ask(read).await })
        })
        .collect();
    for at in 0..day.entries.len() {
        let receipt = runtime
            .block_on(async { tokio::time::timeout(Duration::from_mins(1), desk.submit(entry(&day, at))).await });
        receipt.expect("while all seats are taken").expect("accepted");
    }
    drop(go);
    let all = day.entries.len() as u64;
    let seen: Vec<(u64, u64)> =
        crowd.into_iter().map(|asked| runtime.block_on(asked).expect("no panic").expect("answered")).collect();
    assert!(seen.iter().all(|(before, after)| before == after), "each stands at one moment: {seen:?}");
    assert!(seen.contains(&(all, all)), "who was let in later sees all: {seen:?}");
    desk.close();
    assert!(matches!(runtime.block_on(desk.ask(|central| central.health().log_size)), Err(Refusal::Closing)));
}

#[test]
fn work_that_is_no_submission_is_done_in_its_turn_and_seen() {
    let desk = Desk::open(in_memory(&small(1)), || moment(600)).expect("opens");
    let runtime = runtime();
    let issue = |central: &mut plano::central::Central| {
        let everybody: Vec<_> = officers(central.election()).collect();
        central.issue_codes(everybody, Duration::from_hours(1), moment(0), &mut rand::rng()).map(|codes| codes.len())
    };
    assert_eq!(runtime.block_on(desk.work(issue)).expect("done").expect("issued"), 2);
    desk.close();
    assert!(matches!(runtime.block_on(desk.work(|_| ())), Err(Refusal::Closing)));
}
