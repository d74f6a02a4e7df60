//! What central knows without asking the ledger: the fold of all facts, at start as in ordinary work.
//!
//! In scope: stations, recapitulation, length of the log, at one moment. A copy costs next to nothing and never changes
//! afterwards: the maps share what has not changed since. Not here: what is only looked up (`store`).

use rpds::{HashTrieSetSync, RedBlackTreeMapSync};

use super::holding::Holding;
use super::recap::Recap;
use super::store::{Fact, Ledger, LedgerError};
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::entry::Body;
use crate::protocol::ids::{Region, StationId};
use crate::protocol::receipt::What;
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::Violation;

/// Where things stand.
#[derive(Debug, Clone)]
pub(super) struct Index {
    election: Election,
    stations: RedBlackTreeMapSync<StationId, Holding>,
    log_size: u64,
    diverged: HashTrieSetSync<Digest>,
    recap: Recap,
}

impl Index {
    /// Nothing has happened.
    fn new(election: Election) -> Self {
        let recap = Recap::new(&election);
        let (stations, diverged) = (RedBlackTreeMapSync::new_sync(), HashTrieSetSync::new_sync());
        Self { election, stations, log_size: 0, diverged, recap }
    }

    /// All that `ledger` holds. The entries in it were judged when they came, so they are only folded in, and each
    /// station is added up once.
    pub(super) fn read(election: &Election, ledger: &dyn Ledger) -> Result<Self, LedgerError> {
        let mut index = Self::new(election.clone());
        ledger.replay(&mut |fact| match fact {
            Fact::Entry(entry) => index.change(entry.entry().station, |held| held.state.fold(&entry)),
            other => index.learn(&other),
        })?;
        index.stations.values().for_each(|held| index.recap.update(&held.state));
        Ok(index)
    }

    /// Takes a fact in.
    pub(super) fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::CodeRefused(station, at) => self.change(*station, |held| held.officers.refuse(*at)),
            Fact::Accredited(known) => {
                let station = known.accreditation.station();
                self.change(station, |held| held.officers.accredit(station, (**known).clone()));
            }
            Fact::Entry(entry) => drop(self.enter(entry)),
            Fact::Diverged(other) => self.diverged.insert_mut(other.entry.digest()),
            Fact::Leaf(leaf) => {
                self.log_size = leaf.index + 1;
                if let What::Photo(bytes) = leaf.item.what {
                    self.change(leaf.item.station, |held| held.receive(leaf.item.digest, bytes));
                }
            }
            Fact::Issued(_) | Fact::Filed(_) | Fact::Node(..) | Fact::Signed(_) => {}
        }
    }

    /// Takes an entry in, and says what is against the rules about it.
    pub(super) fn enter(&mut self, entry: &SealedEntry) -> Vec<Violation> {
        let station = entry.entry().station;
        let violations = self.change(station, |held| held.state.apply(entry));
        if let Some(held) = self.stations.get(&station).filter(|_| matches!(entry.entry().body, Body::Result(_))) {
            // Both forms: what one says can break a rule of the other.
            self.recap.update(&held.state);
        }
        violations
    }

    /// Changes what is held of a station. Copies of the index that were made before keep what they had.
    fn change<T>(&mut self, id: StationId, work: impl FnOnce(&mut Holding) -> T) -> T {
        if let Some(held) = self.stations.get_mut(&id) {
            return work(held);
        }
        let mut fresh = Holding::new(&self.election, id);
        let made = work(&mut fresh);
        self.stations.insert_mut(id, fresh);
        made
    }

    /// What is held of a station, when there is anything.
    pub(super) fn held(&self, id: StationId) -> Option<&Holding> {
        self.stations.get(&id)
    }

    /// All stations of which anything is held, in their order.
    pub(super) fn stations(&self) -> impl Iterator<Item = (StationId, &Holding)> {
        self.stations.iter().map(|(id, holding)| (*id, holding))
    }

    /// The stations of one kelurahan of which anything is held, in their order.
    pub(super) fn stations_of(&self, kelurahan: Region) -> impl Iterator<Item = (StationId, &Holding)> {
        let from = StationId::new(kelurahan, 1);
        let found = from.into_iter().flat_map(|from| self.stations.range(from..));
        found.take_while(move |(id, _)| id.kelurahan() == kelurahan).map(|(id, holding)| (*id, holding))
    }

    /// The election.
    pub(super) const fn election(&self) -> &Election {
        &self.election
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
        self.diverged.size()
    }

    /// Whether this entry of another history is kept already.
    pub(super) fn knows_diverged(&self, digest: &Digest) -> bool {
        self.diverged.contains(digest)
    }
}
