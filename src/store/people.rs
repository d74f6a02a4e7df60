//! Accreditations of the officers, and their tries to unlock a key.

use rusqlite::{OptionalExtension as _, params};

use super::{Doing, Ledger, StoreError, column};
use crate::clock::Timestamp;
use crate::protocol::ids::Slot;
use crate::protocol::people::{Accreditation, Roster};

/// One try of an officer to unlock the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinTry {
    /// Whether the PIN was right.
    pub right: bool,
    /// When, by the station's clock.
    pub at: Timestamp,
}

impl Ledger {
    /// Keeps an accreditation whose signature has been checked. The same one again changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn keep_accreditation(&self, known: &Accreditation, at: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO accreditation (n, slot, from_seq, digest, note, at)
            SELECT (SELECT coalesce(max(n), 0) + 1 FROM accreditation), ?1, ?2, ?3, ?4, ?5
            WHERE NOT EXISTS (SELECT 1 FROM accreditation WHERE digest = ?3)";
        let (slot, digest) = (known.slot().to_string(), known.digest().to_string());
        let row = params![slot, column::integer(known.from_seq().get()), digest, known.note().bytes(), at.to_string()];
        self.db().execute(sql, row).map(drop).map_err(StoreError::sql(Doing::Note))
    }

    /// Everyone whose key signs at this station, each accreditation checked with central's key once more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read or an accreditation in it does not hold.
    pub fn roster(&self) -> Result<Roster, StoreError> {
        let notes = self.accreditations()?.into_iter();
        let known = notes.map(|note| Accreditation::verify(note, &self.founding().central));
        let known = known.collect::<Result<Vec<_>, _>>();
        let known = known.map_err(|_| StoreError::Unreadable { what: "accreditation" })?;
        Ok(Roster::of(self.founding().station, known))
    }

    /// The accreditation notes byte for byte, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn accreditations(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.all(Doing::Read, "SELECT note FROM accreditation ORDER BY n", [], |row| row.get(0))
    }

    /// Writes down a try to unlock the key of `slot`.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; the key must stay locked then.
    pub fn note_pin_try(&self, slot: Slot, tried: PinTry) -> Result<(), StoreError> {
        let sql = "INSERT INTO pin_try (n, slot, accepted, at) SELECT coalesce(max(n), 0) + 1, ?, ?, ? FROM pin_try";
        let row = params![slot.to_string(), tried.right, tried.at.to_string()];
        self.db().execute(sql, row).map(drop).map_err(StoreError::sql(Doing::Note))
    }

    /// How many wrong tries there were since the last right one, and when the last of them was.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn wrong_pins(&self, slot: Slot) -> Result<(u32, Option<Timestamp>), StoreError> {
        let sql = "SELECT count(*) AS wrong, max(at) AS at FROM pin_try WHERE slot = ?1 AND accepted = 0 AND n >
            coalesce((SELECT max(n) FROM pin_try WHERE slot = ?1 AND accepted = 1), 0) HAVING count(*) > 0";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get("wrong")?, Some(column::text(row, "at")?)));
        let found = self.db().query_row(sql, [slot.to_string()], read).optional();
        Ok(found.map_err(StoreError::sql(Doing::Read))?.unwrap_or((0, None)))
    }
}
