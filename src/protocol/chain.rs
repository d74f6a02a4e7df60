//! A station's chain of entries: how it grows, and the two ways in which it can break.

use serde::{Deserialize, Serialize};

use super::ids::Seq;
use super::sealed::SealedEntry;
use crate::digest::Digest;

/// The last entry of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainHead {
    /// Its position.
    pub seq: Seq,
    /// SHA-256 of its bytes.
    pub digest: Digest,
}

/// Why an entry does not extend a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// Entries before it are missing.
    #[error("entry {found} does not follow: entry {expected} is missing")]
    Gap {
        /// The position that comes next.
        expected: Seq,
        /// The position of the entry.
        found: Seq,
    },
    /// Its place is taken, or it names another predecessor: two histories of one station.
    #[error("entry {seq} belongs to another history of this station")]
    Diverged {
        /// The position of the entry.
        seq: Seq,
    },
}

/// The position of the next entry, and the digest it must name as its predecessor.
///
/// The first entry names the election file, so that chains of different elections cannot be joined.
#[must_use]
pub fn next(head: Option<ChainHead>, election: Digest) -> (Seq, Digest) {
    head.map_or((Seq::FIRST, election), |head| (head.seq.next(), head.digest))
}

/// The head after `entry`, when `entry` extends the chain that ends at `head`.
///
/// # Errors
/// [`Break`]. An entry at or before the head is always [`Break::Diverged`] here: whether it is the very same entry once
/// more is for the keeper of the chain to look up.
pub fn extend(head: Option<ChainHead>, election: Digest, entry: &SealedEntry) -> Result<ChainHead, Break> {
    let (expected, prev) = next(head, election);
    let found = entry.entry().seq;
    if found > expected {
        return Err(Break::Gap { expected, found });
    }
    if found < expected || entry.entry().prev != prev {
        return Err(Break::Diverged { seq: found });
    }
    Ok(ChainHead { seq: found, digest: entry.digest() })
}
