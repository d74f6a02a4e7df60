//! Backup and restore of a station: what comes back is what was there, and nothing that was touched comes back at all.

use std::fs;
use std::path::Path;

use plano::form::Lang;
use plano::protocol::ids::Slot;
use plano::recorder::{BackupFault, Place, RecorderError, Sealing, Station};
use plano::store::{StoreError, Unsound};
use rusqlite::Connection;

use crate::support::ledger::moment;
use crate::support::station::{Day, pin};

/// A day with one sealed form, half of it delivered, a draft of the other form, and its backup.
fn backed_up() -> (Day, Place) {
    let mut day = Day::open();
    let sheet = day.figures("walikota", 1);
    for slot in Slot::BOTH {
        day.read(slot, "walikota", &sheet, &[]);
    }
    day.deliver();
    day.photograph("walikota");
    day.seal("walikota", Sealing::default()).expect("seals");
    let other = day.figures("gubernur", 1);
    day.type_form(Slot::P1, "gubernur", &other, &[]);
    let to = day.folder.path().join("backup");
    let made = day.station.back_up(&to).expect("backs up");
    assert_eq!((made.head, made.photos), (day.station.head(), 3));
    (day, Place::new(to))
}

fn restore(day: &Day, backup: &Place) -> Result<Station, RecorderError> {
    Station::restore(backup, &Place::new(day.folder.path().join("restored")))
}

#[test]
fn what_comes_back_is_what_was_there_and_work_goes_on() {
    let (mut day, backup) = backed_up();
    let names = |place: &Place| {
        let mut names: Vec<_> =
            fs::read_dir(place.root()).expect("lists").map(|name| name.expect("name").file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&backup), ["drafts", "keys", "ledger.db", "photos"]);
    let mut restored = restore(&day, &backup).expect("restores");
    assert_eq!(restored.status().expect("status"), day.station.status().expect("status"));
    assert_eq!(restored.ledger().pending().expect("pending"), day.station.ledger().pending().expect("pending"));
    assert_eq!(restored.ledger().receipts().expect("receipts"), day.station.ledger().receipts().expect("receipts"));
    assert_eq!(names(&backup), ["drafts", "keys", "ledger.db", "photos"], "the backup is only read");
    let officer = restored.unlock(Slot::P1, &pin(Slot::P1), moment(900_000)).expect("the key came along");
    restored.record_reading(&officer, "gubernur", Vec::new(), moment(900_000)).expect("so did the draft");
    restored.sound().expect("sound");
}

#[test]
fn a_backup_may_be_made_again_and_again_but_never_over_another() {
    let (day, backup) = backed_up();
    let again = day.station.back_up(backup.root()).expect_err("there is one");
    assert!(matches!(again, RecorderError::InUse(_)), "{again}");
    fs::create_dir_all(day.folder.path().join("second.part/photos")).expect("an interrupted one");
    day.station.back_up(&day.folder.path().join("second")).expect("backs up");
    let over = Station::restore(&backup, &day.place()).expect_err("the station itself is there");
    assert!(matches!(over, RecorderError::InUse(_)), "{over}");
    let nothing = restore(&day, &Place::new(day.folder.path().join("nowhere"))).expect_err("no backup");
    assert!(matches!(nothing, RecorderError::BadBackup(BackupFault::NoLedger)), "{nothing}");
}

fn sql(backup: &Place, sql: &str) {
    Connection::open(backup.ledger()).expect("opens").execute_batch(sql).expect(sql);
}

/// Takes the guards out, changes a row, and puts the guards back, as somebody would who knows the file.
fn behind_the_guards(backup: &Place, table: &str, change: &str) {
    let db = Connection::open(backup.ledger()).expect("opens");
    let triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?";
    let mut query = db.prepare(triggers).expect("prepares");
    let guards: Vec<(String, String)> = query
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("queries")
        .map(|row| row.expect("row"))
        .collect();
    for (name, _) in &guards {
        db.execute_batch(&format!("DROP TRIGGER {name}")).expect("drops");
    }
    db.execute_batch(change).expect(change);
    for (_, text) in &guards {
        db.execute_batch(text).expect(text);
    }
}

type Damage = fn(&Place);

fn first_photo(backup: &Place) -> std::path::PathBuf {
    let mut photos: Vec<_> =
        fs::read_dir(backup.photos()).expect("lists").map(|name| name.expect("name").path()).collect();
    photos.sort();
    photos.remove(0)
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("reads");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("writes");
}

/// What somebody may do to a backup, each in words and done.
const DAMAGES: [(&str, Damage); 10] = [
    ("a photo with another bit", |backup| flip(&first_photo(backup))),
    ("a photo gone", |backup| fs::remove_file(first_photo(backup)).expect("removes")),
    ("a guard taken out", |backup| sql(backup, "DROP TRIGGER entry_stays")),
    ("a guard made blind", |backup| {
        sql(backup, "DROP TRIGGER entry_kept; CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT 1; END;");
    }),
    ("another figure", |backup| {
        let change = "UPDATE entry SET note = CAST(replace(CAST(note AS TEXT), '\"votes.1\":', '\"votes.1\":9') AS BLOB) WHERE seq = 2";
        behind_the_guards(backup, "entry", change);
    }),
    ("something no longer to be delivered", |backup| {
        behind_the_guards(backup, "item", "PRAGMA foreign_keys = off; DELETE FROM item WHERE entry = 7");
    }),
    ("a middle entry gone", |backup| {
        behind_the_guards(backup, "entry", "PRAGMA foreign_keys = off; DELETE FROM entry WHERE seq = 3");
    }),
    ("an entry filed under another digest", |backup| {
        behind_the_guards(backup, "entry", "UPDATE entry SET digest = replace(digest, 'a', 'b') WHERE seq = 7");
    }),
    ("a receipt of something else", |backup| {
        let change = "UPDATE outcome SET receipt = (SELECT receipt FROM outcome WHERE attempt = 1) WHERE attempt = 2";
        behind_the_guards(backup, "outcome", change);
    }),
    ("a file that is cut", |backup| {
        let bytes = fs::read(backup.ledger()).expect("reads");
        fs::write(backup.ledger(), &bytes[..bytes.len() - 8192]).expect("writes");
    }),
];

#[test]
fn a_backup_that_was_touched_does_not_come_back() {
    let (day, sound) = backed_up();
    for (name, damage) in DAMAGES {
        let backup = Place::new(day.folder.path().join(name.replace(' ', "-")));
        day.station.back_up(backup.root()).expect("backs up");
        damage(&backup);
        let refused = restore(&day, &backup).expect_err(name);
        assert!(
            !refused.text(Lang::Id).is_empty() && !day.folder.path().join("restored").exists(),
            "{name}: {refused}"
        );
    }
    let guard = Place::new(day.folder.path().join("a-guard-taken-out"));
    let refused = restore(&day, &guard).expect_err("no guard");
    assert!(
        matches!(&refused, RecorderError::Store(StoreError::Unsound(Unsound::Schema(name))) if name == "entry_stays"),
        "{refused:?}"
    );
    restore(&day, &sound).expect("and one that nobody touched does");
}
