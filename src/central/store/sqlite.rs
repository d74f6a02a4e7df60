//! The ledger on disk: one SQLite file, written ahead and synced at every commit.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::types::Type;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, TransactionBehavior, params};

use super::fact::{Act, Fact, IssuedHash, Leaf, Logged};
use super::ledger::{FiledRow, Ledger, LedgerError};
use super::{sqlite_read, sqlite_write};
use crate::central::filed::Filed;
use crate::digest::Digest;
use crate::protocol::ids::{Seq, Slot, StationId};
use crate::protocol::key::PublicKey;
use crate::protocol::merkle::Node;
use crate::protocol::receipt::{Item, What};

const SCHEMA: &str = include_str!("schema.sql");
/// Marks the file as central's ledger ("PLCL").
const APPLICATION: i32 = 0x504c_434c;
/// Version of the schema.
const VERSION: i32 = 3;
/// The most memory in which a writing connection keeps pages, as SQLite wants it: minus KiB. Taken only as it is needed.
const CACHE: i64 = -64 * 1024;
/// Pages of 4 KiB that are written ahead before they are put in their places: rarer than SQLite's 1,000, because the same
/// page is then put there once for many commits.
const PAGES_AHEAD: i64 = 8_000;
/// How many prepared statements a connection keeps: more than this file has.
const STATEMENTS: usize = 64;

/// A ledger in one SQLite file.
#[derive(Debug)]
pub struct SqliteLedger {
    path: PathBuf,
    connection: Connection,
    central: PublicKey,
    /// Held while this ledger is the one that writes.
    _lock: Option<File>,
}

/// Why a file cannot be central's ledger.
#[derive(Debug, thiserror::Error)]
pub enum OpenLedgerError {
    /// SQLite cannot open or prepare it.
    #[error("opening the ledger {path}")]
    Open {
        /// Which file.
        path: String,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// Another central writes to it.
    #[error("another central works on {path}; stop it first")]
    InUse {
        /// The lock file.
        path: String,
    },
    /// The lock file cannot be made.
    #[error("locking {path}")]
    Lock {
        /// The lock file.
        path: String,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// A database of something else, or of another version of this program.
    #[error("{path} is not a ledger of this version of central; open it with the program that made it")]
    NotOurs {
        /// Which file.
        path: String,
    },
}

impl SqliteLedger {
    /// Opens the ledger at `path`, creating it where there is none. `central` signed the accreditations in it.
    ///
    /// # Errors
    /// [`OpenLedgerError`].
    pub fn open(path: &Path, central: PublicKey) -> Result<Self, OpenLedgerError> {
        let lock = lock(&path.with_extension("lock"))?;
        Ok(Self { _lock: Some(lock), ..Self::prepare(Connection::open(path), central, path)? })
    }

    /// Opens an existing ledger beside the central that works on it, to issue codes. Nothing else may be written so:
    /// central does not look for it.
    ///
    /// # Errors
    /// [`OpenLedgerError`].
    pub fn open_to_issue(path: &Path, central: PublicKey) -> Result<Self, OpenLedgerError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepare(Connection::open_with_flags(path, flags), central, path)
    }

    /// Opens an existing ledger for reading, beside the central that writes to it.
    ///
    /// # Errors
    /// [`OpenLedgerError`].
    pub fn open_to_read(path: &Path, central: PublicKey) -> Result<Self, OpenLedgerError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let failed = |source| OpenLedgerError::Open { path: path.display().to_string(), source };
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        if is_ours(&connection).map_err(failed)? {
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            Ok(Self { path: path.into(), connection, central, _lock: None })
        } else {
            Err(not_ours(path))
        }
    }

    fn prepare(opened: rusqlite::Result<Connection>, central: PublicKey, path: &Path) -> Result<Self, OpenLedgerError> {
        let failed = |source| OpenLedgerError::Open { path: path.display().to_string(), source };
        let mut connection = opened.map_err(failed)?;
        let tables = "SELECT count(*) FROM sqlite_schema";
        let empty = connection.query_row(tables, [], |row| row.get::<_, i64>(0)).map_err(failed)? == 0;
        // The journal mode is kept in the file, the others hold for this connection.
        let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
        connection.execute_batch(pragmas).map_err(failed)?;
        connection.pragma_update(None, "cache_size", CACHE).map_err(failed)?;
        connection.pragma_update(None, "wal_autocheckpoint", PAGES_AHEAD).map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        if empty {
            create(&mut connection).map_err(failed)?;
        }
        if is_ours(&connection).map_err(failed)? {
            Ok(Self { path: path.into(), connection, central, _lock: None })
        } else {
            Err(not_ours(path))
        }
    }

    /// One value of SQLite's settings, for tests and the doctor.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn setting(&self, name: &str) -> rusqlite::Result<String> {
        self.connection.pragma_query_value(None, name, |row| {
            row.get::<_, String>(0).or_else(|_| row.get::<_, i64>(0).map(|number| number.to_string()))
        })
    }
}

