//! The signed head of the log: a [C2SP checkpoint](https://c2sp.org/tlog-checkpoint).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{PrivateKey, PublicKey};
use super::note::{Note, NoteError, SignatureLine};
use crate::digest::Digest;

/// Why a note is no checkpoint of the log that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not a signed note, or not signed by the log.
    #[error("the checkpoint is not signed by the log")]
    Note(#[from] NoteError),
    /// Not origin, size, root.
    #[error("the text of a checkpoint is its origin, a size and a root hash, a line each")]
    Shape,
    /// Another log's.
    #[error("the checkpoint is of the log {found:?}, not of {expected:?}")]
    Origin {
        /// The log that was asked for.
        expected: String,
        /// The first line found.
        found: String,
    },
}

/// Size and root of a log at one moment, signed by the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    size: u64,
    root: Digest,
    note: Note,
}

impl Checkpoint {
    /// Signs the head of a log; its origin is the name of `key`.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] when the origin cannot stand in a note.
    pub fn sign(size: u64, root: Digest, key: &PrivateKey) -> Result<Self, CheckpointError> {
        let origin = key.public();
        let text = format!("{}\n{size}\n{}\n", origin.name(), STANDARD.encode(root.as_bytes()));
        Ok(Self { size, root, note: Note::sign(&text, &[key])? })
    }

    /// Reads a checkpoint of the log whose key is `key`, and checks its signature.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn verify(bytes: Vec<u8>, key: &PublicKey) -> Result<Self, CheckpointError> {
        let note = Note::parse(bytes)?;
        note.verify(key)?;
        let mut lines = note.text().lines();
        let origin = lines.next().ok_or(CheckpointError::Shape)?;
        if origin != key.name() {
            return Err(CheckpointError::Origin { expected: key.name().into(), found: origin.into() });
        }
        let size = lines.next().and_then(decimal).ok_or(CheckpointError::Shape)?;
        let root = lines.next().and_then(hash).ok_or(CheckpointError::Shape)?;
        Ok(Self { size, root, note })
    }

    /// The same with one more signature of a witness, in place of its earlier one.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] when it carries as many signatures as a note may.
    pub fn with_signature(&self, line: &SignatureLine) -> Result<Self, CheckpointError> {
        Ok(Self { note: self.note.with_signature(line)?, ..*self })
    }

    /// The same with the signature of the log alone, without any witness's.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] when `key` is not the log's.
    pub fn without_cosignatures(&self, key: &PublicKey) -> Result<Self, CheckpointError> {
        Ok(Self { note: self.note.only_by(key)?, ..*self })
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.note.text().lines().next().unwrap_or_default()
    }

    /// How many leaves the log has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over them.
    #[must_use]
    pub const fn root(&self) -> Digest {
        self.root
    }

    /// The note as signed.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }
}

/// A number without sign or leading zeros, as the specification writes it.
pub(super) fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

/// A hash in base64 with padding.
pub(super) fn hash(text: &str) -> Option<Digest> {
    STANDARD.decode(text).ok()?.try_into().ok().map(Digest::from_bytes)
}
