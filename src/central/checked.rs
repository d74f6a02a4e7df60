//! What can be said of a thing handed in before its turn comes: form, place, signatures. Nothing here depends on order.
//!
//! In scope: everything that costs time and can be done beside other work, by whoever brings the thing.
//! Not here: what depends on what came before it ([`super::accept`], [`super::carried`], [`super::photos`], [`super::enrol`], [`super::annotate`]).

use super::answer::Submission;
use super::index::Index;
use super::refusal::Refusal;
use crate::audit::Lone;
use crate::digest::Digest;
use crate::protocol::annotation::{OperatorName, Remark};
use crate::protocol::election::Election;
use crate::protocol::entry::By;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::key::PublicKey;
use crate::protocol::people::{Enrolment, Roster};
use crate::protocol::sealed::{SealedEntry, SignatureFault};
use crate::protocol::wire::limits;

/// A thing handed in that is what its address takes, of a station that takes part.
pub(super) enum Checked {
    Entry(Box<CheckedEntry>),
    /// A sealed result without its chain.
    Carried(Box<CheckedEntry>),
    Photo {
        station: StationId,
        sha256: Digest,
        bytes: u64,
    },
    Enrolment(Box<CheckedEnrolment>),
    /// An operator's word: whether it may be said depends on what is held.
    Remark(OperatorName, Box<Remark>),
}

/// An entry, and the keys by which its signatures hold.
pub(super) struct CheckedEntry {
    entry: SealedEntry,
    /// The keys of all who made it, when all of them signed.
    signers: Option<Vec<PublicKey>>,
}

/// A wish whose signature holds, and the digest of its bytes.
pub(super) struct CheckedEnrolment {
    pub(super) digest: Digest,
    pub(super) wish: Enrolment,
}

impl Checked {
    /// Checks `submission` as far as that goes before its turn, with whatever `index` knows of its officers.
    ///
    /// # Errors
    /// A [`Refusal`] that no order of events would change.
    pub(super) fn of(submission: Submission, index: &Index) -> Result<Self, Refusal> {
        match submission {
            Submission::Entry { station, seq, bytes } => {
                let entry = readable(index.election(), (station, seq), bytes)?;
                let roster = index.held(station).map(|held| held.officers.roster());
                Ok(Self::Entry(Box::new(CheckedEntry::new(entry, roster))))
            }
            Submission::Carried { bytes } => {
                let entry = carried(index.election(), &bytes)?;
                let roster = index.held(entry.entry().station).map(|held| held.officers.roster());
                Ok(Self::Carried(Box::new(CheckedEntry::new(entry, roster))))
            }
            Submission::Photo { station, sha256, bytes } => {
                takes_part(index.election(), station)?;
                Ok(Self::Photo { station, sha256, bytes })
            }
            Submission::Enrolment { bytes } => wish(index.election(), bytes),
            Submission::Remark { by, remark } => Ok(Self::Remark(by, remark)),
        }
    }
}

impl CheckedEntry {
    fn new(entry: SealedEntry, roster: Option<&Roster>) -> Self {
        // Who is not accredited yet may be when the turn comes: then the signatures are checked there.
        let signed = roster.filter(|roster| entry.signed_by(roster).is_ok());
        let signers = signed.and_then(|roster| keys(&entry, roster));
        Self { entry, signers }
    }

    pub(super) const fn entry(&self) -> &SealedEntry {
        &self.entry
    }

    pub(super) fn into_entry(self) -> SealedEntry {
        self.entry
    }

    /// Whether all who made the entry signed it with the keys that `roster` says are in force: what was found before
    /// counts when the keys are the same.
    ///
    /// # Errors
    /// The first [`SignatureFault`].
    pub(super) fn signed_by(&self, roster: &Roster) -> Result<(), SignatureFault> {
        if self.signers.is_some() && self.signers == keys(&self.entry, roster) {
            return Ok(());
        }
        self.entry.signed_by(roster)
    }
}

/// The keys in force of all who made `entry`; `None` when one of them has none.
fn keys(entry: &SealedEntry, roster: &Roster) -> Option<Vec<PublicKey>> {
    let (slots, seq) = (entry.entry().by.slots(), entry.entry().seq);
    slots.iter().map(|slot| roster.at(*slot, seq).map(|known| known.key().clone())).collect()
}

/// The entry in `bytes`, when it belongs to `place`.
fn readable(election: &Election, place: (StationId, Seq), bytes: Vec<u8>) -> Result<SealedEntry, Refusal> {
    if bytes.len() as u64 > limits::ENTRY_BYTES {
        return Err(Refusal::TooLarge { limit: limits::ENTRY_BYTES });
    }
    let entry = SealedEntry::parse(bytes).map_err(Refusal::Malformed)?;
    let (station, seq) = (entry.entry().station, entry.entry().seq);
    if (station, seq) != place {
        return Err(Refusal::OtherPlace { station, seq });
    }
    takes_part(election, station).map(|()| entry)
}

/// The sealed result in `bytes`, of a station and a form of this election, made by both officers.
fn carried(election: &Election, bytes: &[u8]) -> Result<SealedEntry, Refusal> {
    if bytes.len() as u64 > limits::ENTRY_BYTES {
        return Err(Refusal::TooLarge { limit: limits::ENTRY_BYTES });
    }
    let lone = Lone::read(bytes).map_err(Refusal::Carried)?;
    takes_part(election, lone.entry().entry().station)?;
    let contest = &lone.sealed().contest;
    if election.form(contest).is_none() {
        return Err(Refusal::NotHere(format!("the form {contest}")));
    }
    match lone.entry().entry().by {
        By::Both => Ok(lone.entry().clone()),
        By::P1 | By::P2 => Err(Refusal::NotByBoth),
    }
}

fn wish(election: &Election, bytes: Vec<u8>) -> Result<Checked, Refusal> {
    if bytes.len() as u64 > limits::ENROLMENT_BYTES {
        return Err(Refusal::TooLarge { limit: limits::ENROLMENT_BYTES });
    }
    let digest = Digest::of(&bytes);
    let wish = Enrolment::verify(bytes).map_err(Refusal::Malformed)?;
    let expected = election.digest();
    if wish.election != expected {
        return Err(Refusal::OtherElection { expected, found: wish.election });
    }
    takes_part(election, wish.station)?;
    Ok(Checked::Enrolment(Box::new(CheckedEnrolment { digest, wish })))
}

/// # Errors
/// [`Refusal::UnknownStation`].
pub(super) fn takes_part(election: &Election, station: StationId) -> Result<(), Refusal> {
    election.station(station).map(drop).ok_or(Refusal::UnknownStation(station))
}
