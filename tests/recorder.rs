//! The station's day from outside: two officers, no network, and after every step a new start from what is on disk.

use std::collections::{BTreeMap, BTreeSet};

use plano::audit::{Maker, Scope, Trust, Verdict, check, export, verify};
use plano::form::{Lang, Page};
use plano::protocol::entry::{Answered, PaperKind, Recipient, Source};
use plano::protocol::ids::Slot;
use plano::protocol::state::Violation;
use plano::recorder::{
    Both, Closing, Field, Next, PageOf, PaperOf, PhaseStatus, RecorderError, Sealing, Station, Undelivered,
};

use crate::support::station::{Day, typed};
use crate::support::{election, photos};

use Slot::{P1, P2};

/// Starts anew from disk, and lets the auditor's verifier look at all that is there.
fn assert_sound(day: &mut Day) {
    let head = day.station.head();
    day.restart();
    assert_eq!(day.station.head(), head, "nothing recorded is lost by a crash");
    day.station.sound().expect("ledger, signatures and photos hold");
    let trust = Trust {
        central_key: Some(election::central().public()),
        authority: Some(election::authority().public()),
        ..Trust::default()
    };
    let report = check(&day.station, &trust).expect("reads");
    assert_eq!(report.verdict(), Verdict::Sound, "{:#?}", report.findings().first());
}

fn phase(day: &mut Day, contest: &str) -> PhaseStatus {
    let status = day.station.status().expect("status");
    status.forms.into_iter().find(|form| form.contest == contest).expect("a form").phase
}

fn next(day: &mut Day) -> Next {
    day.station.status().expect("status").next
}

#[test]
fn a_whole_day_without_network() {
    let mut day = Day::enrolled();
    assert_eq!(next(&mut day), Next::Open);
    let now = day.now();
    day.station.open_day(&day.officers[0], now).expect("opens").expect("something to do");
    assert!(day.station.open_day(&day.officers[1], now).expect("no error").is_none(), "it is open already");
    assert_sound(&mut day);
    for contest in ["gubernur", "walikota"] {
        let sheet = day.figures(contest, 7);
        day.read(P2, contest, &sheet, &[]);
        assert_sound(&mut day);
        assert_eq!(next(&mut day), Next::Read { contest: contest.into(), slot: Some(P1) });
        day.read(P1, contest, &sheet, &[]);
        assert_sound(&mut day);
        assert_eq!(next(&mut day), Next::Photograph { contest: contest.into(), page: Page::FIRST });
        day.photograph(contest);
        assert_sound(&mut day);
        assert_eq!(next(&mut day), Next::Seal { contest: contest.into() });
        day.seal(contest, Sealing::default()).expect("seals");
        assert_sound(&mut day);
    }
    let now = day.now();
    day.station
        .incident(&day.officers[0], "Listrik padam pukul 13.40, penghitungan memakai lampu.", now)
        .expect("records");
    for (to, refused) in [(Recipient::Saksi(1), None), (Recipient::Saksi(2), Some("pulang sebelum selesai".into()))] {
        day.station.copy_given(&day.officers[0], ("walikota", to), refused, now).expect("records");
        assert_sound(&mut day);
    }
    assert_eq!(next(&mut day), Next::Deliver);
    close(&mut day);
}

/// Closes: first refused because nothing is received, then knowingly; then all is delivered.
fn close(day: &mut Day) {
    let now = day.now();
    let both = Both::new(&day.officers[0], &day.officers[1]).expect("both");
    let refused = day.station.close(both, &Closing::default(), now).expect_err("nothing is received");
    assert!(
        matches!(&refused, RecorderError::Undelivered(delivery) if delivery.waiting == delivery.entries + delivery.photos)
    );
    let knowingly = Closing { undelivered: Undelivered::Accept, ..Closing::default() };
    let closed = day.station.close(both, &knowingly, now).expect("closes");
    assert_sound(day);
    let status = day.station.status().expect("status");
    let kept = status.closed.expect("closed");
    assert_eq!((kept.digest, kept.short), (closed.digest, closed.digest.on_paper()));
    assert_eq!(status.next, Next::Deliver);
    day.deliver();
    assert_eq!(next(day), Next::Nothing);
    assert_sound(day);
    assert_exported_sound(day);
}

