//! Versions of the schema. A released step is never edited; a change is a new step at the end.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::connect::APPLICATION_ID;
use super::{Doing, StoreError};

/// Step `i` brings version `i` to `i + 1`; version 0 is an empty file.
const STEPS: [&str; 2] = [include_str!("schema.sql"), include_str!("uploads.sql")];

/// The version that this program writes.
#[expect(clippy::cast_possible_wrap, reason = "the steps are written out above, one by one")]
const NEWEST: i64 = STEPS.len() as i64;

/// Checks that the file is a ledger that this program can read.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let application: i64 =
        db.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(StoreError::opening(path))?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotPlano(path.to_owned()));
    }
    match version(db)? {
        version if version > NEWEST => Err(StoreError::Newer { path: path.to_owned(), version }),
        _ => Ok(()),
    }
}

/// Takes the missing steps, all in one transaction.
pub(super) fn run(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if version(db)? == NEWEST {
        return Ok(());
    }
    let failed = || StoreError::sql(Doing::Open);
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed())?;
    let from = version(&step)?;
    if from > NEWEST {
        return Err(StoreError::Newer { path: path.to_owned(), version: from });
    }
    for sql in STEPS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        step.execute_batch(sql).map_err(failed())?;
    }
    step.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed())?;
    step.pragma_update(None, "user_version", NEWEST).map_err(failed())?;
    step.commit().map_err(failed())
}

fn version(db: &Connection) -> Result<i64, StoreError> {
    db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(StoreError::sql(Doing::Open))
}

/// Every table, index, view and trigger with its text, by name.
pub(super) fn schema(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut query = db.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The schema as this program makes it.
pub(super) fn newest_schema() -> rusqlite::Result<Vec<(String, String)>> {
    let db = Connection::open_in_memory()?;
    for sql in STEPS {
        db.execute_batch(sql)?;
    }
    schema(&db)
}
