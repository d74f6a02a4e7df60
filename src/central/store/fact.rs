//! What central writes down. A fact is never changed or taken back.

use crate::central::filed::Filed;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::annotation::{Annotation, OperatorName};
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::ids::{Slot, StationId};
use crate::protocol::merkle::Node;
use crate::protocol::people::Accreditation;
use crate::protocol::receipt::Received;
use crate::protocol::sealed::SealedEntry;

/// One thing that central writes down. Facts that belong together are committed together.
#[derive(Debug, Clone)]
pub enum Fact {
    /// An enrolment code was issued; only its hash is kept.
    Issued(IssuedHash),
    /// A wrong, used or expired code was tried for this station.
    CodeRefused(StationId, Timestamp),
    /// An officer's key was accredited, and the code is used up.
    Accredited(Box<Accredited>),
    /// An entry extends its station's chain.
    Entry(Box<SealedEntry>),
    /// An entry of another history of a station: kept as evidence, not accepted.
    Diverged(Box<Diverged>),
    /// A sealed result came without its chain.
    Carried(Box<Carried>),
    /// Something about an accepted entry that a person should look at.
    Filed(Box<Filed>),
    /// An operator said something about evidence.
    Annotated(Box<Annotation>),
    /// An operator did something that is no evidence.
    Act(Act),
    /// The next leaf of the log: an entry or a photo was received, or an operator said something.
    Leaf(Leaf),
    /// A subtree of the log became complete.
    Node(Node, Digest),
    /// The log was signed at this size.
    Signed(Box<Checkpoint>),
}

/// A code that was issued. The newest of an officer is the only one that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuedHash {
    /// The officer's station.
    pub station: StationId,
    /// Which officer.
    pub slot: Slot,
    /// Hash of code, station and slot.
    pub hash: Digest,
    /// When it was issued.
    pub at: Timestamp,
    /// From when on it does not work any more.
    pub expires: Timestamp,
}

/// An accreditation, and the wish and code it came from.
#[derive(Debug, Clone)]
pub struct Accredited {
    /// Hash of the code that was used up.
    pub code: Digest,
    /// SHA-256 of the exact bytes of the enrolment.
    pub enrolment: Digest,
    /// When.
    pub at: Timestamp,
    /// What central signed.
    pub accreditation: Accreditation,
}

/// An entry that belongs to another history than the one central holds.
#[derive(Debug, Clone)]
pub struct Diverged {
    /// The entry, signed by officers of the station.
    pub entry: SealedEntry,
    /// When it came.
    pub at: Timestamp,
}

/// A sealed result that came without its chain.
#[derive(Debug, Clone)]
pub struct Carried {
    /// The entry, signed by both officers of the station.
    pub entry: SealedEntry,
    /// When it came.
    pub at: Timestamp,
}

/// A leaf of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its place, from 0.
    pub index: u64,
    /// What it says.
    pub of: Logged,
    /// Its exact bytes.
    pub bytes: Vec<u8>,
}

/// What a leaf of the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// This was received.
    Received(Received),
    /// The annotation with this digest was made.
    Annotated(Digest),
}

/// Something an operator did with central itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: OperatorName,
    /// What.
    pub kind: ActKind,
    /// With what or for whom; empty when the kind says it all.
    pub about: String,
}

/// Kinds of acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActKind {
    /// Logged in.
    LogIn,
    /// Logged out.
    LogOut,
    /// Issued enrolment codes.
    Codes,
    /// Put a script of faults in force.
    FaultsOn,
    /// Ended all faults.
    FaultsOff,
}

impl ActKind {
    /// Every kind, by the name under which it is stored.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::LogIn, "log_in"),
        (Self::LogOut, "log_out"),
        (Self::Codes, "codes"),
        (Self::FaultsOn, "faults_on"),
        (Self::FaultsOff, "faults_off"),
    ];

    /// The name under which it is stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}