/// The bundle that an auditor takes away.
fn assert_exported_sound(day: &mut Day) {
    let (at, to) = (day.now(), day.folder.path().join("bundle"));
    let made = export(&day.station, &Scope::All, &to, &Maker { at, by: "test" }).expect("exports");
    let status = day.station.status().expect("status");
    let receipts = status.delivery.entries + status.delivery.photos;
    assert_eq!((made.entries as u64, made.photos as u64), (status.delivery.entries, status.delivery.photos));
    assert_eq!(made.receipts as u64, receipts, "everything was delivered");
    let trust = Trust {
        central_key: Some(election::central().public()),
        authority: Some(election::authority().public()),
        ..Trust::default()
    };
    let report = verify(&to, None, &trust).expect("a bundle");
    assert_eq!(report.verdict(), Verdict::Sound, "{:#?}", report.findings().first());
}

#[test]
fn the_second_reading_is_blind_and_only_what_differs_is_read_again() {
    let mut day = Day::open();
    let sheet = day.figures("walikota", 3);
    let slips = [("votes.2", "1"), ("voting_from", "08:59")];
    day.read(P1, "walikota", &sheet, &slips);
    let task = day.station.reading(&day.officers[1], "walikota").expect("may read");
    assert_eq!(task.draft().missing().len(), typed(&sheet).len(), "nothing of the first reading is shown");
    let before = day.station.reading(&day.officers[0], "walikota").expect_err("has read");
    assert!(matches!(before, RecorderError::OthersTurn));
    day.read(P2, "walikota", &sheet, &[]);
    assert_sound(&mut day);
    let differing = day.station.differences("walikota", Lang::Id).expect("differences");
    let ids: Vec<_> = differing.iter().map(|difference| difference.id.as_str()).collect();
    assert_eq!(ids, ["voting_from", "votes.2"]);
    assert!(matches!(phase(&mut day, "walikota"), PhaseStatus::Differs { fields } if fields == ids));
    let mut task = day.station.reading(&day.officers[0], "walikota").expect("reads again");
    assert_eq!((task.round(), task.retype().len(), task.draft().missing().len()), (2, 2, 2));
    let agreed: Field = "votes.1".parse().expect("a box");
    assert!(matches!(task.set(&agreed, "5"), Err(RecorderError::NotToRetype(id)) if id == "votes.1"));
    let early = day.seal("walikota", Sealing::default()).expect_err("they differ");
    assert!(matches!(early, RecorderError::NotAgreed | RecorderError::NeedsPages(_)), "{early}");
    day.read(P1, "walikota", &sheet, &[]);
    assert_sound(&mut day);
    day.read(P2, "walikota", &sheet, &[]);
    assert_eq!(phase(&mut day, "walikota"), PhaseStatus::Agreed);
    assert_sound(&mut day);
}

#[test]
fn a_form_half_typed_survives_and_stays_its_officers_own() {
    let mut day = Day::open();
    let field: Field = "votes.1".parse().expect("a box");
    let typed = day.station.type_box(&day.officers[0], "walikota", &field, "X13").expect("can stand there");
    day.restart();
    assert_eq!(day.station.reading(&day.officers[0], "walikota").expect("reads"), typed);
    let bad = day.station.type_box(&day.officers[0], "walikota", &field, "12a").expect_err("no digits");
    assert!(matches!(bad, RecorderError::Typed(_)) && !bad.text(Lang::Id).is_empty());
    assert_eq!(day.station.reading(&day.officers[0], "walikota").expect("reads"), typed, "what stood there is kept");
    let other = day.station.reading(&day.officers[1], "walikota").expect("reads");
    assert_eq!(other.draft().typed(&"votes.1".parse().expect("a box")), None);
    let now = day.now();
    let blank = day.station.record_reading(&day.officers[0], "walikota", Vec::new(), now).expect_err("blanks");
    assert!(matches!(&blank, RecorderError::Incomplete(missing) if missing.len() > 20));
    assert!(blank.text(Lang::En).contains("voting_from"), "{}", blank.text(Lang::En));
}

