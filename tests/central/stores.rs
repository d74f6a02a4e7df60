//! One suite for both ledgers and both stores of photos; and what only the ones on disk can get wrong.

use std::path::Path;

use plano::central::store::{
    Diverged, Fact, FiledRow, Leaf, Ledger, Logged, MemoryLedger, MemoryPhotos, OpenLedgerError, Photos, SqliteLedger,
};
use plano::central::{Filed, FiledKind};
use plano::digest::Digest;
use plano::photo::{Folder, FolderError};
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::ids::Seq;
use plano::protocol::merkle::Node;
use plano::protocol::receipt::{Item, Received, What};

use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};

fn day() -> Day {
    let mut day = Day::opened(&small(1), station(1), [Digest::of(b"1"), Digest::of(b"2")]);
    day.add(By::P1, Body::Incident(Incident { text: "rain".into() }));
    day
}

fn entry(day: &Day, at: usize) -> Fact {
    Fact::Entry(Box::new(day.entries[at].clone()))
}

fn leaf_of(day: &Day, at: usize) -> Leaf {
    let entry = &day.entries[at];
    let item = Item { station: station(1), what: What::Entry(entry.entry().seq), digest: entry.digest() };
    let received = Received { item, at: moment(1) };
    Leaf { index: at as u64, of: Logged::Received(received), bytes: received.leaf() }
}

fn leaf(day: &Day, at: usize) -> Fact {
    Fact::Leaf(leaf_of(day, at))
}

fn signed(size: u64) -> Fact {
    Fact::Signed(Box::new(Checkpoint::sign(size, Digest::of(b"root"), &key()).expect("signs")))
}

fn everything(ledger: &dyn Ledger) -> Vec<String> {
    let mut seen = Vec::new();
    ledger.replay(&mut |fact| seen.push(format!("{fact:?}"))).expect("reads");
    seen
}

/// What every ledger does.
fn conforms(ledger: &mut dyn Ledger) {
    let day = day();
    let node = Node { level: 0, index: 0 };
    let hash = Digest::of(b"node");
    let filed = Filed {
        station: station(1),
        seq: Seq::FIRST,
        kind: FiledKind::Rule,
        code: "E302".into(),
        text: "does not add up".into(),
        teks: "tidak cocok".into(),
    };
    let first =
        [entry(&day, 0), Fact::Filed(Box::new(filed.clone())), leaf(&day, 0), Fact::Node(node, hash), signed(1)];
    ledger.commit(&first).expect("writes");
    let expected = leaf_of(&day, 0);
    let Logged::Received(Received { item, .. }) = expected.of else { panic!("a leaf of an entry") };
    assert_eq!(ledger.entry(station(1), Seq::FIRST).expect("reads").as_deref(), Some(day.entries[0].bytes()));
    assert_eq!(ledger.leaf(0).expect("reads"), Some(expected));
    assert_eq!(ledger.place(&item).expect("reads"), Some(0));
    assert_eq!(ledger.node(node).expect("reads"), hash);
    assert_eq!(ledger.filed(station(1)).expect("reads"), std::slice::from_ref(&filed));
    assert_eq!(ledger.filed_before(u64::MAX, 10).expect("reads"), [FiledRow { id: 1, filed }]);
    assert_eq!(ledger.filed_before(1, 10).expect("reads"), []);
    assert!(ledger.covering(0).expect("reads").is_some() && ledger.covering(1).expect("reads").is_none());
    assert_eq!(ledger.leaf(1).expect("reads"), None);
    assert!(ledger.node(Node { level: 1, index: 0 }).is_err());
    let other_seq = Item { what: What::Entry(Seq::FIRST.next()), ..item };
    assert_eq!(ledger.place(&other_seq).expect("reads"), None);

    refuses_what_does_not_follow(ledger, &day);
}

/// After the first entry: what no ledger takes, and that it then takes nothing of it.
fn refuses_what_does_not_follow(ledger: &mut dyn Ledger, day: &Day) {
    let before = everything(ledger);
    let diverged = Fact::Diverged(Box::new(Diverged { entry: day.entries[1].clone(), at: moment(1) }));
    let mut longer = self::day();
    longer.add(By::P1, Body::Incident(Incident { text: "more".into() }));
    let node = Node { level: 0, index: 0 };
    let refused: [(&str, Vec<Fact>); 7] = [
        ("an entry in another's place", vec![entry(day, 0)]),
        ("an entry that does not follow", vec![entry(&longer, 2)]),
        ("a leaf in another's place", vec![leaf(day, 0)]),
        ("a node in another's place", vec![Fact::Node(node, Digest::of(b"other"))]),
        ("a checkpoint that covers too much", vec![signed(7)]),
        ("another history twice", vec![diverged.clone(), diverged.clone()]),
        ("good facts with a bad one", vec![entry(day, 1), leaf(day, 1), Fact::Node(node, Digest::of(b"node"))]),
    ];
    for (what, facts) in refused {
        assert!(ledger.commit(&facts).is_err(), "{what}");
        assert_eq!(everything(ledger), before, "{what}: nothing was written");
    }
    ledger.commit(&[entry(day, 1), leaf(day, 1), diverged, signed(2)]).expect("writes");
    assert_eq!(everything(ledger).len(), before.len() + 3);
}

