//! What central holds of one station, ready to be asked.

use std::collections::{BTreeMap, HashMap};

use super::officers::Officers;
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;
use crate::protocol::state::State;
use crate::protocol::wire::Missing;

/// One station: its day so far, its officers, its photos.
#[derive(Debug, Clone)]
pub(super) struct Holding {
    pub(super) state: State,
    pub(super) officers: Officers,
    /// Photos that have come whole, and their lengths.
    received: HashMap<Digest, u64>,
}

impl Holding {
    pub(super) fn new(election: &Election, station: StationId) -> Self {
        let state = State::new(election, station);
        Self { state, officers: Officers::default(), received: HashMap::new() }
    }

    /// Takes note of a photo that has come whole.
    pub(super) fn receive(&mut self, sha256: Digest, bytes: u64) {
        self.received.insert(sha256, bytes);
    }

    /// Length of a photo that has come whole.
    pub(super) fn received(&self, sha256: &Digest) -> Option<u64> {
        self.received.get(sha256).copied()
    }

    /// All photos that have come whole, ascending.
    pub(super) fn photos(&self) -> BTreeMap<Digest, u64> {
        self.received.iter().map(|(sha256, bytes)| (*sha256, *bytes)).collect()
    }

    /// Lengths that accepted entries give for a photo: one, unless an entry is wrong.
    pub(super) fn lengths(&self, sha256: &Digest) -> Vec<u64> {
        let named = self.state.photos().iter().filter(|kept| kept.image.sha256 == *sha256);
        named.map(|kept| kept.image.bytes).collect()
    }

    /// Head, and the photos still lacking.
    pub(super) fn missing(&self) -> Missing {
        let mut lacking = BTreeMap::new();
        for (at, kept) in self.state.photos().iter().enumerate() {
            if !self.received.contains_key(&kept.image.sha256) {
                lacking.entry(kept.image.sha256).or_insert(at);
            }
        }
        let mut photos: Vec<(usize, Digest)> = lacking.into_iter().map(|(sha256, at)| (at, sha256)).collect();
        photos.sort_unstable();
        Missing { head: self.state.head(), photos: photos.into_iter().map(|(_, sha256)| sha256).collect() }
    }
}
