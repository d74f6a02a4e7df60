//! The ledger: entries are appended, never changed, and read back byte for byte.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Params, Row, Transaction, TransactionBehavior, params};

use super::{Doing, Founding, StoreError, column, connect, founding};
use crate::clock::Timestamp;
use crate::protocol::chain::{self, ChainHead};
use crate::protocol::ids::Seq;
use crate::protocol::receipt::What;
use crate::protocol::sealed::SealedEntry;

/// One connection to a station's ledger. Several may be open at once, in one process or many; a thread has its own.
#[derive(Debug)]
pub struct Ledger {
    db: Connection,
    path: PathBuf,
    founding: Founding,
}

impl Ledger {
    /// Sets up the ledger of a new station in a file that must not exist yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`], or what the disk refuses.
    pub fn create(path: &Path, founding: &Founding, url: &str, at: Timestamp) -> Result<Self, StoreError> {
        let db = connect::create(path)?;
        let failed = || StoreError::sql(Doing::Create);
        let setup = Transaction::new_unchecked(&db, TransactionBehavior::Immediate).map_err(failed())?;
        founding::write(&setup, founding, at).map_err(failed())?;
        founding::write_url(&setup, url, at).map_err(failed())?;
        setup.commit().map_err(failed())?;
        Ok(Self { db, path: path.to_owned(), founding: founding.clone() })
    }

    /// Opens a station's ledger, and brings an older schema up to date.
    ///
    /// # Errors
    /// [`StoreError`]; a file that is no ledger is left as it is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let db = connect::open(path)?;
        let founding = founding::read(&db)?;
        Ok(Self { db, path: path.to_owned(), founding })
    }

    /// Station, election and central's key.
    #[must_use]
    pub const fn founding(&self) -> &Founding {
        &self.founding
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The settings of this connection on which the promises above rest, as SQLite names them.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub fn settings(&self) -> Result<Vec<(&'static str, String)>, StoreError> {
        connect::settings(&self.db).map_err(StoreError::sql(Doing::Read))
    }

    /// How long an append waits for another writer before it says [`StoreError::Busy`]; five seconds unless set.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses.
    pub fn set_patience(&self, patience: Duration) -> Result<(), StoreError> {
        self.db.busy_timeout(patience).map_err(StoreError::sql(Doing::Open))
    }

    /// Lets the file grow to at most so many pages of 4 KiB, so that a ledger cannot fill the disk; never below its
    /// present size, which is what it answers.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses.
    pub fn limit_pages(&self, pages: u32) -> Result<u32, StoreError> {
        let sql = format!("PRAGMA max_page_count = {pages}");
        self.db.query_row(&sql, [], |row| row.get(0)).map_err(StoreError::sql(Doing::Open))
    }

    pub(super) const fn db(&self) -> &Connection {
        &self.db
    }

    /// Appends an entry and, in the same transaction, one outbox item for it and one for the photo it names.
    ///
    /// **Durable when it returns.** The photo itself must be durable before. The very same entry once more changes
    /// nothing and is no error, so that an append whose answer was lost can be repeated.
    ///
    /// # Errors
    /// [`StoreError::Chain`] when another entry was appended in between; nothing is written then.
    pub fn append(&self, entry: &SealedEntry) -> Result<(), StoreError> {
        if entry.entry().station != self.founding.station {
            return Err(StoreError::OtherStation);
        }
        let failed = || StoreError::sql(Doing::Append);
        let step = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate).map_err(failed())?;
        if self.digest_at(entry.entry().seq)?.as_deref() == Some(&entry.digest().to_string()) {
            return Ok(());
        }
        chain::extend(self.head()?, self.founding.election.digest(), entry).map_err(StoreError::Chain)?;
        insert_entry(&step, entry).map_err(failed())?;
        step.commit().map_err(failed())
    }

    /// The last entry's position and digest.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn head(&self) -> Result<Option<ChainHead>, StoreError> {
        let sql = "SELECT seq, digest FROM entry ORDER BY seq DESC LIMIT 1";
        let read = |row: &Row<'_>| Ok((column::number(row, "seq")?, column::text(row, "digest")?));
        let head = self.db.query_row(sql, [], read).optional().map_err(StoreError::sql(Doing::Read))?;
        Ok(head.and_then(|(seq, digest)| Some(ChainHead { seq: Seq::new(seq)?, digest })))
    }

    /// The entry at `seq`.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn entry(&self, seq: Seq) -> Result<Option<SealedEntry>, StoreError> {
        let sql = "SELECT note FROM entry WHERE seq = ?";
        let note = self.db.query_row(sql, [column::integer(seq.get())], |row| row.get::<_, Vec<u8>>(0)).optional();
        note.map_err(StoreError::sql(Doing::Read))?.map(|note| parse(seq, note)).transpose()
    }

    /// All entries, the first first.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn entries(&self) -> Result<Vec<SealedEntry>, StoreError> {
        self.entries_from(Seq::FIRST)
    }

    /// The entries from `seq` on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn entries_from(&self, seq: Seq) -> Result<Vec<SealedEntry>, StoreError> {
        let sql = "SELECT seq, note FROM entry WHERE seq >= ? ORDER BY seq";
        let read = |row: &Row<'_>| Ok((column::number(row, "seq")?, row.get::<_, Vec<u8>>("note")?));
        let rows = self.all(Doing::Read, sql, [column::integer(seq.get())], read)?;
        rows.into_iter().filter_map(|(seq, note)| Some(parse(Seq::new(seq)?, note))).collect()
    }

    fn digest_at(&self, seq: Seq) -> Result<Option<String>, StoreError> {
        let sql = "SELECT digest FROM entry WHERE seq = ?";
        let digest = self.db.query_row(sql, [column::integer(seq.get())], |row| row.get(0)).optional();
        digest.map_err(StoreError::sql(Doing::Append))
    }

    /// All rows of a query.
    pub(super) fn all<T>(
        &self,
        doing: Doing,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut query = self.db.prepare_cached(sql).map_err(StoreError::sql(doing))?;
        let rows = query.query_map(params, read).map_err(StoreError::sql(doing))?;
        rows.collect::<Result<_, _>>().map_err(StoreError::sql(doing))
    }
}

