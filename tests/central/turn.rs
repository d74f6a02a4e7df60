//! What is checked before its turn counts only as far as nothing has changed when its turn comes.

use std::sync::Arc;
use std::time::Duration;

use plano::central::{Desk, News, Refusal, Submission};
use plano::protocol::chain;
use plano::protocol::entry::{Body, By, Entry, Incident};
use plano::protocol::ids::Slot;
use plano::protocol::key::PrivateKey;
use plano::protocol::people::Enrolment;
use plano::protocol::receipt::Receipt;
use plano::protocol::sealed::SealedEntry;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use super::reading::{entry, guided, runtime};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, officer, station};

type Sent = JoinHandle<Result<plano::central::Answer, Refusal>>;

fn send(runtime: &Runtime, desk: &Arc<Desk>, what: Submission) -> Sent {
    let desk = Arc::clone(desk);
    runtime.spawn(async move { desk.submit(what).await })
}

/// The next entry of a day, signed by whoever says to be p1.
fn next(day: &Day, text: &str, p1: &PrivateKey) -> Submission {
    let (seq, prev) = chain::next(day.head(), day.election.digest());
    let body = Body::Incident(Incident { text: text.into() });
    let entry = Entry { station: day.station, seq, prev, at: moment(9), by: By::P1, body };
    let sealed = SealedEntry::seal(entry, &[p1]).expect("seals");
    Submission::Entry { station: day.station, seq, bytes: sealed.bytes().to_vec() }
}

#[test]
fn a_key_that_is_replaced_while_an_entry_waits_does_not_count_any_more() {
    let (desk, mut day, begins, tell) = guided();
    let runtime = runtime();
    day.entries.truncate(1);
    let opened = send(&runtime, &desk, entry(&day, 0));
    begins.recv().expect("the commit begins");
    tell.send(true).expect("central listens");
    runtime.block_on(opened).expect("no panic").expect("accepted");

    let issued = Arc::clone(&desk);
    let issue = runtime.spawn(async move {
        let hour = Duration::from_hours(24);
        issued
            .work(move |central| central.issue_codes([(station(1), Slot::P1)], hour, moment(0), &mut rand::rng()))
            .await
    });
    begins.recv().expect("the commit begins");
    tell.send(true).expect("central listens");
    let codes = runtime.block_on(issue).expect("no panic").expect("done").expect("issued");
    let new = PrivateKey::from_seed(Slot::P1.key_name(station(1)), &[77; 32]).expect("a key");
    let place = (station(1), Slot::P1);
    let wish = Enrolment::sign(day.election.digest(), place, &codes[0].code.to_string(), &new).expect("signs");

    // Both entries are checked while the accreditation is being written, so by the old key alone.
    let enrolment = send(&runtime, &desk, Submission::Enrolment { bytes: wish.bytes().to_vec() });
    begins.recv().expect("the commit begins");
    let by_old = next(&day, "by the old key", &officer(station(1), Slot::P1));
    let by_new = next(&day, "by the new key", &new);
    let (by_old, by_new) = (send(&runtime, &desk, by_old), send(&runtime, &desk, by_new));
    tell.send(true).expect("central listens");
    runtime.block_on(enrolment).expect("no panic").expect("accredited");
    // Either the two share a commit or the old one, which commits nothing, had a turn of its own.
    begins.recv().expect("the commit begins");
    tell.send(true).expect("central listens");
    let refused = runtime.block_on(by_old).expect("no panic");
    assert!(matches!(refused, Err(Refusal::Signature(_))), "{refused:?}");
    assert_eq!(runtime.block_on(by_new).expect("no panic").expect("accepted").news, News::New);
    desk.close();
}

#[test]
fn the_same_entry_many_times_in_one_commit_is_one_leaf_with_one_receipt() {
    let (desk, day, begins, tell) = guided();
    let runtime = runtime();
    let first = send(&runtime, &desk, entry(&day, 0));
    begins.recv().expect("the commit begins");
    // These wait for the next commit together: the first entry again, the second entry three times, the third in between.
    let waiting = [0, 1, 1, 2, 1, 2].map(|at| (at, send(&runtime, &desk, entry(&day, at))));
    tell.send(true).expect("central listens");
    let opened = runtime.block_on(first).expect("no panic").expect("accepted");
    let mut ends = std::collections::BTreeMap::new();
    drop(std::thread::spawn(move || while begins.recv().is_ok() && tell.send(true).is_ok() {}));
    for (at, sent) in waiting {
        match runtime.block_on(sent).expect("no panic") {
            Ok(answer) => {
                Receipt::verify(&answer.bytes, &key().public()).expect("holds");
                let known: &mut Vec<_> = ends.entry(at).or_default();
                known.push(answer);
            }
            // The third came before the second had come.
            Err(Refusal::Gap { found, .. }) => assert_eq!(found.get(), 3),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(ends[&0][0].bytes, opened.bytes, "a receipt is always the same");
    assert_eq!(ends[&1].iter().filter(|answer| answer.news == News::New).count(), 1);
    assert!(ends[&1].iter().all(|answer| answer.bytes == ends[&1][0].bytes));
    let size = runtime.block_on(desk.ask(plano::central::Central::health)).expect("answered").log_size;
    assert_eq!(size, ends.len() as u64);
    desk.close();
}
