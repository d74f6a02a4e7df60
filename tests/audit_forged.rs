//! Evidence that was false before it was exported: the sums fit, the tables fit, the verifier still says who did what.

use std::collections::BTreeSet;

use plano::audit::{KeptReceipt, Kind, Report, Scope, Severity, Trust, export, verify};
use plano::digest::Digest;
use plano::form::Lang;
use plano::protocol::entry::{Body, By, Entry, ImageKind, Incident, Paper, PaperKind};
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::key::PrivateKey;
use plano::protocol::people::{Accreditation, Enrolment};
use plano::protocol::sealed::SealedEntry;

use crate::audit::{maker, trust};
use crate::support::bundle::{Evidence, Log, full_day, half_day, kept, read, sample, written};
use crate::support::day::Day;
use crate::support::election::{central, officer, small, station};

/// Evidence of one station alone, TPS 1 of a small drill.
fn one(day: &Day) -> Evidence {
    let mut evidence = sample();
    evidence.stations.clear();
    evidence.election = day.state.election().note().bytes().to_vec();
    evidence.stations.insert(day.state.station(), kept(day, &mut Log::new(), 0));
    evidence.photos = day.photos.iter().map(|bytes| (Digest::of(bytes), bytes.clone())).collect();
    evidence
}

/// Exports and verifies; answers the codes of what weighs `severity`.
fn found(evidence: &Evidence, severity: Severity) -> BTreeSet<&'static str> {
    codes(&report(evidence), severity)
}

fn report(evidence: &Evidence) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = crate::audit::exported(evidence, folder.path(), "bag");
    verify(&bag, None, &trust()).expect("a bundle")
}

fn codes(report: &Report, severity: Severity) -> BTreeSet<&'static str> {
    let weighing = report.findings().iter().filter(|finding| finding.kind.severity() == severity);
    weighing.map(|finding| finding.kind.code()).collect()
}

fn grave(evidence: &Evidence) -> Vec<&'static str> {
    let both = [Severity::Accusation, Severity::Warning].map(|severity| found(evidence, severity));
    both.into_iter().flatten().collect()
}

fn incident(text: &str) -> Body {
    Body::Incident(Incident { text: text.into() })
}

#[test]
fn officers_who_sign_two_histories_are_accused_and_strangers_are_not() {
    let mut evidence = sample();
    let kept = evidence.stations.get_mut(&station(2)).expect("TPS 2");
    let last = SealedEntry::parse(kept.entries[5].clone()).expect("an entry").entry().clone();
    let other = Entry { body: incident("Cerah."), ..last };
    let signed = SealedEntry::seal(other.clone(), &[&officer(station(2), Slot::P1)]).expect("seals");
    kept.conflicts = vec![signed.bytes().to_vec()];
    assert_eq!(grave(&evidence), ["V306"]);
    let stranger = PrivateKey::from_seed(Slot::P1.key_name(station(2)), &[77; 32]).expect("a key");
    let forged = SealedEntry::seal(other, &[&stranger]).expect("seals");
    evidence.stations.get_mut(&station(2)).expect("TPS 2").conflicts = vec![forged.bytes().to_vec()];
    assert_eq!(grave(&evidence), [] as [&str; 0]);
    assert!(found(&evidence, Severity::Note).contains("V307"));
}

#[test]
fn a_central_that_keeps_two_logs_is_accused() {
    let mut evidence = sample();
    let day = half_day(&small(3), station(2));
    // The second station was shown another log than the first, of the same central.
    evidence.stations.insert(station(2), kept(&day, &mut Log::new(), 0));
    assert_eq!(grave(&evidence), ["V705", "V706"]);
}

#[test]
fn entries_against_the_rules_are_accused_even_when_well_signed() {
    let mut alone = Day::new(&small(1), station(1));
    alone.open();
    alone.read_both("gubernur");
    alone.photograph("gubernur");
    let body = alone.result("gubernur", None);
    alone.force(By::P1, body);
    assert_eq!(grave(&one(&alone)), ["V401"], "one officer seals alone");

    let mut silent = Day::new(&small(1), station(1));
    silent.open();
    let figures = written(&silent, "gubernur", "valid", |count| count + 1);
    let body = silent.reading("gubernur", Slot::P1, &figures);
    silent.force(By::P1, body);
    assert_eq!(grave(&one(&silent)), ["V401"], "a finding is not answered");

    let mut early = Day::new(&small(1), station(1));
    early.force(By::P1, incident("Sebelum dibuka."));
    assert_eq!(grave(&one(&early)), ["V401"], "something happens before the station opens");
}

