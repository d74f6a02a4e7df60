//! `plano central rehearse` from end to end: a central of its own, one that runs elsewhere and misbehaves, one that is stopped.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use plano::audit::{self, Maker, Scope, Trust, Verdict};
use plano::central::faults::{Faults, Script};
use plano::central::http::{Config, Server};
use plano::central::{Home, officers};
use plano::clock;
use plano::protocol::election::Election;
use plano::protocol::key::PrivateKey;
use plano::rehearsal::drive::{Drive, Profile, Rehearsed, Remote, Seen, read_codes, rehearse};
use plano::rehearsal::{DemoError, election};
use tokio_util::sync::CancellationToken;

fn drive(folder: &Path, tps: u16, remote: Option<Remote>) -> Drive {
    Drive {
        tps,
        span: Duration::from_secs(1),
        profile: Profile::Pilkada2024,
        folder: folder.join("out"),
        remote,
        // Small pictures: the finding that they are small is answered like any other.
        long_side: 800,
        at_once: 4,
        seed: 5,
    }
}

fn run(drive: &Drive) -> Result<Rehearsed, DemoError> {
    rehearse(drive, &channel().0, &CancellationToken::new())
}

#[test]
fn six_stations_deliver_everything_and_the_log_verifies() {
    let folder = tempfile::tempdir().expect("a folder");
    let drive = drive(folder.path(), 6, None);
    let (seen, happened) = channel();
    let outcome = rehearse(&drive, &seen, &CancellationToken::new()).expect("a rehearsal");
    drop(seen);
    let numbers = &outcome.numbers;
    assert!(numbers.sound(), "{numbers:?}");
    assert!(numbers.photos >= 36 && numbers.entries > 60, "2 forms of 3 pages at 6 TPS: {numbers:?}");
    assert_eq!(numbers.receipts_verified, numbers.entries + numbers.photos);
    assert_eq!(numbers.log.after, Some(numbers.entries + numbers.photos));
    assert_eq!((numbers.retries, numbers.troubles.len()), (0, 0), "nothing went wrong");
    assert_eq!(numbers.entry_receipt.count as u64, numbers.entries);
    assert!(numbers.recap.as_ref().is_some_and(|recap| recap.sums > 200 && recap.regions >= 4));
    let seen: Vec<Seen> = happened.iter().collect();
    assert_eq!(seen.iter().filter(|one| matches!(one, Seen::Delivered(_))).count(), 6);

    let html = std::fs::read_to_string(&outcome.report).expect("a report");
    assert_eq!(html.matches("<svg").count(), 6);
    assert!(html.contains("Everything was received") && !html.contains("<script") && !html.contains("https://"));
    let read = |name: &str| std::fs::read_to_string(drive.folder.join(name)).expect("raw numbers");
    let json: serde_json::Value = serde_json::from_str(&read("numbers.json")).expect("JSON");
    assert_eq!(json["sound"], true);
    assert_eq!(json["slices"][59]["received"], numbers.entries + numbers.photos);
    assert_eq!(read("tries.csv").lines().count() as u64, 1 + numbers.tries);
    assert_eq!(read("slices.csv").lines().count(), 61);

    // What the printed commands do.
    let home = Home::at(drive.folder.join("central"));
    let bundle = drive.folder.join("bundle");
    let maker = Maker { at: clock::now(), by: "test" };
    audit::export(&home.open().expect("opens"), &Scope::All, &bundle, &maker).expect("exports");
    let trust = Trust { central_key: Some(home.public_key().expect("a key")), authority: None, witnesses: Vec::new() };
    let report = audit::verify(&bundle, None, &trust).expect("reads");
    assert_eq!(report.verdict(), Verdict::Sound, "{}", report.text(plano::form::Lang::En));
    assert!(outcome.commands.iter().any(|command| command.starts_with("plano verify")));
}

/// A central elsewhere, on whose home codes were issued, and the runtime that serves it.
struct Elsewhere {
    home: Home,
    election: Election,
    codes: String,
    runtime: tokio::runtime::Runtime,
    server: Server,
}

