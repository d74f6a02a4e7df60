//! The ledger from outside: what it promises to keep, what it refuses, and how it says so.

use std::collections::BTreeMap;
use std::error::Error as _;

use plano::protocol::chain::Break;
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::people::{Accreditation, Enrolment};
use plano::store::{Doing, Ledger, PinTry, StoreError};
use rusqlite::Connection;

use crate::support::election;
use crate::support::ledger::{Scratch, entry, founding, incident, moment, photo, station};

/// Every table of evidence, with a column and a value that an attacker would like to write.
const TABLES: [(&str, &str); 10] = [
    ("founding", "station = 'x'"),
    ("central_url", "url = 'x'"),
    ("accreditation", "from_seq = 9"),
    ("pin_try", "accepted = 1"),
    ("entry", "note = x'00'"),
    ("item", "bytes = 1"),
    ("attempt", "at = 'x'"),
    ("outcome", "reason = 'x'"),
    ("try_again", "after_attempt = 0"),
    ("upload", "url = 'x'"),
];

/// A ledger with at least one row in every table.
fn full() -> Scratch {
    let scratch = Scratch::new();
    let wish = Enrolment::sign(
        founding().election.digest(),
        (station(), Slot::P1),
        "code",
        &election::officer(station(), Slot::P1),
    );
    let wish = Enrolment::verify(wish.expect("signs").bytes().to_vec()).expect("a wish");
    let known = Accreditation::sign(&wish, Seq::FIRST, moment(0), &election::central()).expect("accredits");
    scratch.ledger.keep_accreditation(&known, moment(1)).expect("keeps");
    scratch.ledger.note_pin_try(Slot::P1, PinTry { right: false, at: moment(2) }).expect("notes");
    scratch.append(incident("one"));
    scratch.append(photo(b"page"));
    let item = scratch.ledger.pending().expect("pending")[0].item;
    let attempt = scratch.ledger.begin(&item, moment(3)).expect("begins");
    let refused = plano::store::Outcome::Refused { reason: "no".into() };
    scratch.ledger.finish(attempt, moment(4), &refused).expect("finishes");
    scratch.ledger.try_again(moment(5)).expect("notes");
    scratch.ledger.keep_upload(&item, "http://central.test/uploads/1", moment(6)).expect("keeps");
    scratch
}

fn raw(scratch: &Scratch) -> Connection {
    Connection::open(scratch.path()).expect("opens")
}

