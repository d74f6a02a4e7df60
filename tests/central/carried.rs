//! Results that come without their chain: provisional, in no sum, replaced by the chain or contradicted by it.

use plano::central::store::{MemoryLedger, SqliteLedger};
use plano::central::{Central, News, Refusal, Submission};
use plano::digest::Digest;
use plano::protocol::carrier;
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::ids::Region;
use plano::protocol::note::Note;
use plano::protocol::sealed::SealedEntry;
use plano::protocol::wire::{CarriedAnswer, Standing, routes};

use crate::support::central::{enrol_both, in_memory, over, put};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};
use crate::support::server::Listening;

fn region() -> Region {
    station(1).kelurahan()
}

/// Position (from 0) of the first sealed result of a day.
fn first_result(day: &Day) -> usize {
    day.entries.iter().position(|entry| matches!(entry.entry().body, Body::Result(_))).expect("a result")
}

fn text(entry: &SealedEntry) -> String {
    carrier::encode(&Note::parse(entry.bytes().to_vec()).expect("a note"))
}

fn carry(central: &mut Central, bytes: &[u8]) -> Result<(News, Standing), Refusal> {
    let answer = central.submit_one(Submission::Carried { bytes: bytes.to_vec() }, moment(700))?;
    let told: CarriedAnswer = serde_json::from_slice(&answer.bytes).expect("an answer");
    Ok((answer.news, told.standing))
}

/// A central with the officers of the first station, and that station's day.
fn begun() -> (Central, Day) {
    let election = small(2);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    (central, Day::whole(&election, station(1), 1, accreditations))
}

#[test]
fn a_result_is_provisional_in_no_sum_until_its_chain_brings_it() {
    let (mut central, day) = begun();
    let at = first_result(&day);
    let (scanned, before) = (text(&day.entries[at]), central.recap(region()).expect("a page"));
    assert_eq!(carry(&mut central, scanned.as_bytes()).expect("kept"), (News::New, Standing::Provisional));
    assert_eq!(carry(&mut central, scanned.as_bytes()).expect("kept"), (News::Known, Standing::Provisional));
    let note = day.entries[at].bytes();
    assert_eq!(carry(&mut central, note).expect("kept"), (News::Known, Standing::Provisional), "the note itself, too");
    assert_eq!(central.recap(region()).expect("a page"), before, "nothing is added up");
    assert_eq!(central.health().log_size, 0, "the log says what the station delivered");
    assert_eq!(central.provisional_in(region(), "gubernur"), [station(1)]);
    for before in 0..at {
        put(&mut central, &day, before).expect("accepted");
        assert_eq!(central.provisional(station(1)).len(), 1, "entry {before} of {at}");
    }
    put(&mut central, &day, at).expect("accepted");
    assert_eq!((central.provisional_results(), central.diverged()), (0, 0), "the chain has brought it");
    assert_eq!(carry(&mut central, scanned.as_bytes()).expect("held"), (News::Known, Standing::Accepted));
    for after in at + 1..day.entries.len() {
        put(&mut central, &day, after).expect("accepted");
    }
    assert_eq!(central.diverged(), 0);
}

#[test]
fn what_is_carried_after_the_chain_is_accepted_already() {
    let (mut central, day) = begun();
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let scanned = text(&day.entries[first_result(&day)]);
    assert_eq!(carry(&mut central, scanned.as_bytes()).expect("held"), (News::Known, Standing::Accepted));
    assert_eq!(central.provisional_results(), 0);
}

#[test]
fn a_chain_that_brings_something_else_raises_the_alarm_and_both_stay() {
    let (mut central, day) = begun();
    let at = first_result(&day);
    carry(&mut central, text(&day.entries[at]).as_bytes()).expect("kept");
    // The same officers seal other figures in another history.
    let accreditations = [0, 1].map(|nth| match &day.entries[0].entry().body {
        Body::Opened(opened) => opened.accreditations[nth],
        other => panic!("{other:?}"),
    });
    let other = Day::whole(&day.election, station(1), 2, accreditations);
    for entry in 0..=at {
        put(&mut central, &other, entry).expect("the station's chain is taken all the same");
    }
    let alarms = central.alarms().expect("reads");
    assert_eq!(alarms.len(), 1);
    assert_eq!(alarms[0].entry, day.entries[at], "what was carried stays readable");
    assert_eq!(central.provisional_results(), 0);
    let again = carry(&mut central, text(&day.entries[at]).as_bytes());
    assert!(matches!(again, Err(Refusal::Diverged { .. })), "{again:?}");
    assert_eq!(central.diverged(), 1, "kept once");
}

#[test]
fn two_results_for_one_place_are_an_alarm_before_any_chain_comes() {
    let (mut central, day) = begun();
    let accreditations = match &day.entries[0].entry().body {
        Body::Opened(opened) => opened.accreditations,
        other => panic!("{other:?}"),
    };
    let other = Day::whole(&day.election, station(1), 2, accreditations);
    let at = first_result(&day);
    carry(&mut central, text(&day.entries[at]).as_bytes()).expect("kept");
    let rival = carry(&mut central, text(&other.entries[at]).as_bytes());
    assert!(matches!(rival, Err(Refusal::Diverged { .. })), "{rival:?}");
    assert_eq!((central.provisional_results(), central.diverged()), (1, 1));
}

