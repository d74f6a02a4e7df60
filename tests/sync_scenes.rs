//! Delivery in single scenes: outage, poison, damage, Ctrl-C, a central that forgot, a second history.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use plano::protocol::ids::Seq;
use plano::protocol::receipt::What;
use plano::protocol::wire::ProblemKind;
use plano::store::OutcomeKind;
use plano::sync::http::{Config, HttpUplink};
use plano::sync::{End, Equipment, Event, Events, Pace as _, Trouble, Until, WallClock, Worker};
use tokio_util::sync::CancellationToken;

use crate::support::crooked::Fault;
use crate::support::ledger;
use crate::support::scripted::{Scripted, central_knowing};

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime").block_on(future)
}

async fn settled(station: &Scripted) -> End {
    station.deliver(Until::Settled).await.expect("the ledger works").0
}

#[test]
fn without_faults_everything_is_sent_once_and_in_order() {
    block_on(async {
        let station = Scripted::new(6, 1);
        assert_eq!(settled(&station).await, End::Done);
        station.assert_delivered();
        let sent: Vec<_> = station.uplink.shared().requests.iter().map(|request| request.item).collect();
        assert_eq!(sent, station.items(), "entries, then photos, each once");
        assert_eq!(station.uplink.shared().questions, 1);
        assert_eq!(station.time.now(), ledger::moment(1_000), "nothing was waited for");
    });
}

#[test]
fn ctrl_c_during_any_request_loses_nothing_and_stores_nothing_twice() {
    block_on(async {
        // A question, all entries together, three photos.
        for at in 0..5 {
            for stored in [false, true] {
                let station = Scripted::new(6, at);
                let before = (0..at).map(|_| Fault::None).chain([Fault::Cancelled { stored }]);
                station.uplink.shared().script.extend(before);
                let (end, programs) = station.deliver(Until::Settled).await.expect("the ledger works");
                assert_eq!((end, programs), (End::Done, 2), "request {at}");
                station.assert_delivered();
                station.assert_numbers_first();
            }
        }
    });
}

#[test]
fn a_worker_dropped_at_any_await_is_taken_over_by_the_next() {
    block_on(async {
        let mut dropped = 0;
        for polls in 0.. {
            let station = Scripted::new(4, 1);
            let faults = [Fault::None, Fault::Lost { trouble: Trouble::Cut, stored: true }, Fault::Portal];
            station.uplink.shared().script.extend(faults);
            let (mut worker, _) = station.worker();
            let cancel = CancellationToken::new();
            if let Some(end) = polled(worker.run(Until::Settled, &cancel), polls).await {
                assert_eq!(end.expect("the ledger works"), End::Done);
                break;
            }
            drop(worker);
            dropped += 1;
            assert_eq!(settled(&station).await, End::Done, "dropped after {polls} polls");
            station.assert_received();
            let tried = station.ledger().attempts().expect("reads");
            let unknown: Vec<_> = tried.iter().filter(|row| row.outcome.is_none()).collect();
            let photos = unknown.iter().filter(|row| matches!(row.item.what, What::Photo(_))).count();
            let under_way = unknown.windows(2).all(|two| two[0].at == two[1].at);
            assert!(under_way && (photos == 0 || photos == unknown.len() && photos <= 2), "{unknown:?}");
        }
        assert!(dropped > 2, "there were several places to be dropped at, not {dropped}");
    });
}