impl Elsewhere {
    fn start(folder: &Path, faults: &str, stations: usize) -> Self {
        let authority = PrivateKey::from_seed("kpu.example/test", &[3; 32]).expect("a key");
        let election = election(&authority).expect("an election");
        let home = Home::at(folder.join("central"));
        home.init("central.test/rehearse", &election, &[4; 32]).expect("sets up");
        let wanted: Vec<_> = officers(&election).take(2 * stations).collect();
        let issued = home.issue_codes(wanted, Duration::from_hours(1), clock::now(), &mut rand::rng());
        let rows = issued.expect("issues");
        let rows = rows.iter().map(|one| format!("{},{},{},{}\n", one.station, one.slot, one.code, one.expires));
        let codes: String = std::iter::once("station,officer,code,expires\n".to_owned()).chain(rows).collect();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let faults = Faults::new(Script::parse(faults).expect("a script"));
        let config = Config::plain(std::net::SocketAddr::from(([127, 0, 0, 1], 0)));
        let central = home.open().expect("opens");
        let server = runtime.block_on(async { Server::start(&config, central, Some(&faults)).expect("starts") });
        Self { home, election, codes, runtime, server }
    }

    fn remote(&self) -> Remote {
        Remote {
            way: plano::sync::http::Config::new(format!("http://{}", self.server.addr())),
            key: self.home.public_key().expect("a key"),
            election: self.election.clone(),
            codes: read_codes(self.codes.as_bytes()).expect("codes"),
        }
    }
}

#[test]
fn a_central_elsewhere_that_misbehaves_is_driven_to_the_last_receipt() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = r#"
        about = "some answers are lost"
        seed = 1
        [[rule]]
        name = "lost"
        on = ["entry"]
        per_mille = 200
        action = "store-then-cut"
    "#;
    let central = Elsewhere::start(folder.path(), script, 3);
    let outcome = run(&drive(folder.path(), 3, Some(central.remote()))).expect("a rehearsal");
    let numbers = &outcome.numbers;
    assert!(numbers.sound(), "{numbers:?}");
    assert!(numbers.retries > 0 && numbers.troubles.values().sum::<u64>() >= numbers.retries, "{numbers:?}");
    assert!(!folder.path().join("out/central").exists(), "it made no central of its own");
    central.runtime.block_on(central.server.shutdown());
}

#[test]
fn what_cannot_be_rehearsed_is_said_before_anything_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let central = Elsewhere::start(folder.path(), "about = \"\"\nseed = 1\n", 2);
    let few = run(&drive(folder.path(), 3, Some(central.remote())));
    assert!(matches!(few, Err(DemoError::FewStations { found: 2, wanted: 3 })), "{few:?}");
    let other = PrivateKey::from_seed("kpu.example/other", &[5; 32]).expect("a key");
    let remote = Remote { election: election(&other).expect("an election"), ..central.remote() };
    let wrong = run(&drive(folder.path(), 2, Some(remote)));
    assert!(matches!(wrong, Err(DemoError::OtherElection)), "{wrong:?}");
    let server = central.runtime.block_on(central.server.shutdown()).expect("central");
    assert_eq!(server.health().log_size, 0);
}

#[test]
fn a_rehearsal_that_is_stopped_reports_what_was_done() {
    let folder = tempfile::tempdir().expect("a folder");
    // The last of them would come after an hour.
    let long = Drive { span: Duration::from_hours(1), profile: Profile::Burst, ..drive(folder.path(), 2, None) };
    let (seen, happened) = channel();
    let stop = CancellationToken::new();
    let outcome = std::thread::scope(|scope| {
        let whole = scope.spawn(|| rehearse(&long, &seen, &stop));
        let delivered = happened.iter().find(|one| matches!(one, Seen::Delivered(_)));
        stop.cancel();
        assert!(delivered.is_some());
        whole.join().expect("no panic").expect("a rehearsal")
    });
    let numbers = &outcome.numbers;
    assert!(numbers.stopped && !numbers.sound() && !numbers.all_received());
    assert_eq!((numbers.stations, numbers.stations_complete), (2, 1), "{numbers:?}");
    assert!(numbers.entries_received > 0 && numbers.entries_received < numbers.entries);
    let html = std::fs::read_to_string(&outcome.report).expect("a report");
    assert!(html.contains("Stopped before the end"));
}