#[test]
fn a_finding_wants_an_answer_and_never_more_than_that() {
    let mut day = Day::open();
    let sheet = day.figures("walikota", 5);
    let odd = [("valid", "999")];
    day.type_form(P1, "walikota", &sheet, &odd);
    let now = day.now();
    let wants = day.station.record_reading(&day.officers[0], "walikota", Vec::new(), now).expect_err("findings");
    let RecorderError::NeedsAnswers { findings, misfit } = &wants else { panic!("{wants}") };
    let codes: BTreeSet<_> = misfit.open.iter().map(|key| key.code.to_string()).collect();
    assert!(codes.contains("E301") && codes.contains("E302") && findings.len() >= codes.len(), "{codes:?}");
    assert!(wants.text(Lang::Id).contains("999"), "{}", wants.text(Lang::Id));
    assert_eq!(day.station.state().form("walikota").expect("form").readings(P1).len(), 0);
    day.read(P1, "walikota", &sheet, &odd);
    day.read(P2, "walikota", &sheet, &odd);
    day.photograph("walikota");
    day.seal("walikota", Sealing::default()).expect("the answers of the readings stand for the result");
    assert_sound(&mut day);
}

#[test]
fn a_correction_is_a_new_revision_with_a_reason() {
    let mut day = Day::open();
    let (wrong, right) = (day.figures("gubernur", 1), day.figures("gubernur", 2));
    for slot in [P1, P2] {
        day.read(slot, "gubernur", &wrong, &[]);
    }
    let missing: BTreeMap<_, _> = Page::ALL.into_iter().map(|page| (page, "kamera rusak".to_owned())).collect();
    let bare = day.seal("gubernur", Sealing::default()).expect_err("no photos, no reasons");
    assert!(matches!(&bare, RecorderError::NeedsPages(pages) if pages.len() == 3), "{bare}");
    let sealing = Sealing { missing, ..Sealing::default() };
    let first = day.seal("gubernur", sealing.clone()).expect("seals");
    let again = day.station.reading(&day.officers[0], "gubernur").expect_err("sealed");
    assert!(matches!(again, RecorderError::SealedAlready(_)), "{again}");
    let silent = day.station.correct(&day.officers[0], "gubernur", "  ").expect_err("no reason");
    assert!(matches!(silent, RecorderError::NoReason));
    assert_eq!(day.station.correct(&day.officers[0], "gubernur", "salah baca halaman 2").expect("begins"), 2);
    assert_sound(&mut day);
    assert_eq!(phase(&mut day, "gubernur"), PhaseStatus::Sealed { revision: 1 }, "the old result stands meanwhile");
    for slot in [P2, P1] {
        day.read(slot, "gubernur", &right, &[]);
        assert_sound(&mut day);
    }
    let second = day.seal("gubernur", sealing).expect("seals");
    assert_sound(&mut day);
    let form = day.station.state().form("gubernur").expect("form");
    let kept: Vec<_> = form.results().iter().map(|result| (result.entry, result.reason.as_deref())).collect();
    assert_eq!(kept, [(first.digest, None), (second.digest, Some("salah baca halaman 2"))]);
}

