//! What central knows without asking the ledger: the fold of all facts. The same fold at start and in ordinary work.

use std::collections::{BTreeMap, HashSet};

use super::holding::Holding;
use super::recap::Recap;
use super::store::Fact;
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::entry::Body;
use crate::protocol::ids::StationId;
use crate::protocol::receipt::What;
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::Violation;

/// Where things stand.
#[derive(Debug, Clone)]
pub(super) struct Index {
    election: Election,
    stations: BTreeMap<StationId, Holding>,
    log_size: u64,
    diverged: HashSet<Digest>,
    recap: Recap,
}

impl Index {
    /// Nothing has happened.
    pub(super) fn new(election: Election) -> Self {
        let recap = Recap::new(&election);
        Self { election, stations: BTreeMap::new(), log_size: 0, diverged: HashSet::new(), recap }
    }

    /// Takes a fact in.
    pub(super) fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::CodeRefused(station, at) => self.station(*station).officers.refuse(*at),
            Fact::Accredited(known) => {
                let station = known.accreditation.station();
                self.station(station).officers.accredit(station, (**known).clone());
            }
            Fact::Entry(entry) => drop(self.enter(entry)),
            Fact::Diverged(other) => drop(self.diverged.insert(other.entry.digest())),
            Fact::Leaf(leaf) => {
                self.log_size = leaf.index + 1;
                if let What::Photo(bytes) = leaf.item.what {
                    self.station(leaf.item.station).receive(leaf.item.digest, bytes);
                }
            }
            Fact::Issued(_) | Fact::Filed(_) | Fact::Node(..) | Fact::Signed(_) => {}
        }
    }

    /// Takes an entry in, and says what is against the rules about it.
    pub(super) fn enter(&mut self, entry: &SealedEntry) -> Vec<Violation> {
        let station = entry.entry().station;
        let violations = self.station(station).state.apply(entry);
        if matches!(entry.entry().body, Body::Result(_)) {
            // Both forms: what one says can break a rule of the other.
            self.recap.update(&self.stations[&station].state);
        }
        violations
    }

    fn station(&mut self, id: StationId) -> &mut Holding {
        self.stations.entry(id).or_insert_with(|| Holding::new(&self.election, id))
    }

    /// What is held of a station that takes part; `None` for a stranger.
    pub(super) fn holding(&mut self, id: StationId) -> Option<&mut Holding> {
        self.election.station(id).is_some().then(|| self.station(id))
    }

    /// What is held of a station, when there is anything.
    pub(super) fn held(&self, id: StationId) -> Option<&Holding> {
        self.stations.get(&id)
    }

    /// All stations of which anything is held.
    pub(super) fn stations(&self) -> impl Iterator<Item = (StationId, &Holding)> {
        self.stations.iter().map(|(id, holding)| (*id, holding))
    }

    /// The recapitulation.
    pub(super) const fn recap(&self) -> &Recap {
        &self.recap
    }

    /// Leaves in the log.
    pub(super) const fn log_size(&self) -> u64 {
        self.log_size
    }

    /// How many entries of other histories are kept: each is an alarm.
    pub(super) fn diverged(&self) -> usize {
        self.diverged.len()
    }

    /// Whether this entry of another history is kept already.
    pub(super) fn knows_diverged(&self, digest: &Digest) -> bool {
        self.diverged.contains(digest)
    }
}
