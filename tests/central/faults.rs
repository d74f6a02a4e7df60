//! Every fault does what it says; central stays honest behind it.

use std::time::Instant;

use plano::central::faults::{Action, Script, ScriptError};
use plano::protocol::receipt::{Receipt, ReceiptError};
use plano::protocol::wire::{self, Missing, Problem, ProblemKind};

use crate::support::central::{enrol_both, in_memory};
use crate::support::deliveries::Day;
use crate::support::election::{central as key, small, station};
use crate::support::golden::repository;
use crate::support::server::{Listening, Reply};

struct Stage {
    server: Listening,
    day: Day,
}

impl Stage {
    /// Two entries are held; the third is what faults are tried on.
    fn set() -> Self {
        let election = small(1);
        let mut central = in_memory(&election);
        let accreditations = enrol_both(&mut central, station(1));
        let day = Day::whole(&election, station(1), 1, accreditations);
        let stage = Self { server: Listening::start(central), day };
        for at in 0..2 {
            assert_eq!(stage.put(at).expect("an answer").status, 201);
        }
        stage
    }

    fn put(&self, at: usize) -> Option<Reply> {
        let entry = &self.day.entries[at];
        self.server.send("PUT", &wire::entry_path(station(1), entry.entry().seq), entry.bytes())
    }

    /// Tries the third entry under a rule; says what came back, and whether central has stored it.
    fn under(&self, rule: &str) -> (Option<Reply>, bool) {
        self.server.fault(rule);
        let reply = self.put(2);
        let tally = self.server.faults.tally();
        assert_eq!((tally[0].seen, tally[0].fired), (1, 1), "{rule}");
        self.server.faults.switch(Script::none());
        let missing = self.server.get(&wire::missing_path(station(1)));
        let missing: Missing = serde_json::from_slice(&missing.body).expect("JSON");
        let stored = missing.head.is_some_and(|head| head.seq.get() == 3);
        // Faults over, the same entry again: one leaf and a receipt that holds, whatever happened before.
        let again = self.put(2).expect("an answer");
        assert_eq!(again.status, if stored { 200 } else { 201 });
        assert_eq!(Receipt::verify(&again.body, &key().public()).expect("holds").index(), 2);
        (reply, stored)
    }
}

#[test]
fn refusals_come_before_anything_is_stored() {
    for (status, kind) in [(413, ProblemKind::TooLarge), (429, ProblemKind::Busy), (503, ProblemKind::Unavailable)] {
        let (reply, stored) = Stage::set().under(&format!("action = 'refuse'\nstatus = {status}\nretry_after = 17"));
        let reply = reply.expect("an answer");
        assert_eq!((reply.status, reply.header("retry-after"), stored), (status, Some("17"), false));
        assert_eq!(Problem::parse(&reply.body).expect("a problem").r#type, kind);
    }
}

#[test]
fn a_portal_answers_in_place_of_central() {
    let (reply, stored) = Stage::set().under("action = 'portal'");
    let reply = reply.expect("an answer");
    assert_eq!((reply.status, stored), (200, false));
    assert_eq!(Receipt::verify(&reply.body, &key().public()), Err(ReceiptError::Magic));
    let (reply, stored) = Stage::set().under("action = 'redirect'");
    let reply = reply.expect("an answer");
    assert_eq!((reply.status, reply.header("location"), stored), (302, Some("http://login.wifi.example/"), false));
}

#[test]
fn connections_are_closed_without_an_answer() {
    let cases = [
        ("action = 'close-before-reading'", false, 0),
        ("action = 'never-answer'\nmilliseconds = 120", false, 120),
        ("action = 'store-then-silent'\nmilliseconds = 120", true, 120),
        ("action = 'store-then-cut'", true, 0),
    ];
    for (rule, stores, at_least) in cases {
        let begun = Instant::now();
        let (reply, stored) = Stage::set().under(rule);
        assert!(reply.is_none(), "{rule}: {reply:?}");
        assert_eq!(stored, stores, "{rule}");
        assert!(begun.elapsed().as_millis() >= at_least, "{rule}");
    }
}

#[test]
fn answers_are_spoilt_after_storing() {
    let (reply, stored) = Stage::set().under("action = 'store-then-cut-mid-answer'");
    let reply = reply.expect("half an answer");
    let promised: usize = reply.header("content-length").expect("a length").parse().expect("a number");
    assert!(reply.status == 201 && stored && reply.body.len() == promised / 2, "{reply:?}");

    let (reply, stored) = Stage::set().under("action = 'store-then-truncate'");
    let reply = reply.expect("an answer");
    let promised: usize = reply.header("content-length").expect("a length").parse().expect("a number");
    assert!(reply.status == 201 && stored && reply.body.len() == promised, "{reply:?}");
    assert!(Receipt::verify(&reply.body, &key().public()).is_err());

    let (reply, stored) = Stage::set().under("action = 'store-then-other-receipt'");
    let receipt = Receipt::verify(&reply.expect("an answer").body, &key().public()).expect("holds");
    assert!(receipt.index() == 1 && stored, "a valid receipt of something else");

    let (reply, stored) = Stage::set().under("action = 'store-then-broken-receipt'");
    let found = Receipt::verify(&reply.expect("an answer").body, &key().public());
    assert!(matches!(found, Err(ReceiptError::Checkpoint(_))) && stored, "{found:?}");
}

#[test]
fn delays_and_slow_reading_end_well() {
    for rule in ["action = 'delay'\nmilliseconds = 80", "action = 'slow-read'\nmilliseconds = 80"] {
        let begun = Instant::now();
        let (reply, stored) = Stage::set().under(rule);
        let reply = reply.expect("an answer");
        assert!(stored && reply.status == 201 && begun.elapsed().as_millis() >= 80, "{rule}");
        Receipt::verify(&reply.body, &key().public()).expect("holds");
    }
}

#[test]
fn rules_choose_kind_station_and_turn() {
    let stage = Stage::set();
    stage.server.fault("on = ['photo']\naction = 'portal'");
    assert_eq!(stage.put(2).expect("an answer").status, 201, "an entry is no photo");
    let uploads = wire::uploads_path(station(1));
    assert_eq!(stage.server.send("POST", &uploads, b"x").expect("an answer").status, 200, "the portal");
    stage.server.fault("stations = ['35.74.03.1001-002']\naction = 'portal'");
    assert_eq!(stage.put(2).expect("an answer").header("content-type"), Some(wire::media::RECEIPT));
    stage.server.fault("every = 3\naction = 'redirect'");
    let statuses: Vec<u16> = (0..6).map(|_| stage.put(2).expect("an answer").status).collect();
    assert_eq!(statuses, [200, 200, 302, 200, 200, 302]);
    let tally = stage.server.get("/faults").body;
    assert_eq!(tally, br#"[{"rule":"only","action":"redirect","seen":6,"fired":2}]"#);
    stage.server.end();
}

#[test]
fn the_scripts_that_come_with_plano_are_scripts() {
    let mut all = String::new();
    for file in std::fs::read_dir(repository("fixtures/faults")).expect("a folder") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text");
        Script::parse(&text).unwrap_or_else(|error: ScriptError| panic!("{}: {error}", path.display()));
        assert!(text.starts_with("# "), "{}: says in words what it is", path.display());
        all += &text;
    }
    for action in Action::NAMES {
        assert!(all.contains(&format!("action = \"{action}\"")), "no script uses {action}");
    }
}
