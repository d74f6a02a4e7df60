//! A consistent copy of the ledger while it is in use, and the check that a copy is sound.

use std::fs::File;
use std::path::Path;

use rusqlite::Row;

use super::error::Unsound;
use super::outbox::item_of;
use super::{Doing, Ledger, StoreError, column, durable, migrate};
use crate::digest::Digest;
use crate::protocol::chain;
use crate::protocol::ids::Seq;
use crate::protocol::receipt::{Item, Receipt, What};
use crate::protocol::sealed::SealedEntry;

impl Ledger {
    /// Copies the ledger, as it stands at one moment, into a file that must not exist yet. Writers are not held up.
    ///
    /// **Durable when it returns.**
    ///
    /// # Errors
    /// [`StoreError::Exists`], or what the disk refuses.
    pub fn back_up(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let name = to.to_str().ok_or_else(|| StoreError::Name(to.to_owned()))?;
        self.db().execute("VACUUM INTO ?", [name]).map_err(StoreError::sql(Doing::Backup))?;
        let synced = File::open(to).and_then(|file| file.sync_all());
        let folder = to.parent().unwrap_or_else(|| Path::new("."));
        synced
            .and_then(|()| durable::sync_folder(folder))
            .map_err(|source| StoreError::Sync { path: to.to_owned(), source })
    }

    /// Checks all that a ledger promises: the file, the guards in it, the chain, an outbox that matches the entries, and
    /// the receipts by which items have left it.
    ///
    /// Signatures and photos are for the caller, who has them.
    ///
    /// # Errors
    /// [`StoreError::Unsound`] with the first thing that is wrong.
    pub fn check(&self) -> Result<(), StoreError> {
        let failed = || StoreError::sql(Doing::Read);
        let verdict: String =
            self.db().query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(failed())?;
        if verdict != "ok" {
            return Err(StoreError::Unsound(Unsound::File(verdict)));
        }
        self.check_schema()?;
        let mut head = None;
        for Filed { seq, prev, digest, note } in self.filed()? {
            let seq = Seq::new(seq).unwrap_or(Seq::FIRST);
            let sealed = SealedEntry::parse(note).map_err(|source| StoreError::Entry { seq, source })?;
            let entry = sealed.entry();
            if (seq, prev, digest) != (entry.seq, entry.prev, sealed.digest()) {
                return Err(StoreError::Unsound(Unsound::Filed(seq)));
            }
            let extended = chain::extend(head, self.founding().election.digest(), &sealed);
            head = Some(extended.map_err(|broken| StoreError::Unsound(Unsound::Chain(broken)))?);
            self.check_items(&sealed)?;
        }
        for (item, receipt) in self.receipts()? {
            let proof = Receipt::verify(&receipt, &self.founding().central).and_then(|known| known.covers(&item));
            proof.map_err(|_| StoreError::Unsound(Unsound::Receipt(Box::new(item))))?;
        }
        Ok(())
    }

    /// A file whose guards were taken out could be edited without a trace.
    fn check_schema(&self) -> Result<(), StoreError> {
        let failed = || StoreError::sql(Doing::Read);
        let (found, made) =
            (migrate::schema(self.db()).map_err(failed())?, migrate::newest_schema().map_err(failed())?);
        let odd =
            found.iter().find(|part| !made.contains(part)).or_else(|| made.iter().find(|part| !found.contains(part)));
        match odd {
            Some((name, _)) => Err(StoreError::Unsound(Unsound::Schema(name.clone()))),
            None => Ok(()),
        }
    }

    fn check_items(&self, sealed: &SealedEntry) -> Result<(), StoreError> {
        let seq = sealed.entry().seq;
        let item = |what, digest| Item { station: self.founding().station, what, digest };
        let mut named = vec![item(What::Entry(seq), sealed.digest())];
        named.extend(sealed.entry().body.image().map(|image| item(What::Photo(image.bytes), image.sha256)));
        let sql = "SELECT * FROM item WHERE entry = ? ORDER BY n";
        let read = |row: &Row<'_>| item_of(row, self.founding().station);
        let kept = self.all(Doing::Read, sql, [column::integer(seq.get())], read)?;
        let missing = named.iter().any(|item| !self.holds(item).unwrap_or(false));
        let strange = kept.iter().any(|item| !named.contains(item));
        if missing || strange { Err(StoreError::Unsound(Unsound::Items(seq))) } else { Ok(()) }
    }

    fn filed(&self) -> Result<Vec<Filed>, StoreError> {
        let sql = "SELECT seq, prev, digest, note FROM entry ORDER BY seq";
        self.all(Doing::Read, sql, [], |row| {
            Ok(Filed {
                seq: column::number(row, "seq")?,
                prev: column::text(row, "prev")?,
                digest: column::text(row, "digest")?,
                note: row.get("note")?,
            })
        })
    }
}

/// An entry's note with the columns under which it is filed.
struct Filed {
    seq: u64,
    prev: Digest,
    digest: Digest,
    note: Vec<u8>,
}
