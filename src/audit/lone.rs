//! One sealed result by itself: a note, or the text of a QR code. Who signed it is checked with the accreditations.

use crate::protocol::StatementError;
use crate::protocol::carrier::{self, CarrierError};
use crate::protocol::entry::{Body, Sealed};
use crate::protocol::key::PublicKey;
use crate::protocol::people::{Accreditation, Roster};
use crate::protocol::sealed::{SealedEntry, SignatureFault};

/// Why bytes are no sealed result, or not one that its officers signed.
#[derive(Debug, thiserror::Error)]
pub enum LoneError {
    /// The text of another code.
    #[error("the text of the code cannot be read; scan it again")]
    Carrier(#[from] CarrierError),
    /// Not an entry.
    #[error("this is neither the text of a code nor a signed entry")]
    Statement(#[from] StatementError),
    /// An entry of another kind.
    #[error("the entry is a {0:?}, not a sealed result")]
    OtherKind(&'static str),
    /// An accreditation that central did not sign.
    #[error("an accreditation is not signed by the central whose key was given")]
    Accreditation(#[source] StatementError),
    /// The officers did not sign, or nobody accredited them.
    #[error("the result is not signed by the two accredited officers")]
    Signature(#[from] SignatureFault),
}

/// A sealed result as it was read.
#[derive(Debug, Clone)]
pub struct Lone {
    entry: SealedEntry,
    sealed: Sealed,
}

impl Lone {
    /// Reads the text of a code, or a note. No signature is checked yet.
    ///
    /// # Errors
    /// [`LoneError`] when it is no sealed result.
    pub fn read(bytes: &[u8]) -> Result<Self, LoneError> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.trim_start().starts_with(carrier::PREFIX));
        let bytes = match text {
            Some(text) => carrier::decode(text)?.bytes().to_vec(),
            None => bytes.to_vec(),
        };
        let entry = SealedEntry::parse(bytes)?;
        match &entry.entry().body {
            Body::Result(sealed) => Ok(Self { sealed: sealed.clone(), entry }),
            other => Err(LoneError::OtherKind(other.name())),
        }
    }

    /// The entry.
    #[must_use]
    pub const fn entry(&self) -> &SealedEntry {
        &self.entry
    }

    /// What was sealed.
    #[must_use]
    pub const fn sealed(&self) -> &Sealed {
        &self.sealed
    }

    /// Checks both signatures: `accreditations` are the notes of the station as central publishes them, one behind the
    /// other with an empty line between, and `central` signed them.
    ///
    /// # Errors
    /// [`LoneError::Accreditation`] or [`LoneError::Signature`].
    pub fn signed(&self, accreditations: &str, central: &PublicKey) -> Result<(), LoneError> {
        let notes = notes(accreditations).map(|note| Accreditation::verify(note.into_bytes(), central));
        let known = notes.collect::<Result<Vec<_>, _>>().map_err(LoneError::Accreditation)?;
        Ok(self.entry.signed_by(&Roster::of(self.entry.entry().station, known))?)
    }
}

/// The notes in a text: each is a text, an empty line and signatures.
fn notes(text: &str) -> impl Iterator<Item = String> {
    let blocks = text.split("\n\n").map(|block| block.trim_matches('\n'));
    let blocks: Vec<&str> = blocks.filter(|block| !block.is_empty()).collect();
    let notes: Vec<_> = blocks.chunks(2).map(|pair| format!("{}\n", pair.join("\n\n"))).collect();
    notes.into_iter()
}