#[test]
fn a_photo_that_is_not_what_its_entry_says_is_named() {
    let mut day = Day::new(&small(1), station(1));
    day.open();
    let mut image = day.image("salinan");
    image.kind = ImageKind::Png;
    day.add(By::P1, Body::Paper(Paper { kind: PaperKind::Salinan, contest: None, image }));
    assert_eq!(grave(&one(&day)), ["V604"]);
    let mut evidence = sample();
    let stray = b"\xff\xd8\xff\xe0 nobody names me".to_vec();
    evidence.stations.get_mut(&station(1)).expect("TPS 1").photos.push(Digest::of(&stray));
    evidence.photos.insert(Digest::of(&stray), stray);
    assert_eq!(grave(&evidence), [] as [&str; 0], "a leftover of a power cut is harmless");
    assert!(found(&evidence, Severity::Note).contains("V605"));
}

#[test]
fn people_of_another_station_or_election_do_not_count() {
    let mut evidence = sample();
    let other = evidence.stations[&station(2)].accreditations.clone();
    evidence.stations.get_mut(&station(1)).expect("TPS 1").accreditations.extend(other);
    assert_eq!(grave(&evidence), ["V206"]);
    let outside = one(&full_day(&small(9), station(9)));
    let mut evidence = sample();
    evidence.stations.extend(outside.stations);
    evidence.photos.extend(outside.photos);
    let codes = grave(&evidence);
    assert!(codes.contains(&"V208") && codes.contains(&"V206") && codes.contains(&"V305"), "{codes:?}");
}

#[test]
fn a_lost_machine_gets_a_new_key_from_a_stated_position_on() {
    let election = small(1);
    let mut day = Day::new(&election, station(1));
    day.open();
    day.add(By::P1, incident("Laptop lama hilang."));
    let new = PrivateKey::from_seed(Slot::P1.key_name(station(1)), &[78; 32]).expect("a key");
    let wish = Enrolment::sign(election.digest(), (station(1), Slot::P1), "TEST-CODE-2", &new).expect("signs");
    let wish = Enrolment::verify(wish.bytes().to_vec()).expect("holds");
    let third = Seq::new(3).expect("a position");
    let at = "2024-11-27T03:00:00.000Z".parse().expect("a moment");
    let accredited = Accreditation::sign(&wish, third, at, &central()).expect("signs");
    let head = day.state.head().expect("a head");
    let entry =
        Entry { station: station(1), seq: third, prev: head.digest, at, by: By::P1, body: incident("Laptop baru.") };
    let mut evidence = one(&day);
    let sealed = SealedEntry::seal(entry, &[&new]).expect("seals");
    let kept = evidence.stations.get_mut(&station(1)).expect("TPS 1");
    kept.entries.push(sealed.bytes().to_vec());
    assert_eq!(grave(&evidence), ["V303"], "before central says so, the new key is nobody's");
    evidence.stations.get_mut(&station(1)).expect("TPS 1").accreditations.push(accredited.note().bytes().to_vec());
    assert_eq!(grave(&evidence), [] as [&str; 0]);
    assert!(found(&evidence, Severity::Note).contains("V209"), "and the change is never hidden");
}

#[test]
fn without_any_key_of_central_the_report_says_what_was_not_checked() {
    let mut evidence = sample();
    evidence.central_key = None;
    let folder = tempfile::tempdir().expect("a folder");
    let bag = crate::audit::exported(&evidence, folder.path(), "bag");
    let blind = verify(&bag, None, &Trust::default()).expect("a bundle");
    assert!(blind.findings().iter().any(|finding| finding.kind == Kind::CentralKey));
    assert_eq!(blind.exit_code(), 1);
}