#[test]
fn the_settings_that_the_promises_rest_on_are_on() {
    let scratch = Scratch::new();
    let settings = scratch.ledger.settings().expect("reads");
    let expected = [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("fullfsync", "1"),
        ("checkpoint_fullfsync", "1"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
        ("application_id", "1347178063"),
        ("user_version", "2"),
    ];
    assert_eq!(settings, expected.map(|(name, value)| (name, value.to_owned())));
    assert_eq!(scratch.again().settings().expect("reads"), settings, "also on a ledger that is opened");
}

#[test]
fn every_table_is_strict_and_guarded() {
    let scratch = Scratch::new();
    let db = raw(&scratch);
    let mut tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").expect("prepares");
    let tables: BTreeMap<String, bool> = tables
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("queries")
        .map(|row| row.expect("row"))
        .filter(|(name, _): &(String, bool)| !name.starts_with("sqlite_"))
        .collect();
    assert_eq!(tables.len(), TABLES.len(), "a new table belongs into the list above: {tables:?}");
    for (table, _) in TABLES {
        assert_eq!(tables.get(table), Some(&true), "{table}");
    }
}

#[test]
fn no_row_is_ever_changed_removed_or_replaced() {
    let scratch = full();
    let before = scratch.dump();
    for (table, change) in TABLES {
        // As a foreign tool would: with the guards of our own connection off.
        let db = raw(&scratch);
        db.execute_batch("PRAGMA foreign_keys = off; PRAGMA recursive_triggers = off;").expect("sets");
        for sql in [
            format!("UPDATE {table} SET {change}"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
            format!("INSERT OR IGNORE INTO {table} SELECT * FROM {table}"),
            format!("REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
        ] {
            let refused = db.execute_batch(&sql).expect_err(&sql);
            assert!(refused.to_string().contains("row") || refused.to_string().contains("the "), "{sql}: {refused}");
        }
    }
    assert_eq!(scratch.dump(), before);
}

#[test]
fn the_file_itself_refuses_an_entry_that_does_not_extend_the_chain() {
    let scratch = Scratch::new();
    scratch.append(incident("one"));
    let db = raw(&scratch);
    let head = scratch.ledger.head().expect("head").expect("an entry").digest.to_string();
    let zeros = "0".repeat(64);
    for (seq, prev, fits) in [(1, &zeros, false), (2, &zeros, false), (3, &head, false), (2, &head, true)] {
        let sql = "INSERT INTO entry (seq, prev, digest, note) VALUES (?, ?, ?, x'00')";
        assert_eq!(db.execute(sql, (seq, prev, "1".repeat(64))).is_ok(), fits, "{seq} {prev}");
    }
}

#[test]
fn the_same_entry_again_changes_nothing() {
    let scratch = Scratch::new();
    let first = scratch.append(photo(b"page"));
    scratch.append(incident("two"));
    let before = scratch.dump();
    scratch.ledger.append(&first).expect("the very same entry is no error");
    assert_eq!(scratch.dump(), before);
}

#[test]
fn of_two_handles_one_wins_and_the_other_is_told() {
    let scratch = Scratch::new();
    scratch.append(incident("one"));
    let other = scratch.again();
    let head = other.head().expect("head");
    let (mine, theirs) = (entry(head, incident("mine")), entry(head, incident("theirs")));
    scratch.ledger.append(&mine).expect("appends");
    let lost = other.append(&theirs).expect_err("the place is taken");
    assert!(matches!(lost, StoreError::Chain(Break::Diverged { .. })), "{lost}");
    let next = entry(other.head().expect("head"), incident("theirs"));
    other.append(&next).expect("read again, it goes");
    assert_eq!(scratch.ledger.entries().expect("entries").len(), 3);
    let gap = entry(
        Some(plano::protocol::chain::ChainHead { seq: Seq::new(9).expect("seq"), ..head.expect("head") }),
        incident("gap"),
    );
    assert!(matches!(other.append(&gap), Err(StoreError::Chain(Break::Gap { .. }))));
}

#[test]
fn many_threads_append_one_chain() {
    let scratch = Scratch::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let ledger = scratch.again();
            scope.spawn(move || {
                for number in 0..5 {
                    let text = format!("{thread}.{number}");
                    while let Err(lost) = ledger.append(&entry(ledger.head().expect("head"), incident(&text))) {
                        assert!(matches!(lost, StoreError::Chain(_)), "{lost}");
                    }
                }
            });
        }
    });
    let entries = scratch.ledger.entries().expect("entries");
    let mut head = None;
    for sealed in &entries {
        head = Some(plano::protocol::chain::extend(head, founding().election.digest(), sealed).expect("extends"));
    }
    assert_eq!((entries.len(), head), (20, scratch.ledger.head().expect("head")));
}

