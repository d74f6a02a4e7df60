//! The transition function: the two-person rule, corrections, photos, closing; each rule fires, and stays silent when kept.

use plano::form::{Answer, CellId, Code, Count, Counts, FindingKey, Lang, Page};
use plano::protocol::entry::{
    Answered, Body, By, Closed, CopyGiven, Incident, PagePhoto, Photo, Read, Recipient, Sealed, Unsealed,
};
use plano::protocol::ids::Slot;
use plano::protocol::state::{Phase, SAME_PHOTO, Violation};
use plano::rehearsal::figures::Figures;

use crate::support::day::Day;
use crate::support::election::{small, station};

const FORM: &str = "gubernur";

fn opened() -> Day {
    let mut day = Day::new(&small(1), station(1));
    day.open();
    day
}

fn id(cell: &str) -> CellId {
    cell.parse().expect("a box")
}

/// `figures` with other numbers in some boxes.
fn with(figures: &Figures, changes: &[(&str, u16)]) -> Figures {
    let value = |(cell, count): (&CellId, Count)| {
        let change = changes.iter().find(|(changed, _)| id(changed) == *cell);
        (cell.clone(), change.map_or(count, |(_, number)| Count::new(*number).expect("a count")))
    };
    let counts = Counts::from_values(figures.counts.form(), figures.counts.iter().map(value));
    Figures { counts: counts.expect("every box"), head: figures.head }
}

/// Answers "as written on the paper" to these findings.
fn answers(keys: &[(&str, Option<&str>)]) -> Vec<Answer> {
    let answer = |(code, column): &(&str, Option<&str>)| {
        let code: Code = code.parse().expect("a code");
        let column = column.map(|letter| serde_json::from_value(letter.into()).expect("a column"));
        Answer::new(FindingKey { code, column }, "sesuai tulisan di plano").expect("a note")
    };
    keys.iter().map(answer).collect()
}

