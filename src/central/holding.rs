//! What central holds of one station, ready to be asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::carried::may_follow;
use super::officers::Officers;
use super::store::Carried;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::receipt::{Received, What};
use crate::protocol::state::State;
use crate::protocol::wire::{Missing, limits};

/// One station: its day so far, its officers, its photos. Copied whenever it changes for the first time after a commit, so it
/// shares what seldom does.
#[derive(Debug, Clone)]
pub(super) struct Holding {
    pub(super) state: State,
    pub(super) officers: Arc<Officers>,
    /// Photos and light copies that have come whole, and their lengths.
    received: HashMap<Digest, u64>,
    heard: Option<[Timestamp; 2]>,
    waiting: Option<Waiting>,
    diverged: Vec<Timestamp>,
    /// Results that came without their chain; shared by all copies.
    carried: Vec<Arc<Carried>>,
}

/// An entry that was handed in before the one it follows; the station sends it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its position.
    pub seq: Seq,
    /// When it came last.
    pub at: Timestamp,
}

impl Holding {
    pub(super) fn new(election: &Election, station: StationId) -> Self {
        let state = State::new(election, station);
        let (officers, received) = (Arc::default(), HashMap::new());
        Self { state, officers, received, heard: None, waiting: None, diverged: Vec::new(), carried: Vec::new() }
    }

    /// Takes note of something that was received, and of when that was.
    pub(super) fn receive(&mut self, received: &Received) {
        let [first, last] = self.heard.unwrap_or([received.at; 2]);
        self.heard = Some([first.min(received.at), last.max(received.at)]);
        if let What::Photo(bytes) = received.item.what {
            self.received.insert(received.item.digest, bytes);
        }
    }

    /// When the station was heard of first and last, by central's clock.
    pub(super) const fn heard(&self) -> Option<[Timestamp; 2]> {
        self.heard
    }

    /// Takes note of an entry that came before the one it follows.
    pub(super) fn wait(&mut self, waiting: Waiting) {
        self.waiting = Some(waiting);
    }

    /// The entry that waits for those before it; `None` when all that came is held.
    pub(super) fn waiting(&self) -> Option<Waiting> {
        self.waiting.filter(|waiting| self.state.head().is_none_or(|head| head.seq < waiting.seq))
    }

    /// Takes note of an entry of another history.
    pub(super) fn diverge(&mut self, at: Timestamp) {
        self.diverged.push(at);
    }

    /// When entries of other histories came.
    pub(super) fn diverged(&self) -> &[Timestamp] {
        &self.diverged
    }

    /// Takes note of a result that came without its chain.
    pub(super) fn carry(&mut self, carried: Carried) {
        self.carried.push(Arc::new(carried));
    }

    /// Those that the chain has neither brought nor contradicted.
    pub(super) fn provisional(&self, election: Digest) -> Vec<Arc<Carried>> {
        let open = self.carried.iter().filter(|one| may_follow(self.state.head(), election, &one.entry));
        open.cloned().collect()
    }

    /// Length of a photo that has come whole.
    pub(super) fn received(&self, sha256: &Digest) -> Option<u64> {
        self.received.get(sha256).copied()
    }

    /// All photos and light copies that have come whole, ascending.
    pub(super) fn photos(&self) -> BTreeMap<Digest, u64> {
        self.received.iter().map(|(sha256, bytes)| (*sha256, *bytes)).collect()
    }

    /// Lengths that accepted entries give for a photo or for a light copy: one, unless an entry is wrong.
    pub(super) fn lengths(&self, sha256: &Digest) -> Vec<u64> {
        let images = || self.state.photos().iter().map(|kept| &kept.image);
        let named = images().filter(|image| image.sha256 == *sha256).map(|image| image.bytes);
        let light = images().filter_map(|image| image.light).filter(|light| light.sha256 == *sha256);
        let light = light.map(|light| light.bytes).filter(|bytes| *bytes <= limits::LIGHT_BYTES);
        named.chain(light).collect()
    }

    /// Head, and the photos still lacking. Nobody has to send a light copy.
    pub(super) fn missing(&self) -> Missing {
        let mut lacking = BTreeMap::new();
        for (at, kept) in self.state.photos().iter().enumerate() {
            if !self.received.contains_key(&kept.image.sha256) {
                lacking.entry(kept.image.sha256).or_insert(at);
            }
        }
        let mut photos: Vec<(usize, Digest)> = lacking.into_iter().map(|(sha256, at)| (at, sha256)).collect();
        photos.sort_unstable();
        Missing {
            head: self.state.head(),
            photos: photos.into_iter().map(|(_, sha256)| sha256).collect(),
            codings: Vec::new(),
        }
    }
}