/// Takes the lock that only one writing central holds; the system lets go of it when the process ends, however it ends.
fn lock(path: &Path) -> Result<File, OpenLedgerError> {
    let name = || path.display().to_string();
    let opened = File::options().create(true).truncate(false).write(true).open(path);
    let file = opened.map_err(|source| OpenLedgerError::Lock { path: name(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenLedgerError::InUse { path: name() }),
        Err(TryLockError::Error(source)) => Err(OpenLedgerError::Lock { path: name(), source }),
    }
}

fn not_ours(path: &Path) -> OpenLedgerError {
    OpenLedgerError::NotOurs { path: path.display().to_string() }
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

fn is_ours(connection: &Connection) -> rusqlite::Result<bool> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(number("application_id")? == APPLICATION && number("user_version")? == VERSION)
}

impl Ledger for SqliteLedger {
    fn reader(&self) -> Result<Box<dyn Ledger>, LedgerError> {
        let opened = Self::open_to_read(&self.path, self.central.clone());
        opened
            .map(|ledger| Box::new(ledger) as Box<dyn Ledger>)
            .map_err(|source| LedgerError::Read { what: "the file once more", source: source.into() })
    }

    fn commit(&mut self, facts: &[Fact]) -> Result<(), LedgerError> {
        let written = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for fact in facts {
                sqlite_write::fact(&transaction, fact)?;
            }
            transaction.commit()
        })();
        written.map_err(|source| LedgerError::Commit { facts: facts.len(), source: source.into() })
    }

    fn replay(&self, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError> {
        sqlite_read::replay(&self.connection, &self.central, see)
    }

    fn issued(&self, station: StationId, slot: Slot) -> Result<Option<IssuedHash>, LedgerError> {
        let query = "SELECT hash, station, slot, at, expires FROM issued \
                     WHERE station = ?1 AND slot = ?2 ORDER BY id DESC LIMIT 1";
        self.one("a code", query, params![station.to_string(), slot.to_string()], sqlite_read::issued)
    }

    fn entry(&self, station: StationId, seq: Seq) -> Result<Option<Vec<u8>>, LedgerError> {
        let query = "SELECT note FROM entry WHERE station = ?1 AND seq = ?2";
        self.one("an entry", query, params![station.to_string(), number(seq.get())], |row| row.get(0))
    }

    fn place(&self, item: &Item) -> Result<Option<u64>, LedgerError> {
        let query = "SELECT idx FROM leaf WHERE station = ?1 AND kind = ?2 AND digest = ?3";
        let values = params![item.station.to_string(), kind(item.what), item.digest.as_bytes()];
        let found = self.one("a place in the log", query, values, |row| row.get(0).map(i64::cast_unsigned))?;
        // A leaf names an entry's position or a photo's length too: an item with another one is not the same item.
        let Some(index) = found else { return Ok(None) };
        let same = |leaf: &Leaf| matches!(leaf.of, Logged::Received(received) if received.item == *item);
        Ok(self.leaf(index)?.filter(same).map(|leaf| leaf.index))
    }

    fn leaf(&self, index: u64) -> Result<Option<Leaf>, LedgerError> {
        let query = "SELECT idx, bytes FROM leaf WHERE idx = ?1";
        self.one("a leaf", query, params![number(index)], sqlite_read::leaf)
    }

    fn node(&self, node: Node) -> Result<Digest, LedgerError> {
        let query = "SELECT hash FROM node WHERE place = ?1";
        let found = self.one("a node", query, params![number(node.place())], |row| digest(row, 0))?;
        found.ok_or_else(|| LedgerError::Damaged { what: format!("{node:?}") })
    }

    fn covering(&self, index: u64) -> Result<Option<Vec<u8>>, LedgerError> {
        let query = "SELECT note FROM checkpoint WHERE size > ?1 ORDER BY size LIMIT 1";
        self.one("a checkpoint", query, params![number(index)], |row| row.get(0))
    }

    fn diverged(&self, station: StationId) -> Result<Vec<Vec<u8>>, LedgerError> {
        let query = "SELECT note FROM diverged WHERE station = ?1 ORDER BY rowid";
        self.all("other histories", query, &[&station.to_string()], |row| row.get(0))
    }

    fn filed(&self, station: StationId) -> Result<Vec<Filed>, LedgerError> {
        let query = "SELECT id, station, seq, kind, code, text, teks FROM filed WHERE station = ?1 ORDER BY seq, id";
        let rows = self.all("findings", query, &[&station.to_string()], sqlite_read::filed)?;
        Ok(rows.into_iter().map(|row| row.filed).collect())
    }

    fn filed_before(&self, before: u64, most: usize) -> Result<Vec<FiledRow>, LedgerError> {
        let query =
            "SELECT id, station, seq, kind, code, text, teks FROM filed WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        self.all("findings", query, params![before, number(most as u64)], sqlite_read::filed)
    }

    fn acts(&self, most: usize) -> Result<Vec<Act>, LedgerError> {
        let query = "SELECT at, by, kind, about FROM act ORDER BY id DESC LIMIT ?1";
        self.all("acts", query, params![number(most as u64)], sqlite_read::act)
    }
}

impl SqliteLedger {
    fn all<T>(
        &self,
        what: &'static str,
        query: &str,
        values: &[&dyn rusqlite::ToSql],
        take: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(query)?;
            statement.query_map(values, take)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|source| read_error(what, source))
    }

    fn one<T>(
        &self,
        what: &'static str,
        query: &str,
        values: &[&dyn rusqlite::ToSql],
        take: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, LedgerError> {
        let read = || self.connection.prepare_cached(query)?.query_row(values, take).optional();
        read().map_err(|source| read_error(what, source))
    }
}

pub(super) fn read_error(what: &'static str, source: rusqlite::Error) -> LedgerError {
    LedgerError::Read { what, source: source.into() }
}

/// SQLite's integers are signed; no log and no chain comes near 2⁶³.
pub(super) const fn number(value: u64) -> i64 {
    value.cast_signed()
}

pub(super) const fn kind(what: What) -> &'static str {
    match what {
        What::Entry(_) => "entry",
        What::Photo(_) => "photo",
    }
}

/// The digest in a column.
pub(super) fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    row.get(column).map(Digest::from_bytes)
}

/// A text in a column, parsed.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    row.get::<_, String>(column)?.parse().map_err(|error| bad(column, error))
}

/// A column that holds something else than was written there.
pub(super) fn bad(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(error))
}
