//! What an operator of central says about evidence: signed by central, put in the log, never a change of the evidence.
//!
//! In scope: a photo filed under the wrong place, a finding looked at, the zero state before the start.
//! Not here: who may say it (`central`), whether the evidence it speaks of is there (`audit`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::checkpoint::Checkpoint;
use super::ids::{Seq, StationId};
use super::key::{PrivateKey, PublicKey};
use super::note::Note;
use super::receipt::{self, ReceiptError};
use super::state::Shows;
use super::statement::{self, Fields, StatementError};
use crate::clock::Timestamp;
use crate::digest::Digest;

/// The name under which an operator logs in and is named in statements: 1 to 40 of `a`–`z`, `0`–`9`, `.`, `-`, `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OperatorName(String);

/// Why a text is no operator's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an operator's name is 1 to 40 of the letters a to z, digits, dot, hyphen and underscore")]
pub struct NotAName;

impl FromStr for OperatorName {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for OperatorName {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, NotAName> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
        if (1..=40).contains(&text.len()) && text.bytes().all(plain) { Ok(Self(text)) } else { Err(NotAName) }
    }
}

impl From<OperatorName> for String {
    fn from(name: OperatorName) -> Self {
        name.0
    }
}

impl fmt::Display for OperatorName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Where a photo is filed: under which station, as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// The station.
    pub station: StationId,
    /// The page of a form, or another paper.
    pub shows: Shows,
}

/// `moved`: a photo that was filed under one place belongs to another. It is shown at both and taken from neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// SHA-256 of the photo.
    pub photo: Digest,
    /// Where the station's entry filed it.
    pub from: Filing,
    /// Where it belongs; the same as `from` takes an earlier `moved` back.
    pub to: Filing,
    /// Why.
    pub note: String,
}

impl fmt::Display for Filing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shows {
            Shows::Page { contest, page } => write!(out, "{} {contest} {page}", self.station),
            Shows::Paper(kind) => write!(out, "{} {}", self.station, kind.name()),
        }
    }
}

impl fmt::Display for Moved {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} → {}", self.from, self.to)
    }
}

/// `handled`: a person looked at a finding or an alarm about an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handled {
    /// Whose entry.
    pub station: StationId,
    /// Its position.
    pub seq: Seq,
    /// Its digest.
    pub entry: Digest,
    /// What was found: the code of a rule (`E302`), the name of a violation, or [`DIVERGED`].
    pub code: String,
    /// What came of it.
    pub note: String,
}

/// The code of the alarm about an entry of a second history.
pub const DIVERGED: &str = "diverged";

/// `zero`: nothing had been received when this was said. It is the first leaf of the log, which proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zero {
    /// Leaves in the log: none.
    pub log_size: u64,
    /// Stations that take part.
    pub stations: u64,
}

/// What an annotation says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Remark {
    /// A photo belongs elsewhere.
    Moved(Moved),
    /// A finding was looked at.
    Handled(Handled),
    /// Nothing has been received.
    Zero(Zero),
}

impl Remark {
    /// Whether it is about a station that `is_meant`; the zero state is about all of them.
    pub fn concerns_any(&self, is_meant: impl Fn(StationId) -> bool) -> bool {
        match self {
            Self::Moved(moved) => is_meant(moved.from.station) || is_meant(moved.to.station),
            Self::Handled(handled) => is_meant(handled.station),
            Self::Zero(_) => true,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Annotated {
    r#type: String,
    election: Digest,
    at: Timestamp,
    by: OperatorName,
    remark: Remark,
}

impl Fields for Annotated {
    const KIND: &'static str = "plano/annotation@1";
}

/// An operator's word, signed by central.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    fields: Annotated,
    note: Note,
}

impl Annotation {
    /// Signs what an operator says.
    ///
    /// # Errors
    /// [`StatementError::Note`] when a text cannot stand in a note.
    pub fn sign(
        election: Digest,
        (by, at): (OperatorName, Timestamp),
        remark: Remark,
        central: &PrivateKey,
    ) -> Result<Self, StatementError> {
        let fields = Annotated { r#type: Annotated::KIND.into(), election, at, by, remark };
        Ok(Self { note: statement::sign(&fields, &[central])?, fields })
    }

    /// Reads an annotation and checks central's signature.
    ///
    /// # Errors
    /// [`StatementError`].
    pub fn verify(bytes: Vec<u8>, central: &PublicKey) -> Result<Self, StatementError> {
        let note = Note::parse(bytes)?;
        note.verify(central)?;
        Ok(Self { fields: statement::read(&note)?, note })
    }

    /// The election it is about.
    #[must_use]
    pub const fn election(&self) -> Digest {
        self.fields.election
    }

    /// When, by central's clock.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.fields.at
    }

    /// Who said it.
    #[must_use]
    pub const fn by(&self) -> &OperatorName {
        &self.fields.by
    }

    /// What was said.
    #[must_use]
    pub const fn remark(&self) -> &Remark {
        &self.fields.remark
    }

    /// The note as signed.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// SHA-256 of the note's bytes.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.note.bytes())
    }
}

const LEAF: &str = "plano/annotated@1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leaf {
    r#type: String,
    annotation: Digest,
}

/// The leaf of the log for an annotation: its digest. One compact JSON object and a newline.
#[must_use]
pub fn leaf(annotation: &Digest) -> Vec<u8> {
    // Strings alone: serde_json has nothing to refuse.
    let mut bytes = serde_json::to_vec(&Leaf { r#type: LEAF.into(), annotation: *annotation }).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The digest that a leaf names; `None` when it is not the leaf of an annotation.
#[must_use]
pub fn of_leaf(leaf: &[u8]) -> Option<Digest> {
    let leaf: Leaf = serde_json::from_slice(leaf).ok()?;
    (leaf.r#type == LEAF).then_some(leaf.annotation)
}

/// Where in the log an annotation stands, proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    index: u64,
    checkpoint: Checkpoint,
}

impl Logged {
    /// Reads a tlog-proof, and checks that it proves the annotation with this digest.
    ///
    /// # Errors
    /// [`ReceiptError`]; [`ReceiptError::Leaf`] when it proves something else.
    pub fn verify(proof: &[u8], annotation: &Digest, key: &PublicKey) -> Result<Self, ReceiptError> {
        let proven = receipt::proven(proof, key)?;
        if of_leaf(&proven.leaf) == Some(*annotation) {
            Ok(Self { index: proven.index, checkpoint: proven.checkpoint })
        } else {
            Err(ReceiptError::Leaf)
        }
    }

    /// Place of its leaf in the log, from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint that covers it.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        for good in ["siti", "a.b-c_9", &"x".repeat(40)] {
            assert_eq!(good.parse::<OperatorName>().map(String::from).as_deref(), Ok(good));
        }
        for bad in ["", "Siti", "a b", "a\n", "é", &"x".repeat(41)] {
            assert_eq!(bad.parse::<OperatorName>(), Err(NotAName), "{bad:?}");
        }
    }

    #[test]
    fn a_leaf_names_its_annotation_and_no_other_leaf_passes_for_one() {
        let digest = Digest::of(b"annotation");
        assert_eq!(of_leaf(&leaf(&digest)), Some(digest));
        let other = String::from_utf8(leaf(&digest)).expect("text").replace("annotated@1", "received@1");
        assert_eq!(of_leaf(other.as_bytes()), None);
    }
}
