//! How values of ours stand in columns: moments, digests and slots as text, numbers as SQLite's 64-bit integers.

use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

/// Reads a text column as a value of ours.
pub(super) fn text<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|cause| bad(row, column, Type::Text, Box::new(cause)))
}

/// Reads a text column that may be empty.
pub(super) fn optional_text<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|cause| bad(row, column, Type::Text, Box::new(cause)))).transpose()
}

/// Reads a whole number that is never negative.
pub(super) fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    let out_of_range = || bad(row, column, Type::Integer, Box::new(FromSqlError::OutOfRange(number)));
    u64::try_from(number).map_err(|_| out_of_range())
}

/// A number of ours as SQLite keeps it; positions and lengths stay far below 2⁶³.
pub(super) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn bad(row: &Row<'_>, column: &str, kind: Type, cause: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or(0);
    rusqlite::Error::FromSqlConversionFailure(index, kind, cause)
}