/// Polls a future so many times and then drops it.
async fn polled<T>(future: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[test]
fn an_outage_costs_few_tries_and_ends_soon_after_the_network_is_back() {
    block_on(async {
        let station = Scripted::new(40, 2);
        let back = station.time.now().after(Duration::from_hours(3));
        station.uplink.shared().outage = Some(back);
        assert_eq!(settled(&station).await, End::Done);
        station.assert_delivered();
        let (during, questions) = {
            let shared = station.uplink.shared();
            (shared.requests.iter().filter(|request| request.at < back).count(), shared.questions)
        };
        // A probe every quarter of a minute on average once the range has grown to half a minute.
        assert!(during + questions < 900, "{during} tries and {questions} questions in three hours");
        let late = station.time.now().since(back);
        assert!(late <= Duration::from_mins(1), "all 61 items followed within {late:?}");
    });
}

#[test]
fn a_poisonous_photo_holds_up_nobody() {
    let refused = Fault::Refused(ProblemKind::TooLarge);
    let cut = Fault::Lost { trouble: Trouble::Cut, stored: false };
    let forged = Fault::ForgedReceipt;
    block_on(async {
        for (fault, end) in [(refused, Some(End::SetAside)), (cut, None), (forged, None)] {
            let station = Scripted::new(8, 3);
            let poison = station.chain.iter().find_map(|entry| entry.entry().body.image()).expect("a photo").sha256;
            station.uplink.shared().poison = Some((poison, fault));
            // Where it never ends by itself, ten programs in an hour look at it.
            for _ in 0..10 {
                let ended = station.deliver(Until::Idle).await.expect("the ledger works").0;
                assert!(end.is_none_or(|end| end == ended) && ended != End::Done, "{fault:?}: {ended:?}");
                station.time.advance(Duration::from_mins(6));
            }
            let pending = station.ledger().pending().expect("reads");
            assert_eq!(pending.iter().map(|open| open.item.digest).collect::<Vec<_>>(), [poison], "{fault:?}");
            station.uplink.shared().poison = None;
            station.time.advance(Duration::from_mins(31));
            assert_eq!(settled(&station).await, End::Done);
            station.assert_delivered();
        }
    });
}

#[test]
fn a_refused_entry_stops_the_chain_until_a_person_says_try_now() {
    block_on(async {
        let station = Scripted::new(4, 4);
        // Entry 4 is refused; the photo that entry 3 names goes on.
        let refused = station.chain[3].digest();
        station.uplink.shared().poison = Some((refused, Fault::Refused(ProblemKind::Signature)));
        assert_eq!(settled(&station).await, End::SetAside);
        let left: Vec<_> = station.ledger().pending().expect("reads").iter().map(|open| open.item.what).collect();
        let position = |number| What::Entry(Seq::new(number).expect("a position"));
        assert_eq!(left[..2], [position(4), position(5)]);
        assert_eq!(left.len(), 3, "and the photo that entry 5 names");
        station.uplink.shared().poison = None;
        station.ledger().try_again(station.time.now()).expect("notes");
        assert_eq!(settled(&station).await, End::Done);
        station.assert_delivered();
    });
}

#[test]
fn a_nudge_ends_the_waiting_of_a_running_worker() {
    block_on(async {
        let station = Scripted::new(2, 5);
        // Entries, the question, and then the photo.
        station.uplink.shared().script.extend([Fault::None, Fault::None, Fault::Refused(ProblemKind::Malformed)]);
        let (mut worker, _events) = station.worker();
        let cancel = CancellationToken::new();
        assert_eq!(worker.run(Until::Settled, &cancel).await.expect("works"), End::SetAside);
        let before = station.time.now();
        worker.nudge().try_now();
        // Cancelled by hand once everything is there: this worker would go on looking for new entries.
        let ended = tokio::select! {
            biased;
            end = worker.run(Until::Cancelled, &cancel) => Some(end),
            () = received(&station, &cancel) => None,
        };
        assert!(ended.is_none_or(|end| end.expect("works") == End::Cancelled));
        station.assert_delivered();
        assert!(station.time.now().since(before) < Duration::from_mins(5), "not after the half hour of a second look");
    });
}

async fn received(station: &Scripted, cancel: &CancellationToken) {
    while !station.ledger().pending().expect("reads").is_empty() {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    std::future::pending::<()>().await;
}

#[test]
fn a_photo_damaged_on_disk_is_never_sent_and_goes_once_it_is_restored() {
    block_on(async {
        let station = Scripted::new(4, 6);
        let sha256 = station.chain.iter().find_map(|entry| entry.entry().body.image()).expect("a photo").sha256;
        let good = station.photos().read(&sha256).expect("reads");
        station.damage(&sha256, b"something else");
        assert_eq!(settled(&station).await, End::SetAside);
        assert!(
            station.uplink.shared().requests.iter().all(|request| request.item.digest != sha256),
            "it was not sent"
        );
        let left = station.ledger().pending().expect("reads");
        let [open] = left.as_slice() else { panic!("{left:?}") };
        assert!(open.last.as_ref().expect("tried").reason.starts_with("not sent: "), "{open:?}");
        station.damage(&sha256, &good);
        station.time.advance(Duration::from_mins(31));
        assert_eq!(settled(&station).await, End::Done);
        station.assert_received();
    });
}

#[test]
fn entries_recorded_while_a_photo_is_on_its_way_overtake_it() {
    block_on(async {
        let station = Scripted::prepared(5, 12);
        station.append_up_to(3);
        let last = station.chain.last().expect("an entry").entry().seq;
        station.uplink.shared().photos_wait_for = Some(last);
        let (mut worker, mut events) = station.worker();
        let cancel = CancellationToken::new();
        // The photo that entry 3 names ends only after entries 4 to 6 have come, which are recorded once it is under way.
        let record = async {
            while let Some(event) = events.recv().await {
                if matches!(event, Event::Sending { item, .. } if matches!(item.what, What::Photo(_))) {
                    station.append_up_to(6);
                }
            }
        };
        let end = tokio::select! {
            end = worker.run(Until::Settled, &cancel) => end,
            () = record => unreachable!("the worker tells events to its end"),
        };
        assert_eq!(end.expect("the ledger works"), End::Done);
        station.assert_received();
        let rows = station.ledger().attempts().expect("reads");
        let ended: Vec<_> =
            rows.iter().filter(|row| row.item.what == What::Entry(last)).map(|row| row.attempt).collect();
        let photo = rows.iter().position(|row| matches!(row.item.what, What::Photo(_))).expect("a photo");
        assert_eq!((ended.len(), photo, rows.len()), (1, 3, 8), "the photo began before entries 4 to 6: {rows:?}");
    });
}

#[test]
fn a_clock_set_back_does_not_stop_the_delivery() {
    block_on(async {
        let station = Scripted::new(3, 7);
        let wish = Fault::Patience { kind: ProblemKind::Busy, seconds: Some(600) };
        station.uplink.shared().script.extend([Fault::None, wish]);
        assert!(matches!(station.deliver(Until::Idle).await.expect("works").0, End::Waiting(_)));
        station.time.set(ledger::moment(-86_400_000));
        let before = station.time.now();
        assert_eq!(settled(&station).await, End::Done);
        assert!(station.time.now().since(before) < Duration::from_mins(20));
        station.assert_delivered();
    });
}

#[test]
fn a_central_that_forgot_is_told_again_and_it_is_an_alarm() {
    block_on(async {
        for kept in 0..6 {
            let station = Scripted::new(5, 8);
            assert_eq!(settled(&station).await, End::Done);
            assert_eq!(station.alarms(), Vec::<String>::new());
            station.uplink.shared().central = central_knowing(&station.chain[..kept]);
            assert_eq!(settled(&station).await, End::Done);
            station.assert_delivered();
            let alarms = station.alarms();
            assert!(alarms.len() == 1 && alarms[0].contains("gave receipts for"), "{kept}: {alarms:?}");
        }
    });
}

#[test]
fn a_central_that_forgot_while_entries_wait_is_repaired_first() {
    block_on(async {
        let station = Scripted::prepared(5, 9);
        station.append_up_to(4);
        let (mut worker, _events) = station.worker();
        let cancel = CancellationToken::new();
        assert_eq!(worker.run(Until::Settled, &cancel).await.expect("works"), End::Done);
        station.uplink.shared().central = central_knowing(&station.chain[..1]);
        station.append_up_to(6);
        // The same program: it learns of the gap from the answer to entry 5.
        assert_eq!(worker.run(Until::Settled, &cancel).await.expect("works"), End::Done);
        assert_eq!(worker.tally().troubles, [(Trouble::Gap, 1)].into());
        station.assert_delivered();
    });
}

#[test]
fn another_history_at_central_stops_the_entries_and_nothing_else() {
    block_on(async {
        let station = Scripted::new(5, 10);
        // Entry 3 names a photo; entry 4 is another one at central.
        let mut central = central_knowing(&station.chain[..3]);
        let fork = ledger::entry(
            Some(central.missing(ledger::station()).expect("takes part").head.expect("a head")),
            ledger::incident("x"),
        );
        central
            .put_entry(ledger::station(), fork.entry().seq, fork.bytes().to_vec(), ledger::moment(0))
            .expect("accepts");
        station.uplink.shared().central = central;
        assert_eq!(settled(&station).await, End::SetAside);
        let alarms = station.alarms();
        assert!(alarms.len() == 2 && alarms.iter().all(|alarm| alarm.contains("two folders")), "{alarms:?}");
        let rows = station.ledger().attempts().expect("reads");
        let outcomes: Vec<_> = rows.iter().map(|row| (row.item.what, row.outcome)).collect();
        let stored = |number| (What::Entry(Seq::new(number).expect("position")), Some(OutcomeKind::Stored));
        assert_eq!(outcomes[..3], [stored(1), stored(2), stored(3)]);
        assert_eq!(outcomes[3], (stored(4).0, Some(OutcomeKind::Diverged)));
        let waits = |number| (stored(number).0, Some(OutcomeKind::Later));
        assert_eq!(outcomes[4..6], [waits(5), waits(6)], "behind it in the same request");
        assert!(matches!(outcomes[6], (What::Photo(_), Some(OutcomeKind::Stored))), "the photo of entry 3");
        assert_eq!(outcomes.len(), 7);
        station.time.advance(Duration::from_hours(10));
        assert_eq!(settled(&station).await, End::SetAside);
        assert_eq!(station.ledger().attempts().expect("reads").len(), 7, "nothing but a person brings it back");
        assert_eq!(station.uplink.shared().central.diverged(), 2, "central keeps what it cannot follow");
    });
}

#[test]
fn a_worker_over_http_may_run_on_any_thread() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let station = Scripted::new(1, 11);
    let uplink = HttpUplink::new(&Config::new("http://127.0.0.1:9")).expect("sets up");
    let (ledger, photos, pace, events) = (station.ledger(), station.photos(), WallClock, Events::default());
    let mut worker = is_send(Worker::new(Equipment { ledger, photos, uplink, pace, events }, || 0));
    let cancel = CancellationToken::new();
    cancel.cancel();
    let end = block_on(is_send(worker.run(Until::Cancelled, &cancel)));
    assert_eq!(end.expect("works"), End::Cancelled);
}
