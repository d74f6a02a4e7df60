//! Why central refuses, each with the problem that the sender is told.

use std::sync::Arc;
use std::time::Duration;

use super::annotate::RemarkFault;
use super::keeper::CentralError;
use crate::audit::LoneError;
use crate::digest::Digest;
use crate::photo::FolderError;
use crate::protocol::StatementError;
use crate::protocol::chain::ChainHead;
use crate::protocol::checkpoint::CheckpointError;
use crate::protocol::ids::{Seq, Slot, StationId};
use crate::protocol::sealed::SignatureFault;
use crate::protocol::wire::{Problem, ProblemKind};

/// Why something was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no entry or no enrolment.
    #[error("the bytes handed in are not what this address takes")]
    Malformed(#[source] StatementError),
    /// What was carried here is no sealed result.
    #[error("the text is not a sealed result; scan the code again")]
    Carried(#[source] LoneError),
    /// A result that one officer made alone.
    #[error("the result is not by both officers; scan the code of the sealed result")]
    NotByBoth,
    /// The entry says another place than the address.
    #[error("the entry says that it is entry {seq} of {station}; send it to the address of that place")]
    OtherPlace {
        /// The station in the entry.
        station: StationId,
        /// The position in the entry.
        seq: Seq,
    },
    /// The enrolment is for another election.
    #[error("the enrolment is for the election {found}, and this is {expected}; get the right election file")]
    OtherElection {
        /// Digest of this election's file.
        expected: Digest,
        /// Digest in the enrolment.
        found: Digest,
    },
    /// The station does not take part.
    #[error("the station {0} does not take part in this election; check the number")]
    UnknownStation(StationId),
    /// There is nothing at this address.
    #[error("{0} is not here")]
    NotHere(String),
    /// Not signed by accredited officers.
    #[error("the entry does not count as its officers'")]
    Signature(#[source] SignatureFault),
    /// Entries before it are missing.
    #[error("entries before entry {found} are missing; send those after the head that is held here")]
    Gap {
        /// The position of the entry handed in.
        found: Seq,
        /// The head that is held.
        head: Option<ChainHead>,
    },
    /// It belongs to another history; it was kept beside the one that is held.
    #[error("entry {seq} belongs to another history of the station; both are kept, a person has to look")]
    Diverged {
        /// The position of the entry handed in.
        seq: Seq,
        /// The head that is held.
        head: Option<ChainHead>,
    },
    /// No accepted entry names the photo.
    #[error("no accepted entry of {station} names the photo {}; send the entry first", sha256.short())]
    UnnamedPhoto {
        /// The station.
        station: StationId,
        /// The photo.
        sha256: Digest,
    },
    /// The photo has another length than the entry says.
    #[error("the photo {} has {found} bytes, and its entry names {expected}; send the file unchanged", sha256.short())]
    PhotoLength {
        /// The photo.
        sha256: Digest,
        /// As named.
        expected: u64,
        /// As announced or come.
        found: u64,
    },
    /// The code does not work, or not any more.
    #[error("the code is not valid for {slot} of {station}: wrong, used, replaced or expired; ask KPU for a new one")]
    Code {
        /// The station.
        station: StationId,
        /// The officer.
        slot: Slot,
    },
    /// Too many wrong codes.
    #[error("too many wrong codes for {station}; wait {} seconds", wait.as_secs())]
    TooManyCodes {
        /// The station.
        station: StationId,
        /// How long to wait.
        wait: Duration,
    },
    /// Not a checkpoint of this log.
    #[error("what was handed in is no checkpoint of this log")]
    Checkpoint(#[source] CheckpointError),
    /// No accepted witness cosigned.
    #[error("no witness that counts here cosigned this checkpoint; give the operator the public key of the witness")]
    NotAWitness,
    /// Central's key signed it, and the log is another.
    #[error("the log does not hold what was signed for {size} leaves: it has two histories; keep both checkpoints")]
    OtherLog {
        /// Leaves of the checkpoint.
        size: u64,
    },
    /// Larger than the limit.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The bytes are not those of the digest.
    #[error("the bytes that came are not those of {}; send them again", .0.short())]
    OtherBytes(Digest),
    /// The store of photos does not work now.
    #[error("central cannot store photos now; try again later")]
    PhotoStore(#[source] FolderError),
    /// Central cannot write or read its own store now.
    #[error("central cannot work now; try again later")]
    Central(#[source] Arc<CentralError>),
    /// What an operator says cannot be taken.
    #[error("an operator's word was not taken")]
    Remark(#[source] RemarkFault),
    /// More has been handed in than central can write just now.
    #[error("central has too much to write just now; try again later")]
    Busy,
    /// Central is being shut down.
    #[error("central is being shut down; try again later")]
    Closing,
}

impl Refusal {
    /// The kind of problem the sender is told.
    #[must_use]
    pub const fn kind(&self) -> ProblemKind {
        match self {
            Self::Malformed(_)
            | Self::Carried(_)
            | Self::OtherPlace { .. }
            | Self::OtherElection { .. }
            | Self::Checkpoint(_)
            | Self::Remark(_) => ProblemKind::Malformed,
            Self::UnknownStation(_) | Self::NotHere(_) => ProblemKind::Unknown,
            Self::Signature(_) | Self::NotByBoth | Self::NotAWitness => ProblemKind::Signature,
            Self::Gap { .. } => ProblemKind::Gap,
            Self::Diverged { .. } | Self::OtherLog { .. } => ProblemKind::Diverged,
            Self::UnnamedPhoto { .. } => ProblemKind::UnnamedPhoto,
            Self::PhotoLength { .. } | Self::OtherBytes(_) => ProblemKind::Digest,
            Self::Code { .. } => ProblemKind::Code,
            Self::TooManyCodes { .. } | Self::Busy => ProblemKind::Busy,
            Self::TooLarge { .. } => ProblemKind::TooLarge,
            Self::PhotoStore(FolderError::Full { .. }) => ProblemKind::Full,
            Self::PhotoStore(_) | Self::Central(_) | Self::Closing => ProblemKind::Unavailable,
        }
    }

    /// When it is worth trying again, for problems that pass.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooManyCodes { wait, .. } => Some(*wait),
            Self::PhotoStore(_) | Self::Central(_) | Self::Busy | Self::Closing => Some(Duration::from_secs(5)),
            _ => None,
        }
    }

    /// The problem as it goes over the wire. What is wrong inside central stays in its own log.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let detail = match self {
            Self::Malformed(source) => format!("{self}: {source}"),
            Self::Carried(source) => format!("{self}: {source}"),
            Self::Signature(source) => format!("{self}: {source}"),
            Self::Remark(source) => format!("{self}: {source}"),
            Self::Checkpoint(source) => format!("{self}: {source}"),
            _ => self.to_string(),
        };
        let head = match self {
            Self::Gap { head, .. } | Self::Diverged { head, .. } => *head,
            _ => None,
        };
        Problem::new(self.kind(), detail).with_head(head)
    }
}

/// Why a submission is not answered with what it asks for: its own fault, or central's, which stops the whole batch.
pub(super) enum Stop {
    /// The sender is told.
    Refused(Refusal),
    /// Nothing of the batch counts.
    Broken(CentralError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<T: Into<CentralError>> From<T> for Stop {
    fn from(error: T) -> Self {
        Self::Broken(error.into())
    }
}
