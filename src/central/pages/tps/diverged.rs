//! Records of another history of a TPS, each beside the record that central holds in its place.

use super::event::{by, event};
use crate::audit::Source as _;
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::trouble::Trouble;
use crate::digest::Digest;
use crate::protocol::ids::StationId;
use crate::protocol::sealed::SealedEntry;

/// A record, told and as it was signed.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// When, by the station's clock.
    pub(super) at: String,
    /// Who signed it.
    pub(super) by: String,
    /// What happened.
    pub(super) event: String,
    /// SHA-256 of its bytes.
    pub(super) digest: Digest,
    /// The whole note.
    pub(super) note: String,
}

/// Two records that claim one place.
#[derive(Debug, Clone)]
pub(super) struct Fork {
    /// The place.
    pub(super) seq: u64,
    /// The record that central holds there; none when its chain is not that long.
    pub(super) held: Option<Told>,
    /// The record of the other history.
    pub(super) other: Told,
}

/// Every record of another history of `station`.
pub(super) fn forks(
    central: &Central,
    frame: &Frame,
    station: StationId,
    entries: &[SealedEntry],
) -> Result<Vec<Fork>, Trouble> {
    let conflicts = central.conflicts(station)?;
    let parsed = conflicts.into_iter().filter_map(|bytes| SealedEntry::parse(bytes).ok());
    let fork = |other: SealedEntry| Fork {
        seq: other.entry().seq.get(),
        held: entries.iter().find(|held| held.entry().seq == other.entry().seq).map(|held| told(frame, held)),
        other: told(frame, &other),
    };
    Ok(parsed.map(fork).collect())
}

fn told(frame: &Frame, sealed: &SealedEntry) -> Told {
    let entry = sealed.entry();
    Told {
        at: frame.moment(entry.at),
        by: by(frame, entry.by),
        event: event(frame, &entry.body),
        digest: sealed.digest(),
        note: String::from_utf8_lossy(sealed.bytes()).into_owned(),
    }
}