#[test]
fn garbage_in_every_place_is_exported_and_named() {
    let mut evidence = sample();
    let kept = evidence.stations.get_mut(&station(2)).expect("TPS 2");
    kept.entries.insert(3, b"not an entry".to_vec());
    kept.accreditations.push(b"not a note".to_vec());
    kept.conflicts.push(vec![0xff; 9]);
    let of = kept.receipts.pop().expect("a receipt").of;
    kept.receipts.push(KeptReceipt { of, bytes: b"<html>".to_vec() });
    kept.attempts = Some("not json\n".into());
    let codes = grave(&evidence);
    assert_eq!(codes, ["V205", "V301", "V701", "V802"]);
}

/// Verifies what the station holds against what central holds.
fn compared(station: &Evidence, central: &Evidence) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, two] = [("station", station), ("central", central)].map(|(name, evidence)| {
        let to = folder.path().join(name);
        export(evidence, &Scope::All, &to, &maker()).expect("exports");
        to
    });
    verify(&one, Some(&two), &trust()).expect("two bundles")
}

#[test]
fn two_bundles_that_agree_raise_nothing() {
    let report = compared(&sample(), &sample());
    assert_eq!(report.exit_code(), 0, "{}", report.text(Lang::En));
    let kinds: Vec<_> =
        report.findings().iter().map(|finding| finding.kind.code()).filter(|code| *code > "V9").collect();
    assert_eq!(kinds, [] as [&str; 0]);
}

#[test]
fn what_central_receipted_and_no_longer_shows_is_an_accusation() {
    let mut central = sample();
    let kept = central.stations.get_mut(&station(2)).expect("TPS 2");
    kept.entries.truncate(4);
    kept.receipts.retain(|receipt| match receipt.of {
        plano::audit::ReceiptOf::Entry(seq) => seq.get() <= 4,
        plano::audit::ReceiptOf::Photo(_) => true,
    });
    let report = compared(&sample(), &central);
    assert_eq!(codes(&report, Severity::Accusation), BTreeSet::from(["V904"]));
    let withheld = report.findings().iter().find(|finding| finding.kind == Kind::Withheld).expect("a finding");
    assert_eq!((withheld.place.station, withheld.place.seq), (Some(station(2)), Seq::new(5)));
    assert!(codes(&report, Severity::Note).contains("V905"), "entry 6 was never delivered");
    let shortened = compared(&central, &sample());
    assert_eq!(
        codes(&shortened, Severity::Accusation),
        BTreeSet::from(["V904"]),
        "a station that forgets is accused too"
    );
}

#[test]
fn a_photo_that_central_receipted_must_be_there() {
    let mut central = sample();
    let photo = central.stations[&station(2)].photos[0];
    central.photos.remove(&photo);
    let report = compared(&sample(), &central);
    assert_eq!(codes(&report, Severity::Accusation), BTreeSet::from(["V904"]));
    assert_eq!(codes(&report, Severity::Warning), BTreeSet::from(["V601"]));
}

#[test]
fn different_histories_elections_and_logs_are_told_apart() {
    let mut other = sample();
    let kept = other.stations.get_mut(&station(2)).expect("TPS 2");
    let last = SealedEntry::parse(kept.entries[5].clone()).expect("an entry").entry().clone();
    let rewritten = Entry { body: incident("Cerah."), ..last };
    let rewritten = SealedEntry::seal(rewritten, &[&officer(station(2), Slot::P1)]).expect("seals");
    kept.entries[5] = rewritten.bytes().to_vec();
    let report = compared(&sample(), &other);
    assert_eq!(codes(&report, Severity::Accusation), BTreeSet::from(["V903"]));

    let report = compared(&sample(), &one(&full_day(&small(5), station(1))));
    assert!(codes(&report, Severity::Accusation).contains("V901"));

    let mut part = sample();
    part.stations.remove(&station(2));
    let report = compared(&part, &sample());
    assert_eq!(report.exit_code(), 0);
    assert!(codes(&report, Severity::Note).contains("V906"));
}

#[test]
fn a_reading_with_answers_is_a_note_and_the_bundle_is_sound() {
    let mut day = Day::new(&small(1), station(1));
    day.open();
    let figures = written(&day, "gubernur", "valid", |count| count + 1);
    for slot in Slot::BOTH {
        read(&mut day, slot, "gubernur", &figures);
    }
    assert_eq!(grave(&one(&day)), [] as [&str; 0]);
}