fn only(day: &Day, by: By, body: &Body) -> Violation {
    let mut found = day.state.judge(by, body);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn change_read(body: Body, change: impl FnOnce(&mut Read)) -> Body {
    let Body::Read(mut read) = body else { panic!("a reading") };
    change(&mut read);
    Body::Read(read)
}

fn change_result(body: Body, change: impl FnOnce(&mut Sealed)) -> Body {
    let Body::Result(mut result) = body else { panic!("a result") };
    change(&mut result);
    Body::Result(result)
}

/// A change of a result that is against one rule.
type Change = fn(&mut Sealed);

fn change_close(body: Body, change: impl FnOnce(&mut Closed)) -> Body {
    let Body::Closed(mut closed) = body else { panic!("closed") };
    change(&mut closed);
    Body::Closed(closed)
}

#[test]
fn nothing_happens_before_the_station_is_open_and_it_opens_once() {
    let day = Day::new(&small(1), station(1));
    let incident = Body::Incident(Incident { text: "x".into() });
    assert_eq!(only(&day, By::P1, &incident), Violation::NotOpened);
    let mut day = opened();
    let again = day.entries[0].entry().body.clone();
    assert_eq!(only(&day, By::P1, &again), Violation::AlreadyOpened);
    let Body::Opened(mut other) = again else { panic!("opened") };
    other.election = plano::digest::Digest::of(b"another election");
    let fresh = Day::new(&small(1), station(1));
    assert_eq!(only(&fresh, By::P1, &Body::Opened(other)), Violation::OtherElection);
    day.add(By::P1, incident);
    assert_eq!(only(&day, By::P1, &Body::Incident(Incident { text: " ".into() })), Violation::EmptyText);
}

#[test]
fn equal_blind_readings_agree_whoever_reads_first() {
    for first in Slot::BOTH {
        let mut day = opened();
        let figures = day.figures(FORM);
        let form = |day: &Day| day.state.form(FORM).expect("form").phase();
        assert_eq!(form(&day), Phase::Unread);
        let body = day.reading(FORM, first, &figures);
        day.add(first.into(), body.clone());
        assert_eq!(form(&day), Phase::Waiting { next: first.other() });
        assert_eq!(only(&day, first.into(), &body), Violation::OthersTurn);
        let body = day.reading(FORM, first.other(), &figures);
        day.add(first.other().into(), body);
        assert_eq!(form(&day), Phase::Agreed);
    }
}

#[test]
fn only_the_differing_boxes_are_read_again_until_they_are_equal() {
    let mut day = opened();
    let paper = day.figures(FORM);
    // Two slips of p2, of the kind that add up all the same: two pairs swapped.
    let [one, two] = ["votes.1", "votes.2"].map(|cell| paper.counts.get(&id(cell)).expect("box").get());
    let swapped = with(&paper, &[("votes.1", two), ("votes.2", one)]);
    let body = day.reading(FORM, Slot::P1, &paper);
    day.add(By::P1, body);
    let body = day.reading(FORM, Slot::P2, &swapped);
    day.add(By::P2, body);
    let fields = vec!["votes.1".to_owned(), "votes.2".to_owned()];
    assert_eq!(day.state.form(FORM).expect("form").phase(), Phase::Differs { fields: fields.clone() });

    let due = day.reading(FORM, Slot::P2, &paper);
    let whole = change_read(due.clone(), |read| read.retyped.clear());
    assert_eq!(only(&day, By::P2, &whole), Violation::WrongRound { round: 2, retype: fields });
    let first_round = change_read(due.clone(), |read| read.round = 1);
    assert!(matches!(only(&day, By::P2, &first_round), Violation::WrongRound { .. }));
    let other = with(&paper, &[("invalid", 1), ("total", 1)]);
    let more = change_read(due.clone(), |read| read.boxes = (&other.counts).into());
    assert_eq!(only(&day, By::P2, &more), Violation::ChangedBox { field: "invalid".into() });

    day.add(By::P2, due);
    assert_eq!(day.state.form(FORM).expect("form").phase(), Phase::Waiting { next: Slot::P1 });
    let body = day.reading(FORM, Slot::P1, &paper);
    day.add(By::P1, body);
    assert_eq!(day.state.form(FORM).expect("form").phase(), Phase::Agreed);
}

#[test]
fn times_in_the_head_are_compared_too() {
    let mut day = opened();
    let paper = day.figures(FORM);
    let mut late = paper.clone();
    late.head.counting_to = "18:30".parse().expect("a time");
    let body = day.reading(FORM, Slot::P1, &paper);
    day.add(By::P1, body);
    let body = day.reading(FORM, Slot::P2, &late);
    day.add(By::P2, body);
    let expected = Phase::Differs { fields: vec!["counting_to".into()] };
    assert_eq!(day.state.form(FORM).expect("form").phase(), expected);
}

#[test]
fn a_sheet_that_contradicts_itself_is_recorded_with_an_answer_and_not_without() {
    let mut day = opened();
    let paper = day.figures(FORM);
    let valid = paper.counts.get(&id("valid")).expect("box").get();
    let wrong = with(&paper, &[("valid", valid - 1)]);
    let bare = day.reading(FORM, Slot::P1, &wrong);
    let Violation::Answers(misfit) = only(&day, By::P1, &bare) else { panic!("wants answers") };
    let open: Vec<String> = misfit.open.iter().map(|key| key.code.to_string()).collect();
    assert_eq!(open, ["E301", "E302"]);
    let answered = change_read(bare, |read| read.answers = answers(&[("E301", None), ("E302", None)]));
    day.add(By::P1, answered.clone());
    day.add(By::P2, answered);
    assert_eq!(day.state.form(FORM).expect("form").phase(), Phase::Agreed);
    let idle = change_read(day.reading(FORM, Slot::P1, &paper), |read| read.answers = answers(&[("E301", None)]));
    assert!(matches!(only(&day, By::P1, &idle), Violation::Answers(_)), "an answer needs a finding");
}

#[test]
fn a_result_needs_both_officers_two_equal_readings_and_every_page() {
    let mut day = opened();
    let figures = day.figures(FORM);
    let body = day.reading(FORM, Slot::P1, &figures);
    day.add(By::P1, body);
    day.photograph(FORM);
    let mut ahead = opened();
    ahead.read_both(FORM);
    ahead.photograph(FORM);
    let early = ahead.result(FORM, None);
    assert_eq!(only(&day, By::Both, &early), Violation::NotAgreed);

    let body = day.reading(FORM, Slot::P2, &figures);
    day.add(By::P2, body);
    let due = day.result(FORM, None);
    assert!(day.state.judge(By::P1, &due).contains(&Violation::NeedsBoth));
    let cases: [(Change, Violation); 7] = [
        (|result| result.revision = 2, Violation::WrongRevision { expected: 1 }),
        (|result| result.reason = Some("x".into()), Violation::Reason),
        (|result| result.readings.swap(0, 1), Violation::OtherReadings),
        (|result| result.head.same_day = false, Violation::NotAgreed),
        (|result| drop(result.pages.pop()), Violation::Pages),
        (|result| result.pages[0] = PagePhoto::Missing { page: Page::FIRST, reason: "  ".into() }, Violation::Pages),
        (|result| result.contest = "camat".into(), Violation::UnknownContest),
    ];
    for (change, expected) in cases {
        assert_eq!(only(&day, By::Both, &change_result(due.clone(), change)), expected);
    }
    let PagePhoto::Photo { sha256, .. } = (match &due {
        Body::Result(result) => result.pages[1].clone(),
        _ => panic!("a result"),
    }) else {
        panic!("a photo")
    };
    let misplaced = |result: &mut Sealed| result.pages[0] = PagePhoto::Photo { page: Page::FIRST, sha256 };
    assert_eq!(only(&day, By::Both, &change_result(due.clone(), misplaced)), Violation::PhotoUnknown);
    let missing = |result: &mut Sealed| {
        result.pages[0] = PagePhoto::Missing { page: Page::FIRST, reason: "plano sudah dibawa".into() };
    };
    assert!(day.state.judge(By::Both, &change_result(due.clone(), missing)).is_empty());
    day.add(By::Both, due);
    assert_eq!(day.state.form(FORM).expect("form").phase(), Phase::Sealed { revision: 1 });
}

#[test]
fn a_correction_is_a_new_revision_with_a_reason_through_two_readings() {
    let mut day = opened();
    day.read_both(FORM);
    day.photograph(FORM);
    let first = day.seal(FORM, None);
    let paper = day.figures(FORM);
    let old = change_read(day.reading(FORM, Slot::P1, &paper), |read| read.revision = 1);
    assert_eq!(only(&day, By::P1, &old), Violation::WrongRevision { expected: 2 });
    day.read_both(FORM);
    assert_eq!(only(&day, By::Both, &day.result(FORM, None)), Violation::Reason);
    let second = day.seal(FORM, Some("angka V.B salah baca"));
    let form = day.state.form(FORM).expect("form");
    let kept: Vec<_> = form.results().iter().map(|result| (result.revision, result.entry)).collect();
    assert_eq!(kept, [(1, first), (2, second)], "the old result stays readable");
    assert_eq!(day.state.results(), [second], "the new one is in force");
}

#[test]
fn a_photo_counts_once_for_one_page() {
    let mut day = opened();
    day.photograph(FORM);
    let known = day.state.page_photo(FORM, Page::FIRST).expect("a photo").image.clone();
    let photo = |contest: &str, page, image: &plano::protocol::entry::Image| Photo {
        contest: contest.into(),
        page,
        image: image.clone(),
        replaces: None,
    };
    let again = Body::Photo(photo(FORM, Page::FIRST, &known));
    assert_eq!(only(&day, By::P2, &again), Violation::PhotoAgain);
    for (contest, page) in [(FORM, Page::SECOND), ("walikota", Page::FIRST)] {
        assert_eq!(only(&day, By::P2, &Body::Photo(photo(contest, page, &known))), Violation::PhotoElsewhere);
    }
    let mut noted = known.clone();
    let code = SAME_PHOTO.parse().expect("a code");
    noted.findings.push(Answered { code, note: "kedua halaman pada satu foto".into() });
    day.add(By::P2, Body::Photo(photo(FORM, Page::SECOND, &noted)));
    noted.findings[0].note.clear();
    assert!(matches!(
        only(&day, By::P2, &Body::Photo(photo("walikota", Page::FIRST, &noted))),
        Violation::Unanswered(_)
    ));
    let image = day.image("again");
    let replace = |replaces| Body::Photo(Photo { replaces: Some(replaces), ..photo(FORM, Page::FIRST, &image) });
    assert_eq!(only(&day, By::P1, &replace(image.sha256)), Violation::NothingToReplace);
    day.add(By::P1, replace(known.sha256));
    assert_eq!(day.state.page_photo(FORM, Page::FIRST).expect("a photo").image.sha256, image.sha256);
    for bytes in [0, 150_001] {
        let light = Some(plano::protocol::entry::Light { sha256: plano::digest::Digest::of(b"light"), bytes });
        let heavy = plano::protocol::entry::Image { light, ..day.image("light") };
        assert_eq!(only(&day, By::P1, &Body::Photo(photo(FORM, Page::THIRD, &heavy))), Violation::LightLength);
    }
    let empty = plano::protocol::entry::Image { bytes: 0, ..day.image("empty") };
    assert_eq!(only(&day, By::P1, &Body::Photo(photo(FORM, Page::THIRD, &empty))), Violation::PhotoLength);
}

#[test]
fn a_copy_is_of_a_result_and_for_somebody_entitled() {
    let mut day = opened();
    day.read_both(FORM);
    day.photograph(FORM);
    let result = day.seal(FORM, None);
    let copy = |result, to, refused: Option<&str>| {
        Body::CopyGiven(CopyGiven { result, to, refused: refused.map(str::to_owned) })
    };
    let reading = day.entries[1].digest();
    let found = only(&day, By::P1, &copy(reading, Recipient::Pengawas, None));
    assert_eq!(found, Violation::ResultUnknown);
    for pair in [0, 4] {
        assert_eq!(only(&day, By::P1, &copy(result, Recipient::Saksi(pair), None)), Violation::NoSuchPair);
    }
    assert_eq!(only(&day, By::P1, &copy(result, Recipient::Saksi(3), Some(""))), Violation::Reason);
    day.add(By::P1, copy(result, Recipient::Saksi(3), Some("saksi pulang lebih awal")));
}

#[test]
fn closing_counts_what_there_is_and_says_why_a_form_is_not_sealed() {
    let mut day = opened();
    day.read_both(FORM);
    day.photograph(FORM);
    day.seal(FORM, None);
    assert_eq!(only(&day, By::Both, &day.closing()), Violation::Unsealed);
    let reason = || Unsealed { contest: "walikota".into(), reason: "penghitungan dilanjutkan besok".into() };
    let explained = change_close(day.closing(), |closed| closed.unsealed.push(reason()));
    let miscounted = change_close(explained.clone(), |closed| closed.photos += 1);
    assert_eq!(only(&day, By::Both, &miscounted), Violation::WrongCounts);
    day.add(By::Both, explained);
    assert!(day.state.closed().is_some());
}

#[test]
fn what_is_against_the_rules_is_folded_in_all_the_same() {
    let mut day = opened();
    let paper = day.figures(FORM);
    let due = day.reading(FORM, Slot::P1, &paper);
    let off = change_read(due, |read| read.revision = 9);
    let sealed = day.force(By::P1, off);
    assert_eq!(day.state.head().map(|head| head.digest), Some(sealed.digest()));
    assert_eq!(day.state.form(FORM).expect("form").readings(Slot::P1).len(), 1);
}

#[test]
fn every_violation_speaks_both_languages() {
    let samples = [
        Violation::NotOpened,
        Violation::OthersTurn,
        Violation::NotAgreed,
        Violation::WrongRound { round: 2, retype: vec!["votes.1".into()] },
        Violation::Answers(plano::form::Unanswered {
            open: vec![FindingKey { code: "E301".parse().expect("a code"), column: None }],
            ..plano::form::Unanswered::default()
        }),
    ];
    for violation in samples {
        let [id, en] = [Lang::Id, Lang::En].map(|lang| violation.text(lang));
        assert!(!id.is_empty() && id != en, "{id}");
        assert_eq!(violation.to_string(), en, "logs are English");
    }
}
