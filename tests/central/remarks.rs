//! What operators say: taken when it is about evidence that is here, in the log, exported, checked by the verifier.

use std::path::Path;

use plano::audit::{Kind, Maker, Report, Scope, Trust, check, export, verify};
use plano::central::{Answer, Central, Move, News, Refusal, RemarkFault, Submission};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::Page;
use plano::protocol::annotation::{Annotation, DIVERGED, Filing, Handled, Logged, Moved, OperatorName, Remark, Zero};
use plano::protocol::bundle;
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::ids::{Seq, StationId};
use plano::protocol::state::Shows;

use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};

fn siti() -> OperatorName {
    "siti".parse().expect("a name")
}

fn at(minute: u32) -> Timestamp {
    moment(700 + minute)
}

fn say(central: &mut Central, remark: Remark, minute: u32) -> Result<Answer, Refusal> {
    central.submit_one(Submission::Remark { by: siti(), remark: Box::new(remark) }, at(minute))
}

fn fault(answer: Result<Answer, Refusal>) -> RemarkFault {
    match answer {
        Err(Refusal::Remark(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

fn page(station: StationId, contest: &str, number: u8) -> Filing {
    Filing { station, shows: Shows::Page { contest: contest.into(), page: Page::new(number).expect("a page") } }
}

fn zero(stations: u64) -> Remark {
    Remark::Zero(Zero { log_size: 0, stations })
}

/// Two stations; the first has delivered all but the last photo, the second its entries and no photo.
fn delivered() -> (Central, Day) {
    let election = small(2);
    let mut central = in_memory(&election);
    say(&mut central, zero(2), 0).expect("taken");
    let accreditations = [station(1), station(2)].map(|station| enrol_both(&mut central, station));
    let days = [
        Day::whole(&election, station(1), 1, accreditations[0]),
        Day::whole(&election, station(2), 2, accreditations[1]),
    ];
    for day in &days {
        for at in 0..day.entries.len() {
            put(&mut central, day, at).expect("accepted");
        }
    }
    let [day, _] = days;
    for at in 0..5 {
        put_photo(&mut central, &day, at).expect("accepted");
    }
    (central, day)
}

fn moved(day: &Day, to: Filing) -> Remark {
    let contest = day.election.plan().contests[0].id.clone();
    let photo = Digest::of(&day.photos[0]);
    Remark::Moved(Moved { photo, from: page(station(1), &contest, 1), to, note: "foto TPS 002".into() })
}

fn exported(central: &Central, scope: &Scope, folder: &Path) -> Report {
    let to = folder.join("bundle");
    export(central, scope, &to, &Maker { at: at(60), by: "plano test" }).expect("exports");
    verify(&to, None, &trust()).expect("a bundle")
}

fn trust() -> Trust {
    Trust { central_key: Some(key().public()), authority: None, witnesses: Vec::new() }
}

fn count(report: &Report, kind: Kind) -> usize {
    report.findings().iter().filter(|found| found.kind == kind).count()
}

const OF_ANNOTATIONS: [Kind; 4] =
    [Kind::Annotation, Kind::AnnotationUnlogged, Kind::AnnotationOfNothing, Kind::NotZero];

#[test]
fn a_moved_photo_stands_at_both_places_and_counts_at_the_new_one() {
    let (mut central, day) = delivered();
    let contest = day.election.plan().contests[0].id.clone();
    let whole = |central: &Central, of: StationId| -> Vec<bool> {
        central.pages(of).iter().map(plano::central::FiledPage::is_complete).collect()
    };
    assert_eq!(whole(&central, station(1)), [true, true, true, true, true, false]);
    assert_eq!(whole(&central, station(2)), [false; 6]);
    let there = page(station(2), &contest, 2);
    let first = say(&mut central, moved(&day, there.clone()), 1).expect("taken");
    assert_eq!(say(&mut central, moved(&day, there.clone()), 2).expect("known").news, News::Known);
    assert_eq!(whole(&central, station(1)), [false, true, true, true, true, false]);
    assert_eq!(whole(&central, station(2)), [false, true, false, false, false, false]);
    let said = Annotation::verify(first.bytes, &key().public()).expect("holds");
    let at_new = central.photos_at(&there);
    assert!(at_new.iter().any(|photo| photo.station == station(1)
        && photo.received
        && photo.moved == Some(Move::Here(Box::new(said.clone())))));
    let at_old = central.photos_at(&page(station(1), &contest, 1));
    assert_eq!((at_old.len(), &at_old[0].moved), (1, &Some(Move::Away(Box::new(said)))));
    // Back again: both words stay, the last is in force.
    say(&mut central, moved(&day, page(station(1), &contest, 1)), 3).expect("taken");
    assert_eq!(whole(&central, station(1)), [true, true, true, true, true, false]);
    assert_eq!(whole(&central, station(2)), [false; 6]);
    assert_eq!(central.annotations().len(), 3);
}

#[test]
fn what_an_operator_says_is_exported_and_verified() {
    let (mut central, day) = delivered();
    let contest = day.election.plan().contests[1].id.clone();
    say(&mut central, moved(&day, page(station(2), &contest, 3)), 1).expect("taken");
    let folder = tempfile::tempdir().expect("a folder");
    let report = exported(&central, &Scope::All, folder.path());
    assert_eq!((report.checked().annotations, count(&report, Kind::PhotoMoved)), (2, 2), "{report:?}");
    assert_eq!(OF_ANNOTATIONS.map(|kind| count(&report, kind)), [0; 4]);
    assert_eq!(count(&check(&central, &trust()).expect("reads"), Kind::PhotoMoved), 2);
    // A bundle of the other station alone tells of the photo that belongs there.
    let folder = tempfile::tempdir().expect("a folder");
    let report = exported(&central, &Scope::Stations([station(2)].into()), folder.path());
    assert_eq!((report.checked().annotations, count(&report, Kind::PhotoMoved)), (2, 1), "{report:?}");
    assert_eq!(OF_ANNOTATIONS.map(|kind| count(&report, kind)), [0; 4]);
}

#[test]
fn a_changed_or_unlogged_word_is_found_out() {
    let (mut central, day) = delivered();
    let contest = day.election.plan().contests[1].id.clone();
    let said = say(&mut central, moved(&day, page(station(2), &contest, 3)), 1).expect("taken");
    let digest = Digest::of(&said.bytes);
    let folder = tempfile::tempdir().expect("a folder");
    exported(&central, &Scope::All, folder.path());
    let bag = folder.path().join("bundle");
    let looked = |bag: &Path| OF_ANNOTATIONS.map(|kind| count(&verify(bag, None, &trust()).expect("a bundle"), kind));
    let proof = bag.join(bundle::annotation_proof(&digest));
    let zero = central.zero().expect("recorded").digest();
    std::fs::copy(bag.join(bundle::annotation_proof(&zero)), &proof).expect("copies");
    assert_eq!(looked(&bag), [0, 1, 0, 0], "the proof of another annotation");
    std::fs::remove_file(&proof).expect("removes");
    assert_eq!(looked(&bag), [0, 1, 0, 0], "no proof");
    let note = bag.join(bundle::annotation(&digest));
    let text = std::fs::read_to_string(&note).expect("reads").replace("foto TPS 002", "foto TPS 001");
    std::fs::write(&note, text).expect("writes");
    assert_eq!(looked(&bag), [1, 0, 0, 0], "a changed text");
    // Entries of the first station are gone: the word about its photo is about nothing.
    let folder = tempfile::tempdir().expect("a folder");
    exported(&central, &Scope::All, folder.path());
    let bag = folder.path().join("bundle");
    for entry in &day.entries[1..] {
        std::fs::remove_file(bag.join(bundle::entry(station(1), entry.entry().seq))).expect("removes");
    }
    assert_eq!(looked(&bag), [0, 0, 1, 0], "the photo's entry is missing");
}

#[test]
fn the_zero_state_is_the_first_leaf_or_nothing() {
    let election = small(2);
    let mut central = in_memory(&election);
    assert!(central.zero().is_none());
    let said = say(&mut central, zero(2), 0).expect("taken");
    let zeros = central.zero().expect("recorded").clone();
    assert_eq!(zeros.note().bytes(), said.bytes);
    let proof = central.annotation_proof(&zeros.digest()).expect("logged");
    assert_eq!(Logged::verify(&proof, &zeros.digest(), &key().public()).expect("holds").index(), 0);
    assert_eq!(say(&mut central, zero(2), 5).expect("known").news, News::Known);
    let mut late = in_memory(&election);
    let accreditations = enrol_both(&mut late, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    put(&mut late, &day, 0).expect("accepted");
    assert_eq!(fault(say(&mut late, zero(2), 1)), RemarkFault::NotZero(1));
}

#[test]
fn a_zero_state_that_is_not_the_first_leaf_accuses_central() {
    let (mut central, day) = delivered();
    let contest = day.election.plan().contests[0].id.clone();
    say(&mut central, moved(&day, page(station(2), &contest, 2)), 1).expect("taken");
    let folder = tempfile::tempdir().expect("a folder");
    exported(&central, &Scope::All, folder.path());
    let bag = folder.path().join("bundle");
    let lie = Remark::Zero(Zero { log_size: 7, stations: 2 });
    let lie = Annotation::sign(day.election.digest(), (siti(), at(9)), lie, &key()).expect("signs");
    std::fs::write(bag.join(bundle::annotation(&lie.digest())), lie.note().bytes()).expect("writes");
    let report = verify(&bag, None, &trust()).expect("a bundle");
    assert_eq!((count(&report, Kind::NotZero), count(&report, Kind::AnnotationUnlogged)), (1, 1));
}

#[test]
fn a_finding_is_handled_with_a_note_and_only_one_that_was_filed() {
    let election = small(2);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let mut day = Day::whole(&election, station(1), 1, accreditations);
    day.add(By::P1, Body::Incident(Incident { text: " ".into() }));
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let filed = central.filed(station(1)).expect("reads").pop().expect("filed");
    let entry = day.entries.last().expect("an entry");
    let handled = |code: &str, note: &str| {
        let (seq, digest) = (entry.entry().seq, entry.digest());
        Remark::Handled(Handled { station: station(1), seq, entry: digest, code: code.into(), note: note.into() })
    };
    assert_eq!(fault(say(&mut central, handled("E302", "x"), 0)), RemarkFault::NoSuchFinding);
    assert!(matches!(fault(say(&mut central, handled(&filed.code, " "), 0)), RemarkFault::Note(_)));
    assert_eq!(central.handled(entry.digest(), &filed.code).count(), 0);
    say(&mut central, handled(&filed.code, "sudah ditelepon"), 1).expect("taken");
    say(&mut central, handled(&filed.code, "dijelaskan"), 2).expect("taken");
    let notes: Vec<_> = central.handled(entry.digest(), &filed.code).map(Annotation::at).collect();
    assert_eq!(notes, [at(1), at(2)]);
    // An alarm too.
    let mut other = Day::opened(&election, station(1), accreditations);
    other.add(By::P1, Body::Incident(Incident { text: "another history".into() }));
    assert!(matches!(put(&mut central, &other, 1), Err(Refusal::Diverged { .. })));
    let diverged = other.entries[1].digest();
    let seq = Seq::new(2).expect("a position");
    let alarm = |of: StationId| {
        Remark::Handled(Handled { station: of, seq, entry: diverged, code: DIVERGED.into(), note: "diperiksa".into() })
    };
    assert_eq!(fault(say(&mut central, alarm(station(2)), 3)), RemarkFault::NoSuchFinding);
    say(&mut central, alarm(station(1)), 3).expect("taken");
    let folder = tempfile::tempdir().expect("a folder");
    let report = exported(&central, &Scope::All, folder.path());
    assert_eq!(report.checked().annotations, 3);
    assert_eq!(OF_ANNOTATIONS.map(|kind| count(&report, kind)), [0; 4], "{report:?}");
}

#[test]
fn a_photo_is_moved_only_from_where_it_is_to_where_it_may_be() {
    let (mut central, day) = delivered();
    let contest = day.election.plan().contests[0].id.clone();
    let faults = [
        (moved(&day, page(station(1), &contest, 1)), RemarkFault::SamePlace),
        (moved(&day, page(station(9), &contest, 1)), RemarkFault::NoSuchPlace),
        (moved(&day, page(station(2), "nobody", 1)), RemarkFault::NoSuchPlace),
    ];
    for (remark, expected) in faults {
        assert_eq!(fault(say(&mut central, remark, 1)), expected);
    }
    let strange = Remark::Moved(Moved {
        photo: Digest::of(b"strange"),
        from: page(station(1), &contest, 1),
        to: page(station(2), &contest, 1),
        note: "x".into(),
    });
    assert_eq!(fault(say(&mut central, strange, 1)), RemarkFault::NoSuchPhoto);
}

#[test]
fn what_was_said_is_there_after_a_restart() {
    let election = small(2);
    let folder = tempfile::tempdir().expect("a folder");
    let home = plano::central::Home::at(folder.path());
    home.init("central.test/drill", &election, &[4; 32]).expect("makes");
    let mut central = home.open().expect("opens");
    let answer = say(&mut central, zero(2), 0).expect("taken");
    let proof = central.annotation_proof(&Digest::of(&answer.bytes)).expect("logged");
    drop(central);
    let again = home.open().expect("opens");
    assert_eq!(again.zero().map(|said| said.note().bytes().to_vec()), Some(answer.bytes.clone()));
    assert_eq!(again.annotation_proof(&Digest::of(&answer.bytes)).expect("logged"), proof);
}