/// What every store of photos does.
fn keeps_photos(photos: &dyn Photos) {
    let bytes = b"\xff\xd8 a photo";
    let stored = photos.put(&mut bytes.as_slice(), 100).expect("stores");
    assert_eq!((stored.digest, stored.bytes), (Digest::of(bytes), bytes.len() as u64));
    assert_eq!(photos.put(&mut bytes.as_slice(), bytes.len() as u64).expect("stores"), stored);
    assert!(matches!(photos.put(&mut bytes.as_slice(), 5), Err(FolderError::TooManyBytes { limit: 5 })));
    let (mut reader, length) = photos.open(&stored.digest).expect("reads").expect("is here");
    let mut found = Vec::new();
    reader.read_to_end(&mut found).expect("reads");
    assert_eq!((found.as_slice(), length), (bytes.as_slice(), bytes.len() as u64));
    assert!(photos.open(&Digest::of(b"none")).expect("reads").is_none());
}

fn open(folder: &Path) -> SqliteLedger {
    SqliteLedger::open(&folder.join("central.sqlite"), key().public()).expect("opens")
}

#[test]
fn both_ledgers_conform() {
    conforms(&mut MemoryLedger::default());
    let folder = tempfile::tempdir().expect("a folder");
    conforms(&mut open(folder.path()));
}

#[test]
fn both_stores_of_photos_conform() {
    keeps_photos(&MemoryPhotos::default());
    let folder = tempfile::tempdir().expect("a folder");
    keeps_photos(&Folder::open(folder.path().join("photos")).expect("opens"));
}

#[test]
fn the_ledger_on_disk_syncs_every_commit_and_knows_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = open(folder.path());
    // 2 is FULL.
    let settings = ["journal_mode", "synchronous", "foreign_keys"].map(|name| ledger.setting(name).expect("reads"));
    assert_eq!(settings, ["wal", "2", "1"]);
    let path = folder.path().join("central.sqlite");
    assert!(matches!(SqliteLedger::open(&path, key().public()), Err(OpenLedgerError::InUse { .. })));
    drop(ledger);
    let foreign = folder.path().join("other.sqlite");
    rusqlite::Connection::open(&foreign).and_then(|other| other.execute_batch("CREATE TABLE t (a)")).expect("makes");
    assert!(matches!(SqliteLedger::open(&foreign, key().public()), Err(OpenLedgerError::NotOurs { .. })));
    let older = folder.path().join("older.sqlite");
    drop(SqliteLedger::open(&older, key().public()).expect("creates"));
    rusqlite::Connection::open(&older).and_then(|file| file.pragma_update(None, "user_version", 2)).expect("writes");
    assert!(matches!(SqliteLedger::open(&older, key().public()), Err(OpenLedgerError::NotOurs { .. })));
}

#[test]
fn no_table_of_the_ledger_lets_a_row_be_changed_replaced_or_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = day();
    let node = Fact::Node(Node { level: 0, index: 0 }, Digest::of(b"node"));
    open(folder.path()).commit(&[entry(&day, 0), leaf(&day, 0), node, signed(1)]).expect("writes");
    let database = rusqlite::Connection::open(folder.path().join("central.sqlite")).expect("opens");
    let mut tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("a query");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect();
    assert_eq!(tables.len(), 12);
    for table in &tables {
        for trigger in ["stays", "kept"] {
            let name = format!("{table}_{trigger}");
            let found =
                database.query_row("SELECT count(*) FROM sqlite_schema WHERE name = ?1", [&name], |row| row.get(0));
            assert_eq!(found, Ok(1), "{name}");
        }
    }
    for table in ["entry", "leaf", "node", "checkpoint"] {
        for attempt in [
            "DELETE FROM {}",
            "INSERT OR REPLACE INTO {} SELECT * FROM {}",
            "INSERT OR IGNORE INTO {} SELECT * FROM {}",
        ] {
            let refused = database.execute_batch(&attempt.replace("{}", table));
            assert!(refused.is_err(), "{attempt} of {table}");
        }
    }
    assert!(database.execute_batch("UPDATE entry SET note = x'00'").is_err());
    // The row of one entry does not become another's, of a station that has none yet.
    let taken = "INSERT OR REPLACE INTO entry SELECT id, 'another', 1, prev, digest, note FROM entry";
    assert!(database.execute_batch(taken).is_err());
}
