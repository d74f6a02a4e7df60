//! Delivery over real HTTP to a listening central, through every script of faults that is shipped.

use std::path::PathBuf;
use std::time::Duration;

use plano::central::faults::Script;
use plano::protocol::receipt::{Receipt, What};
use plano::sync::http::{Config, HttpUplink, Limits};
use plano::sync::{End, Equipment, Event, Events, Tally, Until, Worker};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::golden::repository;
use crate::support::scripted::{Scripted, central_knowing};
use crate::support::server::Listening;
use crate::support::{election, ledger};

/// Short enough that a silent central is given up soon, longer than any delay in the shipped scripts.
fn limits() -> Limits {
    let second = Duration::from_secs(1);
    Limits { connect: 5 * second, idle: second, total: 20 * second, answer: second, slowest: 1 << 30, silent: second }
}

/// Delivers all of a station over HTTP; waits between tries pass in virtual time, those of the network in real time.
fn deliver(station: &Scripted, listening: &Listening) -> (End, Tally, Vec<Event>) {
    let config = Config { limits: limits(), ..Config::new(format!("http://{}", listening.addr())) };
    let uplink = HttpUplink::new(&config).expect("sets up");
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let (ledger, photos, pace) = (station.ledger(), station.photos(), station.time.clone());
    let mut random = StdRng::seed_from_u64(1);
    let equipment = Equipment { ledger, photos, uplink, pace, events: Events::to(sender) };
    let mut worker = Worker::new(equipment, move || random.next_u64());
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let mut run = || runtime.block_on(worker.run(Until::Settled, &CancellationToken::new())).expect("the ledger works");
    let mut end = run();
    for _ in 0..20 {
        if end == End::SetAside {
            // What was refused by mistake is looked at a second time by itself.
            station.time.advance(Duration::from_mins(31));
            end = run();
        }
    }
    let tally = worker.tally().clone();
    drop(worker);
    let mut events = Vec::new();
    while let Ok(event) = receiver.try_recv() {
        events.push(event);
    }
    (end, tally, events)
}

fn scripts() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(repository("fixtures/faults")).expect("a folder");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_shipped_script_of_faults_ends_with_everything_delivered_once() {
    for path in scripts() {
        let text = std::fs::read_to_string(&path).expect("reads");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let station = Scripted::new(60, 1);
        let listening = Listening::start(central_knowing(&[]));
        listening.faults.switch(Script::parse(&text).expect("a script"));
        let (end, tally, _) = deliver(&station, &listening);
        assert_eq!(end, End::Done, "{name}");
        assert_eq!(station.ledger().pending().expect("reads"), [], "{name}");
        for (item, bytes) in station.ledger().receipts().expect("reads") {
            let receipt = Receipt::verify(&bytes, &election::central().public()).expect("holds");
            receipt.covers(&item).expect("is of this item");
        }
        let central = listening.end();
        let items = station.items().len() as u64;
        assert_eq!((central.health().log_size, tally.stored), (items, items), "{name}: nothing twice");
        assert_eq!(tally.faults() > 0, name != "none", "{name}: {tally:?}");
        assert_eq!(tally.attempts, station.ledger().attempts().expect("reads").len() as u64, "{name}");
    }
}

#[test]
fn bytes_are_counted_and_told_while_they_go_out() {
    let station = Scripted::new(4, 2);
    let listening = Listening::start(central_knowing(&[]));
    let (end, tally, events) = deliver(&station, &listening);
    assert_eq!(end, End::Done);
    let entries: u64 = station.chain.iter().map(|entry| entry.bytes().len() as u64).sum();
    let photos: u64 =
        station.chain.iter().filter_map(|entry| entry.entry().body.image()).map(|image| image.bytes).sum();
    let packed = tally.bytes_sent - photos;
    assert!((entries / 10..entries).contains(&packed), "entries go together and deflated: {packed} of {entries}");
    let told = |item| {
        let sent = |event: &Event| match event {
            Event::Progress { item: of, sent } if *of == item => Some(*sent),
            _ => None,
        };
        events.iter().rev().find_map(sent)
    };
    for event in &events {
        if let Event::Sending { item, bytes, .. } = event {
            let expected = matches!(item.what, What::Photo(_)).then_some(*bytes);
            assert_eq!(told(*item), expected, "{item}");
        }
    }
    assert_eq!(events.last(), Some(&Event::Done));
    assert_eq!(listening.end().missing(ledger::station()).expect("takes part").photos, []);
}