fn parse(seq: Seq, note: Vec<u8>) -> Result<SealedEntry, StoreError> {
    SealedEntry::parse(note).map_err(|source| StoreError::Entry { seq, source })
}

fn insert_entry(db: &Connection, sealed: &SealedEntry) -> rusqlite::Result<()> {
    let entry = sealed.entry();
    let (seq, digest) = (column::integer(entry.seq.get()), sealed.digest().to_string());
    let sql = "INSERT INTO entry (seq, prev, digest, note) VALUES (?, ?, ?, ?)";
    db.execute(sql, params![seq, entry.prev.to_string(), digest, sealed.bytes()])?;
    insert_item(db, seq, What::Entry(entry.seq), &digest, sealed.bytes().len() as u64)?;
    match entry.body.image() {
        Some(image) => insert_item(db, seq, What::Photo(image.bytes), &image.sha256.to_string(), image.bytes),
        None => Ok(()),
    }
}

/// A photo that an earlier entry has named already is not delivered twice.
fn insert_item(db: &Connection, seq: i64, what: What, digest: &str, bytes: u64) -> rusqlite::Result<()> {
    let what = match what {
        What::Entry(_) => "entry",
        What::Photo(_) => "photo",
    };
    let sql = "INSERT INTO item (n, entry, what, digest, bytes)
        SELECT (SELECT coalesce(max(n), 0) + 1 FROM item), ?1, ?2, ?3, ?4
        WHERE NOT EXISTS (SELECT 1 FROM item WHERE what = ?2 AND digest = ?3)";
    db.execute(sql, params![seq, what, digest, column::integer(bytes)]).map(drop)
}