#[test]
fn photos_want_answers_and_are_on_disk_before_their_entry() {
    let mut day = Day::open();
    let page =
        |number: u8| PageOf { contest: "walikota".into(), page: Page::new(number).expect("a page"), replaces: None };
    let now = day.now();
    let no_photo = day.station.photo(&day.officers[0], &page(1), (Source::File, b"GIF89a not a photo"), &[], now);
    assert!(matches!(&no_photo, Err(RecorderError::Photo(_))), "{no_photo:?}");
    let small = photos::jpeg(&photos::page(320, 200, 1));
    let wants = day.station.photo(&day.officers[0], &page(1), (Source::File, &small), &[], now).expect_err("too small");
    let RecorderError::PhotoNeedsAnswers(findings) = &wants else { panic!("{wants}") };
    assert!(wants.text(Lang::Id).contains("kecil"), "{}", wants.text(Lang::Id));
    assert_eq!(day.station.photos().list().expect("lists"), [], "what is not recorded leaves no file");
    let notes: Vec<_> =
        findings.iter().map(|found| Answered { code: found.code, note: "kamera lama".into() }).collect();
    day.station.photo(&day.officers[0], &page(1), (Source::File, &small), &notes, now).expect("records");
    assert_sound(&mut day);
    let again = day.station.photo(&day.officers[1], &page(1), (Source::File, &small), &notes, now);
    assert!(matches!(&again, Err(RecorderError::Against(found)) if *found == [Violation::PhotoAgain]), "{again:?}");
    let elsewhere =
        day.station.photo(&day.officers[1], &page(2), (Source::File, &small), &notes, now).expect_err("used");
    let RecorderError::PhotoNeedsAnswers(findings) = &elsewhere else { panic!("{elsewhere}") };
    assert!(findings.iter().any(|found| found.code.to_string() == "Q301"));
    let notes: Vec<_> = findings.iter().map(|found| Answered { code: found.code, note: "satu foto".into() }).collect();
    day.station.photo(&day.officers[1], &page(2), (Source::File, &small), &notes, now).expect("records");
    let list = PaperOf { kind: PaperKind::DaftarHadir, contest: None };
    let good = photos::jpeg(&photos::page(1700, 1200, 9));
    let idle = day.station.paper(&day.officers[0], &list, (Source::Camera, &good), &notes[..1], now).expect_err("idle");
    assert!(matches!(idle, RecorderError::NothingToAnswer(_)), "{idle}");
    day.station.paper(&day.officers[0], &list, (Source::Camera, &good), &[], now).expect("records");
    assert_sound(&mut day);
    assert_eq!(day.station.status().expect("status").papers, 1);
}

#[test]
fn a_new_photo_replaces_an_old_one_and_both_stay() {
    let mut day = Day::open();
    let (first, second) = (photos::jpeg(&photos::page(1700, 1200, 1)), photos::jpeg(&photos::page(1700, 1200, 2)));
    let of = |replaces| PageOf { contest: "walikota".into(), page: Page::FIRST, replaces };
    let now = day.now();
    day.station.photo(&day.officers[0], &of(None), (Source::Camera, &first), &[], now).expect("records");
    let old = plano::digest::Digest::of(&first);
    day.station.photo(&day.officers[0], &of(Some(old)), (Source::Camera, &second), &[], now).expect("records");
    assert_sound(&mut day);
    let status = day.station.status().expect("status");
    let page = status.forms.iter().find(|form| form.contest == "walikota").expect("form").pages[0];
    assert_eq!((page.photos, page.in_force), (2, Some(plano::digest::Digest::of(&second))));
    assert_eq!(day.station.photos().list().expect("lists").len(), 2);
}

#[test]
fn two_windows_on_one_station_see_each_other() {
    let mut day = Day::open();
    let mut other = Station::open(day.place()).expect("opens");
    let now = day.now();
    day.station.incident(&day.officers[0], "satu", now).expect("records");
    other.incident(&day.officers[1], "dua", now).expect("reads on and records behind it");
    day.station.incident(&day.officers[0], "tiga", now).expect("records");
    let status = day.station.status().expect("status");
    assert_eq!((status.incidents, status.head.map(|head| head.seq.get())), (3, Some(4)));
    assert_eq!(other.status().expect("status"), status);
    assert_sound(&mut day);
}

