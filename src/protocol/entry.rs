//! The event catalogue: what can happen at a station, each as one entry of its chain.

use serde::{Deserialize, Serialize};

use super::ids::{Seq, Slot, StationId};
pub use super::paper_kind::PaperKind;
pub use super::picture::{Answered, Image, ImageKind, Light, Source};
use super::statement::Fields;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Answer, Boxes, Head, Page};

/// Who made an entry and signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The first officer alone.
    P1,
    /// The second officer alone.
    P2,
    /// Both together; the note carries two signatures.
    Both,
}

impl By {
    /// The officers whose signatures the note must carry.
    #[must_use]
    pub const fn slots(self) -> &'static [Slot] {
        match self {
            Self::P1 => &[Slot::P1],
            Self::P2 => &[Slot::P2],
            Self::Both => &Slot::BOTH,
        }
    }

    /// The one officer, when it is one.
    #[must_use]
    pub const fn alone(self) -> Option<Slot> {
        match self {
            Self::P1 => Some(Slot::P1),
            Self::P2 => Some(Slot::P2),
            Self::Both => None,
        }
    }
}

impl From<Slot> for By {
    fn from(slot: Slot) -> Self {
        match slot {
            Slot::P1 => Self::P1,
            Slot::P2 => Self::P2,
        }
    }
}

/// One entry of a station's chain, before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose chain.
    pub station: StationId,
    /// Position in it.
    pub seq: Seq,
    /// Digest of the entry before; of the election file for the first.
    pub prev: Digest,
    /// When, by the station's clock: recorded, never trusted.
    pub at: Timestamp,
    /// Who made and signed it.
    pub by: By,
    /// What happened.
    pub body: Body,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The station starts, empty.
    Opened(Opened),
    /// One officer has read one form.
    Read(Read),
    /// A photo of a page of a form.
    Photo(Photo),
    /// A photo of another paper of the TPS.
    Paper(Paper),
    /// A kejadian khusus, in words.
    Incident(Incident),
    /// The sealed result of one form.
    Result(Sealed),
    /// A saksi or pengawas took a copy, or refused it.
    CopyGiven(CopyGiven),
    /// The end of the day.
    Closed(Closed),
}

impl Body {
    /// The event's name, as it stands in the entry.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Read(_) => "read",
            Self::Photo(_) => "photo",
            Self::Paper(_) => "paper",
            Self::Incident(_) => "incident",
            Self::Result(_) => "result",
            Self::CopyGiven(_) => "copy_given",
            Self::Closed(_) => "closed",
        }
    }

    /// The photo whose bytes belong to this entry, when there is one.
    #[must_use]
    pub const fn image(&self) -> Option<&Image> {
        match self {
            Self::Photo(photo) => Some(&photo.image),
            Self::Paper(paper) => Some(&paper.image),
            _ => None,
        }
    }
}

/// `opened`: which election, which officers, which program. Its place at the head of an empty chain is the zero state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Digest of the election file.
    pub election: Digest,
    /// Digests of the accreditations of both officers, p1 first.
    pub accreditations: [Digest; 2],
    /// Name and version of the recording program, `plano 0.1.0`.
    pub program: String,
}

/// `read`: one officer's complete reading of one form, or the boxes that differed read once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Which form.
    pub contest: String,
    /// 1 for the first result of the form, one more for each correction.
    pub revision: u16,
    /// 1 for the blind reading, one more for each re-reading of what differed.
    pub round: u16,
    /// Boxes and head fields that were emptied and read again; none in round 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retyped: Vec<String>,
    /// The times in the form's head.
    pub head: Head,
    /// Every box.
    pub boxes: Boxes,
    /// The officer's answers to the findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
}

/// `photo`: a page of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// Which form.
    pub contest: String,
    /// Which page.
    pub page: Page,
    /// The photo.
    pub image: Image,
    /// An earlier photo of the same page that this one replaces; it stays readable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Digest>,
}

/// `paper`: another paper of the TPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Which paper.
    pub kind: PaperKind,
    /// The form it belongs to, when it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<String>,
    /// The photo.
    pub image: Image,
}

/// `incident`: a kejadian khusus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// What happened, in the officer's words; no personal data.
    pub text: String,
}

/// `result`: what both officers seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Which form.
    pub contest: String,
    /// 1, and one more for each correction.
    pub revision: u16,
    /// Why it was corrected; none in revision 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The times in the form's head.
    pub head: Head,
    /// Every box.
    pub boxes: Boxes,
    /// Answers to the findings of these figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// The photo of each page, or why there is none.
    pub pages: Vec<PagePhoto>,
    /// Digests of the two equal readings, p1's first.
    pub readings: [Digest; 2],
}

/// One page of a sealed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PagePhoto {
    /// Its photo.
    Photo {
        /// Which page.
        page: Page,
        /// The photo's name.
        sha256: Digest,
    },
    /// No photo of it.
    Missing {
        /// Which page.
        page: Page,
        /// Why.
        reason: String,
    },
}

impl PagePhoto {
    /// Which page this is about.
    #[must_use]
    pub const fn page(&self) -> Page {
        match self {
            Self::Photo { page, .. } | Self::Missing { page, .. } => *page,
        }
    }
}

/// `copy_given`: who took a copy of which result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyGiven {
    /// Digest of the `result` entry.
    pub result: Digest,
    /// The saksi of which pair, or the pengawas; no names.
    pub to: Recipient,
    /// Why it was refused; none when it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Who is entitled to a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The saksi of the pair with this number.
    Saksi(u8),
    /// The pengawas TPS.
    Pengawas,
}

/// `closed`: heads and counts at the end of the day; the first 128 bits of its digest go on the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// How many entries the chain has before this one.
    pub entries: u64,
    /// How many photos they name.
    pub photos: u64,
    /// Digests of the results in force, in the order of the contests.
    pub results: Vec<Digest>,
    /// Why a form is not sealed, for each that is not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsealed: Vec<Unsealed>,
}

/// A form that was not sealed by the end of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsealed {
    /// Which form.
    pub contest: String,
    /// Why.
    pub reason: String,
}

/// The fields of an entry in the order in which they are signed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryFields {
    r#type: String,
    station: StationId,
    seq: Seq,
    prev: Digest,
    at: Timestamp,
    by: By,
    body: Body,
}

impl Fields for EntryFields {
    const KIND: &'static str = "plano/entry@1";
}

impl From<Entry> for EntryFields {
    fn from(entry: Entry) -> Self {
        let Entry { station, seq, prev, at, by, body } = entry;
        Self { r#type: Self::KIND.into(), station, seq, prev, at, by, body }
    }
}

impl From<EntryFields> for Entry {
    fn from(fields: EntryFields) -> Self {
        let EntryFields { station, seq, prev, at, by, body, .. } = fields;
        Self { station, seq, prev, at, by, body }
    }
}
