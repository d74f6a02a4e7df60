//! An entry in its envelope: exact bytes, digest, signatures. Two doors in: [`SealedEntry::seal`] and [`SealedEntry::parse`].

use super::entry::{Entry, EntryFields};
use super::ids::Slot;
use super::key::PrivateKey;
use super::note::{Note, NoteError};
use super::people::Roster;
use super::statement::{self, StatementError};
use crate::digest::Digest;

/// An entry as it is stored, sent and hashed. Its signatures are checked by [`SealedEntry::signed_by`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    entry: Entry,
    note: Note,
    digest: Digest,
}

/// Why an entry does not count as its officers'.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// Nobody is accredited for this slot at this position.
    #[error("no key is accredited for {slot} at entry {seq}")]
    NoKey {
        /// Which officer.
        slot: Slot,
        /// Which position.
        seq: super::ids::Seq,
    },
    /// The officer's signature is missing or false.
    #[error("the entry is not signed by {slot}")]
    NotSigned {
        /// Which officer.
        slot: Slot,
        /// What is wrong with the signature.
        #[source]
        source: NoteError,
    },
}

impl SealedEntry {
    /// Serializes and signs once; the bytes never change again.
    ///
    /// # Errors
    /// [`StatementError`] when a text in the entry cannot stand in a note.
    pub fn seal(entry: Entry, signers: &[&PrivateKey]) -> Result<Self, StatementError> {
        let note = statement::sign(&EntryFields::from(entry.clone()), signers)?;
        Ok(Self { digest: Digest::of(note.bytes()), note, entry })
    }

    /// Takes bytes apart; no signature is checked yet.
    ///
    /// # Errors
    /// [`StatementError`] when they are no entry.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, StatementError> {
        let note = Note::parse(bytes)?;
        let entry = statement::read::<EntryFields>(&note)?.into();
        Ok(Self { digest: Digest::of(note.bytes()), note, entry })
    }

    /// Checks that every officer who made the entry signed it with the key in force at its position.
    ///
    /// # Errors
    /// The first [`SignatureFault`].
    pub fn signed_by(&self, roster: &Roster) -> Result<(), SignatureFault> {
        let seq = self.entry.seq;
        for &slot in self.entry.by.slots() {
            let known = roster.at(slot, seq).ok_or(SignatureFault::NoKey { slot, seq })?;
            self.note.verify(known.key()).map_err(|source| SignatureFault::NotSigned { slot, source })?;
        }
        Ok(())
    }

    /// What the entry says.
    #[must_use]
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The exact bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.note.bytes()
    }

    /// SHA-256 of the exact bytes.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}