#[test]
fn both_officers_are_two_people() {
    let day = Day::enrolled();
    let twice = Both::new(&day.officers[0], &day.officers[0]).expect_err("one person");
    assert!(matches!(twice, RecorderError::SameOfficer(P1)) && twice.text(Lang::Id).contains("p2"));
}

#[test]
fn what_a_crash_leaves_between_two_steps_is_harmless() {
    let mut day = Day::open();
    let sheet = day.figures("walikota", 4);
    day.type_form(P1, "walikota", &sheet, &[]);
    let draft = std::fs::read(day.place().drafts().join("walikota-p1.json")).expect("the draft");
    day.read(P1, "walikota", &sheet, &[]);
    // Between the entry and the removal of its draft.
    std::fs::write(day.place().drafts().join("walikota-p1.json"), draft).expect("writes");
    day.read(P2, "walikota", &sheet, &[("votes.1", "0")]);
    assert_sound(&mut day);
    let task = day.station.reading(&day.officers[0], "walikota").expect("reads again");
    assert_eq!(task.draft().missing().len(), 1, "the draft of the past turn is passed over");
    // In the middle of saving a draft.
    std::fs::write(day.place().drafts().join("walikota-p1.json"), b"{\"revision\":1").expect("writes");
    assert_eq!(day.station.reading(&day.officers[0], "walikota").expect("reads"), task);
    // Between the photo and the entry that names it.
    let photo = photos::jpeg(&photos::page(1650, 1100, 1));
    day.station.photos().put(photo.as_slice(), 1 << 20).expect("puts");
    assert_sound(&mut day);
    let of = PageOf { contest: "walikota".into(), page: Page::FIRST, replaces: None };
    let now = day.now();
    day.station.photo(&day.officers[0], &of, (Source::Camera, &photo), &[], now).expect("once more");
    assert_sound(&mut day);
    assert_eq!(day.station.photos().list().expect("lists").len(), 1);
}

#[test]
fn what_central_would_never_take_does_not_enter_the_chain() {
    let mut day = Day::open();
    let now = day.now();
    let long = "kejadian ".repeat(40_000);
    let refused = day.station.incident(&day.officers[0], &long, now).expect_err("360 kB");
    assert!(matches!(refused, RecorderError::TooLong), "{refused}");
    assert_sound(&mut day);
    assert_eq!(day.station.status().expect("status").incidents, 0);
}

#[test]
fn a_day_closes_with_an_unsealed_form_only_by_a_reason() {
    let mut day = Day::open();
    let sheet = day.figures("gubernur", 6);
    for slot in [P1, P2] {
        day.read(slot, "gubernur", &sheet, &[]);
    }
    let now = day.now();
    let early = day.station.copy_given(&day.officers[0], ("gubernur", Recipient::Pengawas), None, now);
    assert!(matches!(early, Err(RecorderError::NotSealed(_))), "{early:?}");
    day.photograph("gubernur");
    day.seal("gubernur", Sealing::default()).expect("seals");
    day.deliver();
    let now = day.now();
    let both = Both::new(&day.officers[0], &day.officers[1]).expect("both");
    let silent = day.station.close(both, &Closing::default(), now).expect_err("no reason");
    assert!(matches!(&silent, RecorderError::Against(found) if *found == [Violation::Unsealed]), "{silent}");
    let unsealed = BTreeMap::from([("walikota".to_owned(), "formulir terbawa saksi, diambil besok".to_owned())]);
    let closing = Closing { unsealed, undelivered: Undelivered::Refuse };
    day.station.close(both, &closing, now).expect("everything before it is delivered");
    assert_sound(&mut day);
    let status = day.station.status().expect("status");
    assert!(status.closed.is_some());
    assert_eq!(status.next, Next::Read { contest: "walikota".into(), slot: None }, "the form is still to be read");
}