#[test]
fn an_entry_and_its_items_are_written_together_or_not_at_all() {
    let scratch = Scratch::new();
    scratch.append(incident("one"));
    raw(&scratch)
        .execute_batch("CREATE TRIGGER no_photos BEFORE INSERT ON item WHEN NEW.what = 'photo' BEGIN SELECT RAISE(ABORT, 'cut'); END;")
        .expect("sets the trap");
    let before = scratch.dump();
    let cut = entry(scratch.ledger.head().expect("head"), photo(b"page"));
    assert!(matches!(scratch.ledger.append(&cut), Err(StoreError::Sql { doing: Doing::Append, .. })));
    assert_eq!(scratch.dump(), before);
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let scratch = Scratch::new();
    scratch.append(incident("one"));
    let pages = scratch.ledger.limit_pages(1).expect("reads");
    scratch.ledger.limit_pages(pages).expect("sets");
    let mut written = 1;
    let full = loop {
        let next = entry(scratch.ledger.head().expect("head"), incident(&"x".repeat(3000)));
        match scratch.ledger.append(&next) {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(full, StoreError::Full { doing: Doing::Append }), "{full}");
    assert_eq!(scratch.again().entries().expect("entries").len(), written);
}

#[test]
fn a_writer_that_holds_the_ledger_too_long_is_named() {
    let scratch = Scratch::new();
    let writer = raw(&scratch);
    writer.execute_batch("BEGIN IMMEDIATE").expect("begins");
    scratch.ledger.set_patience(std::time::Duration::ZERO).expect("sets");
    let busy = scratch.ledger.append(&entry(None, incident("x"))).expect_err("held");
    assert!(matches!(busy, StoreError::Busy { doing: Doing::Append }), "{busy}");
    assert_eq!(scratch.ledger.pending().expect("readers are not held up").len(), 0);
}

#[test]
fn files_that_are_no_ledger_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("writes");
        path
    };
    let text = file("notes.txt", b"This is a shopping list, much longer than the hundred bytes that SQLite looks at. Rice, oil, sugar, tea, eggs.");
    assert!(matches!(Ledger::open(&text), Err(StoreError::NotPlano(_))));
    let empty = file("empty", b"");
    assert!(matches!(Ledger::open(&empty), Err(StoreError::NotPlano(_))));
    assert!(matches!(Ledger::open(&folder.path().join("none")), Err(StoreError::Missing(_))));
    let other = folder.path().join("other.db");
    Connection::open(&other).expect("opens").execute_batch("CREATE TABLE t (x)").expect("creates");
    let before = std::fs::read(&other).expect("reads");
    assert!(matches!(Ledger::open(&other), Err(StoreError::NotPlano(_))));
    assert_eq!(std::fs::read(&other).expect("reads"), before);
    assert!(matches!(Ledger::create(&other, &founding(), "", moment(0)), Err(StoreError::Exists(_))));
}

#[test]
fn a_ledger_of_a_newer_program_is_refused_by_name() {
    let scratch = Scratch::new();
    raw(&scratch).pragma_update(None, "user_version", 99).expect("sets");
    let newer = Ledger::open(&scratch.path()).expect_err("newer");
    assert!(matches!(newer, StoreError::Newer { version: 99, .. }), "{newer}");
    assert!(newer.source().is_none() && newer.to_string().contains("newer plano"), "{newer}");
}

#[test]
fn wrong_pins_are_counted_from_the_last_right_one() {
    let scratch = Scratch::new();
    let wrong = |at| PinTry { right: false, at: moment(at) };
    let tries = |slot| scratch.ledger.wrong_pins(slot).expect("reads");
    assert_eq!(tries(Slot::P1), (0, None));
    for (slot, tried, expected) in [
        (Slot::P1, wrong(1), (1, Some(moment(1)))),
        (Slot::P1, wrong(2), (2, Some(moment(2)))),
        (Slot::P2, wrong(3), (1, Some(moment(3)))),
        (Slot::P1, PinTry { right: true, at: moment(4) }, (0, None)),
        (Slot::P1, wrong(5), (1, Some(moment(5)))),
    ] {
        scratch.ledger.note_pin_try(slot, tried).expect("notes");
        assert_eq!(tries(slot), expected);
    }
}

#[test]
fn an_entry_of_another_station_is_refused() {
    let scratch = Scratch::new();
    let mut foreign = entry(None, incident("x")).entry().clone();
    foreign.station = election::station(2);
    let key = election::officer(foreign.station, Slot::P1);
    let foreign = plano::protocol::sealed::SealedEntry::seal(foreign, &[&key]).expect("seals");
    assert!(matches!(scratch.ledger.append(&foreign), Err(StoreError::OtherStation)));
}

impl Scratch {
    /// Every row of every table, as text.
    fn dump(&self) -> Vec<String> {
        let db = raw(self);
        let mut rows = Vec::new();
        for (table, _) in TABLES {
            let mut query = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("prepares");
            let width = query.column_count();
            let texts = query.query_map([], |row| {
                let cells: Result<Vec<rusqlite::types::Value>, _> = (0..width).map(|at| row.get(at)).collect();
                Ok(format!("{table} {:?}", cells?))
            });
            rows.extend(texts.expect("queries").map(|row| row.expect("row")));
        }
        rows
    }
}
