//! A connection to the ledger's file, with the settings that make its promises true.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::{Doing, StoreError, migrate};

/// Marks the file as a Plano ledger (`file(1)` and SQLite show it): "PLNO" in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x504C_4E4F;

/// How long a writer waits for another one before it says [`StoreError::Busy`].
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens an existing ledger and brings its schema up to date.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    if !path.is_file() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrate::check(&db, path)?;
    settle(&db).map_err(StoreError::sql(Doing::Open))?;
    migrate::run(&mut db, path)?;
    Ok(db)
}

/// Makes a new, empty ledger where no file is yet.
pub(super) fn create(path: &Path) -> Result<Connection, StoreError> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    settle(&db).map_err(StoreError::sql(Doing::Create))?;
    migrate::run(&mut db, path)?;
    Ok(db)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let db = db.map_err(StoreError::opening(path))?;
    db.busy_timeout(PATIENCE).map_err(StoreError::opening(path))?;
    Ok(db)
}

/// The settings that the promises of the ledger rest on. WAL stays with the file, the others hold for a connection.
fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "journal_mode", "wal")?;
    // FULL: a commit that returned survives a power cut (in WAL, NORMAL would not promise that).
    db.pragma_update(None, "synchronous", "full")?;
    // Where the disk has a cache of its own (macOS), ask it to write through.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    // REPLACE would delete without asking the delete triggers otherwise.
    db.pragma_update(None, "recursive_triggers", true)?;
    // A file from elsewhere must not run functions through its schema.
    db.pragma_update(None, "trusted_schema", false)
}

/// The settings in force on a connection, by the names under which SQLite knows them.
pub(super) fn settings(db: &Connection) -> rusqlite::Result<Vec<(&'static str, String)>> {
    let value = |name| -> rusqlite::Result<String> {
        db.pragma_query_value(None, name, |row| {
            Ok(match row.get::<_, Value>(0)? {
                Value::Text(text) => text,
                Value::Integer(number) => number.to_string(),
                other => format!("{other:?}"),
            })
        })
    };
    SETTINGS.into_iter().map(|name| Ok((name, value(name)?))).collect()
}

const SETTINGS: [&str; 9] = [
    "journal_mode",
    "synchronous",
    "fullfsync",
    "checkpoint_fullfsync",
    "foreign_keys",
    "recursive_triggers",
    "trusted_schema",
    "application_id",
    "user_version",
];
