//! What is handed in to central, and what central answers when it takes it.

use std::sync::Arc;

use super::log::LastSigned;
use super::refusal::Refusal;
use super::store::Leaf;
use crate::digest::Digest;
use crate::protocol::annotation::{OperatorName, Remark};
use crate::protocol::ids::{Seq, StationId};

/// One thing handed in.
#[derive(Debug, Clone)]
pub enum Submission {
    /// An entry, for this place in this station's chain.
    Entry {
        /// The station it was addressed to.
        station: StationId,
        /// The position it was addressed to.
        seq: Seq,
        /// Its exact bytes.
        bytes: Vec<u8>,
    },
    /// A sealed result without its chain.
    Carried {
        /// The text of a QR code, or the note itself.
        bytes: Vec<u8>,
    },
    /// A photo whose bytes are already durable in the store of photos.
    Photo {
        /// The station it was addressed to.
        station: StationId,
        /// SHA-256 of the bytes as stored.
        sha256: Digest,
        /// Their number.
        bytes: u64,
    },
    /// An officer's wish to be accredited.
    Enrolment {
        /// Its exact bytes.
        bytes: Vec<u8>,
    },
    /// What an operator says about evidence.
    Remark {
        /// Who.
        by: OperatorName,
        /// What.
        remark: Box<Remark>,
    },
}

impl Submission {
    /// What it is, and how many bytes it has, for those who count.
    pub(super) fn measure(&self) -> (&'static str, u64) {
        match self {
            Self::Entry { bytes, .. } => ("entry", bytes.len() as u64),
            Self::Carried { bytes } => ("carried", bytes.len() as u64),
            Self::Photo { bytes, .. } => ("photo", *bytes),
            Self::Enrolment { bytes } => ("enrolment", bytes.len() as u64),
            // Central itself writes it down.
            Self::Remark { .. } => ("remark", 0),
        }
    }
}

/// Whether a thing was new to central.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It was stored just now.
    New,
    /// The very same thing was there already.
    Known,
}

/// What central gives back for a thing that it holds: a receipt, for an enrolment the accreditation, for a remark the
/// annotation, for a carried result where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether it was new.
    pub news: News,
    /// The exact bytes.
    pub bytes: Vec<u8>,
}

/// What central has decided and made durable; the answer can be written out beside other work.
pub(super) enum Granted {
    /// The bytes are there.
    Whole(Answer),
    /// It is new, and this is its leaf of the log.
    Logged(Leaf, Arc<LastSigned>),
}

impl Granted {
    /// Writes the answer out.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub(super) fn answer(self) -> Result<Answer, Refusal> {
        match self {
            Self::Whole(answer) => Ok(answer),
            Self::Logged(leaf, signed) => {
                let bytes = signed.receipt(&leaf).map_err(super::read::broken)?;
                Ok(Answer { news: News::New, bytes })
            }
        }
    }
}
