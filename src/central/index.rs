//! What central knows without asking the ledger: the fold of all facts. The same fold at start and in ordinary work.

use std::collections::{BTreeMap, HashSet};

use super::holding::Holding;
use super::recap::Recap;
use super::remarks::Remarks;
use super::store::{Fact, Logged};
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::entry::Body;
use crate::protocol::ids::StationId;
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
    remarks: Remarks,
}

impl Index {
    /// Nothing has happened.
    pub(super) fn new(election: Election) -> Self {
        let recap = Recap::new(&election);
        let (stations, diverged, remarks) = (BTreeMap::new(), HashSet::new(), Remarks::default());
        Self { election, stations, log_size: 0, diverged, recap, remarks }
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
            Fact::Diverged(other) => {
                self.diverged.insert(other.entry.digest());
                self.station(other.entry.entry().station).diverge(other.at);
            }
            Fact::Annotated(said) => self.remarks.learn(said),
            Fact::Leaf(leaf) => {
                self.log_size = leaf.index + 1;
                match leaf.of {
                    Logged::Received(received) => self.station(received.item.station).receive(&received),
                    Logged::Annotated(digest) => self.remarks.logged(digest, leaf.index),
                }
            }
            Fact::Act(_) | Fact::Issued(_) | Fact::Filed(_) | Fact::Node(..) | Fact::Signed(_) => {}
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

    /// What operators have said.
    pub(super) const fn remarks(&self) -> &Remarks {
        &self.remarks
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
