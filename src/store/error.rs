//! What can go wrong with the ledger, each with what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::attempt::AttemptId;
use crate::protocol::StatementError;
use crate::protocol::chain::Break;
use crate::protocol::ids::Seq;
use crate::protocol::receipt::{Item, ReceiptError};

/// What the store was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Setting up a new ledger.
    Create,
    /// Opening a ledger.
    Open,
    /// Writing an entry and its outbox items.
    Append,
    /// Reading entries, receipts or attempts.
    Read,
    /// Reading the outbox.
    Outbox,
    /// Writing down an attempt to deliver, or its outcome.
    Attempt,
    /// Writing down an accreditation, a PIN try or central's address.
    Note,
    /// Copying the ledger.
    Backup,
}

impl fmt::Display for Doing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Create => "setting up the ledger",
            Self::Open => "opening the ledger",
            Self::Append => "recording the entry",
            Self::Read => "reading the ledger",
            Self::Outbox => "reading the outbox",
            Self::Attempt => "noting the attempt to deliver",
            Self::Note => "noting a setting",
            Self::Backup => "copying the ledger",
        })
    }
}

/// Why the ledger did not do what was asked. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file there.
    #[error("there is no ledger at {}; check the folder, or set the station up", .0.display())]
    Missing(PathBuf),
    /// Something is there already.
    #[error("{} exists already; choose an empty folder", .0.display())]
    Exists(PathBuf),
    /// Another kind of file.
    #[error("{} is not a Plano ledger; choose the station's own folder", .0.display())]
    NotPlano(PathBuf),
    /// Written by a later program.
    #[error("the ledger {} has version {version}, newer than this program; install the newer plano", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
    /// Another process writes.
    #[error("{doing}: another plano is writing to the ledger; wait a moment and repeat")]
    Busy {
        /// What was being done.
        doing: Doing,
    },
    /// The file or folder cannot be written.
    #[error(
        "{doing}: the ledger may not be written; check the rights of the folder and whether the disk is write-protected"
    )]
    ReadOnly {
        /// What was being done.
        doing: Doing,
    },
    /// No room.
    #[error("{doing}: the disk is full; make room and repeat, nothing was lost")]
    Full {
        /// What was being done.
        doing: Doing,
    },
    /// The disk returned an error, or the file is damaged.
    #[error("{doing}: the disk or the ledger's file is damaged; copy the whole folder elsewhere before anything else")]
    Damaged {
        /// What was being done.
        doing: Doing,
        /// SQLite's answer.
        #[source]
        source: rusqlite::Error,
    },
    /// Any other refusal of SQLite.
    #[error("{doing}: SQLite refused")]
    Sql {
        /// What was being done.
        doing: Doing,
        /// SQLite's answer.
        #[source]
        source: rusqlite::Error,
    },
    /// The entry does not extend the chain as it stands now.
    #[error("the entry does not extend the chain; read the ledger again and repeat")]
    Chain(#[source] Break),
    /// The entry belongs to another station.
    #[error("the entry is of another station than the ledger")]
    OtherStation,
    /// A row that does not hold what it should.
    #[error("the ledger holds an unreadable {what}; restore the station from its last backup")]
    Unreadable {
        /// Which column or note.
        what: &'static str,
    },
    /// A path that SQLite cannot be told.
    #[error("the path {} is not plain text; choose another", .0.display())]
    Name(PathBuf),
    /// A copy that may not be on the disk yet.
    #[error("writing {} through to the disk; repeat with another disk", path.display())]
    Sync {
        /// The copy.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The file is sound for SQLite, but not as a ledger.
    #[error("the ledger is not as this program writes it: {0}; use another copy")]
    Unsound(Unsound),
    /// The bytes of an entry are no entry.
    #[error("entry {seq} in the ledger cannot be read; restore the station from its last backup")]
    Entry {
        /// Its position.
        seq: Seq,
        /// What is wrong with it.
        #[source]
        source: StatementError,
    },
    /// Nothing of that kind is to be delivered.
    #[error("{0} is not among the things to deliver")]
    UnknownItem(Box<Item>),
    /// No such attempt.
    #[error("there is no attempt {0}")]
    UnknownAttempt(AttemptId),
    /// The attempt has its outcome.
    #[error("attempt {0} has its outcome already")]
    Finished(AttemptId),
    /// A receipt that proves nothing about the item is not kept as one.
    #[error("the receipt does not prove that central holds {item}; the item stays in the outbox")]
    Receipt {
        /// What was sent.
        item: Box<Item>,
        /// What is wrong with the receipt.
        #[source]
        source: ReceiptError,
    },
}

/// In which way a ledger is not as this program writes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// SQLite's own check of the file.
    #[error("SQLite finds {0:?}")]
    File(String),
    /// A guard or table is missing, changed or new.
    #[error("its schema was changed at {0:?}")]
    Schema(String),
    /// The columns of an entry are not what its note says.
    #[error("entry {0} is filed under another name than its own")]
    Filed(Seq),
    /// An entry does not extend the chain.
    #[error("its chain is broken: {0}")]
    Chain(Break),
    /// A receipt that does not prove what it is kept for: the item would never be delivered.
    #[error("the receipt kept for {0} does not prove that central holds it")]
    Receipt(Box<Item>),
    /// Something that an entry names is not to be delivered, or something else is.
    #[error("its outbox does not hold what entry {0} asks for")]
    Items(Seq),
}

impl StoreError {
    /// Says what SQLite's answer means while `doing`.
    pub(super) fn sql(doing: Doing) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { doing },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { doing },
            Some(ErrorCode::DiskFull) => Self::Full { doing },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure) => Self::Damaged { doing, source },
            _ => Self::Sql { doing, source },
        }
    }

    /// The same while opening the file at `path`.
    pub(super) fn opening(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotPlano(path.to_owned()),
            _ => Self::sql(Doing::Open)(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn what_sqlite_answers_becomes_what_to_do() {
        let text = |code| {
            let answer = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            StoreError::sql(Doing::Append)(answer).to_string()
        };
        for (code, expected) in [
            (ffi::SQLITE_BUSY, "wait a moment"),
            (ffi::SQLITE_LOCKED, "wait a moment"),
            (ffi::SQLITE_READONLY, "check the rights"),
            (ffi::SQLITE_PERM, "check the rights"),
            (ffi::SQLITE_FULL, "make room"),
            (ffi::SQLITE_IOERR, "copy the whole folder"),
            (ffi::SQLITE_CORRUPT, "copy the whole folder"),
            (ffi::SQLITE_MISUSE, "SQLite refused"),
        ] {
            assert!(text(code).starts_with("recording the entry: ") && text(code).contains(expected), "{}", text(code));
        }
        let no_ledger = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_NOTADB), None);
        assert!(matches!(StoreError::opening(Path::new("x"))(no_ledger), StoreError::NotPlano(_)));
    }
}