#[test]
fn what_no_two_officers_of_this_election_signed_is_refused() {
    let (mut central, mut day) = begun();
    let at = first_result(&day);
    let good = text(&day.entries[at]);
    let mut tampered = good.clone().into_bytes();
    let letter = tampered.len() / 2;
    tampered[letter] = if tampered[letter] == b'A' { b'B' } else { b'A' };
    assert!(carry(&mut central, &tampered).is_err(), "a letter was changed");
    let edited =
        String::from_utf8(day.entries[at].bytes().to_vec()).expect("text").replacen("\"seq\":", "\"seq\":1", 1);
    assert!(matches!(carry(&mut central, edited.as_bytes()), Err(Refusal::Signature(_))), "another place");
    assert!(matches!(carry(&mut central, b"https://example.com"), Err(Refusal::Carried(_))));
    assert!(matches!(carry(&mut central, text(&day.entries[0]).as_bytes()), Err(Refusal::Carried(_))), "no result");
    day.add(By::Both, Body::Incident(Incident { text: "hujan".into() }));
    let incident = day.entries.last().expect("an entry");
    assert!(matches!(carry(&mut central, incident.bytes()), Err(Refusal::Carried(_))), "no result");
    let body = day.entries[at].entry().body.clone();
    day.add(By::P1, body);
    let alone = day.entries.last().expect("an entry");
    assert!(matches!(carry(&mut central, alone.bytes()), Err(Refusal::NotByBoth)));
    let silent = Day::whole(&day.election, station(2), 1, [Digest::of(b"1"), Digest::of(b"2")]);
    let nobody = carry(&mut central, text(&silent.entries[at]).as_bytes());
    assert!(matches!(nobody, Err(Refusal::Signature(_))), "nobody is accredited: {nobody:?}");
    let stranger = Day::whole(&small(9), station(9), 1, [Digest::of(b"1"), Digest::of(b"2")]);
    let stranger = carry(&mut central, text(&stranger.entries[at]).as_bytes());
    assert!(matches!(stranger, Err(Refusal::UnknownStation(_))), "{stranger:?}");
    let huge = carry(&mut central, &vec![b'a'; 256 * 1024 + 1]);
    assert!(matches!(huge, Err(Refusal::TooLarge { .. })));
    assert_eq!((central.provisional_results(), central.diverged()), (0, 0), "nothing was kept");
    assert_eq!(carry(&mut central, good.as_bytes()).expect("kept"), (News::New, Standing::Provisional));
}

#[test]
fn a_restart_keeps_it_in_memory_and_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("central.sqlite");
    let memory = MemoryLedger::default();
    let opens: [Box<dyn Fn() -> Box<dyn plano::central::store::Ledger>>; 2] = [
        Box::new(move || Box::new(memory.clone())),
        Box::new(move || Box::new(SqliteLedger::open(&path, key().public()).expect("opens"))),
    ];
    for open in opens {
        let election = small(1);
        let mut central = over(&election, open());
        let accreditations = enrol_both(&mut central, station(1));
        let day = Day::whole(&election, station(1), 1, accreditations);
        let at = first_result(&day);
        carry(&mut central, text(&day.entries[at]).as_bytes()).expect("kept");
        drop(central);
        let mut central = over(&election, open());
        let kept = central.provisional(station(1));
        assert_eq!(kept.iter().map(|one| (&one.entry, one.at)).collect::<Vec<_>>(), [(&day.entries[at], moment(700))]);
        for before in 0..=at {
            put(&mut central, &day, before).expect("accepted");
        }
        assert_eq!((central.provisional_results(), central.diverged()), (0, 0));
    }
}

#[test]
fn the_door_answers_and_the_pages_say_that_it_is_provisional() {
    let (central, day) = begun();
    let at = first_result(&day);
    let server = Listening::start(central);
    let post = |body: &[u8]| server.send("POST", routes::CARRIED, body).expect("an answer");
    let scanned = text(&day.entries[at]);
    assert_eq!(post(scanned.as_bytes()).status, 201);
    let known = post(scanned.as_bytes());
    let told: CarriedAnswer = serde_json::from_slice(&known.body).expect("an answer");
    assert_eq!((known.status, told.digest, told.standing), (200, day.entries[at].digest(), Standing::Provisional));
    for (body, status) in [(&b"PLANO1:BB8"[..], 400), (b"", 400)] {
        let refused = post(body);
        assert_eq!((refused.status, refused.header("content-type")), (status, Some("application/problem+json")));
    }
    let page = |path: String| String::from_utf8(server.get(&path).body).expect("text");
    let (digest, short) = (day.entries[at].digest().to_string(), day.entries[at].digest().short());
    let shown = page(format!("/en/tps/{}", station(1)));
    assert!(shown.contains("Provisional") && shown.contains(&short), "{digest}: {shown}");
    assert!(page(format!("/tps/{}", station(1))).contains("Sementara"));
    assert!(page(format!("/en/region/{}/gubernur", region())).contains("provisional"));
    for before in 0..=at {
        let entry = &day.entries[before];
        let path = plano::protocol::wire::entry_path(station(1), entry.entry().seq);
        assert_eq!(server.put(&path, entry.bytes()).status, 201);
    }
    assert!(!page(format!("/en/tps/{}", station(1))).contains("Provisional"));
    assert!(!page(format!("/en/region/{}/gubernur", region())).contains("provisional"));
}
