//! Whose signature counts: enrolment of an officer's key, and central's accreditation of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ids::{Seq, Slot, StationId};
use super::key::{PrivateKey, PublicKey};
use super::note::Note;
use super::statement::{self, Fields, StatementError};
use crate::clock::Timestamp;
use crate::digest::Digest;

/// An officer's wish to be accredited: carries the single-use code, signed with the new key itself (proof of possession).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    r#type: String,
    /// Digest of the election file.
    pub election: Digest,
    /// The officer's station.
    pub station: StationId,
    /// Which of the two.
    pub slot: Slot,
    /// The new key; its name is [`Slot::key_name`].
    pub key: PublicKey,
    /// The code from the officer's sheet; it works once.
    pub code: String,
}

impl Fields for Enrolment {
    const KIND: &'static str = "plano/enrol@1";
}

impl Enrolment {
    /// Signs the wish with the new key.
    ///
    /// # Errors
    /// [`StatementError::Note`] when the code cannot stand in a note.
    pub fn sign(
        election: Digest,
        (station, slot): (StationId, Slot),
        code: &str,
        key: &PrivateKey,
    ) -> Result<Note, StatementError> {
        let code = code.to_owned();
        let fields = Self { r#type: Self::KIND.into(), election, station, slot, key: key.public(), code };
        statement::sign(&fields, &[key])
    }

    /// Reads a wish and checks that whoever made it holds the key, and that the key is named after the officer.
    ///
    /// # Errors
    /// [`StatementError`].
    pub fn verify(bytes: Vec<u8>) -> Result<Self, StatementError> {
        let note = Note::parse(bytes)?;
        let fields: Self = statement::read(&note)?;
        note.verify(&fields.key)?;
        named(&fields.key, fields.station, fields.slot)?;
        Ok(fields)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accredited {
    r#type: String,
    election: Digest,
    station: StationId,
    slot: Slot,
    key: PublicKey,
    from_seq: Seq,
    at: Timestamp,
}

impl Fields for Accredited {
    const KIND: &'static str = "plano/accreditation@1";
}

/// Central's signed word that a key is an officer's, from one position of the chain on; a later one replaces it.
/// Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accreditation(Arc<Signed>);

#[derive(Debug, PartialEq, Eq)]
struct Signed {
    fields: Accredited,
    note: Note,
}

impl Accreditation {
    /// Accredits the key of `wish`, from `from_seq` on.
    ///
    /// # Errors
    /// [`StatementError::Note`] when the text cannot stand in a note.
    pub fn sign(wish: &Enrolment, from_seq: Seq, at: Timestamp, central: &PrivateKey) -> Result<Self, StatementError> {
        let fields = Accredited {
            r#type: Accredited::KIND.into(),
            election: wish.election,
            station: wish.station,
            slot: wish.slot,
            key: wish.key.clone(),
            from_seq,
            at,
        };
        Ok(Self(Arc::new(Signed { note: statement::sign(&fields, &[central])?, fields })))
    }

    /// Reads an accreditation and checks central's signature.
    ///
    /// # Errors
    /// [`StatementError`].
    pub fn verify(bytes: Vec<u8>, central: &PublicKey) -> Result<Self, StatementError> {
        let note = Note::parse(bytes)?;
        note.verify(central)?;
        let fields: Accredited = statement::read(&note)?;
        named(&fields.key, fields.station, fields.slot)?;
        Ok(Self(Arc::new(Signed { fields, note })))
    }

    /// The election it is for.
    #[must_use]
    pub fn election(&self) -> Digest {
        self.0.fields.election
    }

    /// The officer's station.
    #[must_use]
    pub fn station(&self) -> StationId {
        self.0.fields.station
    }

    /// Which of the two.
    #[must_use]
    pub fn slot(&self) -> Slot {
        self.0.fields.slot
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.0.fields.key
    }

    /// From which position of the chain on the key signs for the officer.
    #[must_use]
    pub fn from_seq(&self) -> Seq {
        self.0.fields.from_seq
    }

    /// The note as signed.
    #[must_use]
    pub fn note(&self) -> &Note {
        &self.0.note
    }

    /// SHA-256 of the note's bytes.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.note.bytes())
    }
}

fn named(key: &PublicKey, station: StationId, slot: Slot) -> Result<(), StatementError> {
    let name = slot.key_name(station);
    if key.name() == name {
        return Ok(());
    }
    Err(StatementError::Kind { expected: "key named after its officer", found: format!("key named {}", key.name()) })
}

/// The accreditations of one station: which key signs for which officer at which position.
#[derive(Debug, Clone, Default)]
pub struct Roster(Vec<Accreditation>);

impl Roster {
    /// The roster of `station` out of accreditations whose signatures have been checked.
    #[must_use]
    pub fn of(station: StationId, accreditations: impl IntoIterator<Item = Accreditation>) -> Self {
        let mut own: Vec<_> = accreditations.into_iter().filter(|known| known.station() == station).collect();
        own.sort_by_key(|known| (known.slot(), known.from_seq()));
        Self(own)
    }

    /// The accreditation in force for `slot` at `seq`: the one with the greatest start that is not after it.
    #[must_use]
    pub fn at(&self, slot: Slot, seq: Seq) -> Option<&Accreditation> {
        self.0.iter().rev().find(|known| known.slot() == slot && known.from_seq() <= seq)
    }

    /// All of them, by officer and start.
    #[must_use]
    pub fn all(&self) -> &[Accreditation] {
        &self.0
    }
}
