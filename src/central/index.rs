//! What central knows without asking the ledger: the fold of all facts, at start as in ordinary work.
//!
//! In scope: stations, recapitulation, length of the log, at one moment. A copy costs next to nothing and never changes
//! afterwards: the maps share what has not changed since. Not here: what is only looked up (`store`).

use std::collections::HashSet;
use std::sync::Arc;

use rpds::{HashTrieSetSync, RedBlackTreeMapSync, RedBlackTreeSetSync};

use super::holding::{Holding, Waiting};
use super::recap::Recap;
use super::remarks::Remarks;
use super::store::{Fact, Ledger, LedgerError, Logged};
use crate::digest::Digest;
use crate::protocol::annotation::{Annotation, Remark};
use crate::protocol::election::Election;
use crate::protocol::entry::Body;
use crate::protocol::ids::StationId;
use crate::protocol::recap::Photos;
use crate::protocol::receipt::{Received, What};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::Violation;

/// Where things stand.
#[derive(Debug, Clone)]
pub(super) struct Index {
    election: Election,
    stations: RedBlackTreeMapSync<StationId, Holding>,
    log_size: u64,
    diverged: HashTrieSetSync<Digest>,
    /// Stations of which a result came without its chain.
    carried: RedBlackTreeSetSync<StationId>,
    recap: Recap,
    /// Changed as a whole: operators say little, and what they said is shared by all copies meanwhile.
    remarks: Arc<Remarks>,
}

impl Index {
    /// Nothing has happened.
    fn new(election: Election) -> Self {
        let recap = Recap::new(&election);
        let (stations, diverged) = (RedBlackTreeMapSync::new_sync(), HashTrieSetSync::new_sync());
        let carried = RedBlackTreeSetSync::new_sync();
        Self { election, stations, log_size: 0, diverged, carried, recap, remarks: Arc::default() }
    }

    /// All that `ledger` holds. The entries in it were judged when they came, so all but results are only folded in, and
    /// each station is added up once.
    pub(super) fn read(election: &Election, ledger: &dyn Ledger) -> Result<Self, LedgerError> {
        let mut index = Self::new(election.clone());
        let mut irregular: HashSet<(StationId, String)> = HashSet::new();
        ledger.replay(&mut |fact| match fact {
            Fact::Entry(entry) => index.change(entry.entry().station, |held| match &entry.entry().body {
                Body::Result(result) => {
                    let place = (entry.entry().station, result.contest.clone());
                    if held.state.apply(&entry).is_empty() {
                        irregular.remove(&place);
                    } else {
                        irregular.insert(place);
                    }
                }
                _ => held.state.fold(&entry),
            }),
            other => index.learn(&other),
        })?;
        let moves = index.remarks.moves();
        for (station, held) in &index.stations {
            let broken = |contest: &str| !irregular.is_empty() && irregular.contains(&(*station, contest.to_owned()));
            let received = |photo: &Digest| held.received(photo).is_some();
            index.recap.station(&held.state, &broken, &Photos { received: &received, moves });
        }
        Ok(index)
    }

    /// Takes a fact in.
    pub(super) fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::CodeRefused(station, at) => {
                self.change(*station, |held| Arc::make_mut(&mut held.officers).refuse(*at));
            }
            Fact::Accredited(known) => {
                let station = known.accreditation.station();
                self.change(station, |held| Arc::make_mut(&mut held.officers).accredit(station, (**known).clone()));
            }
            Fact::Entry(entry) => drop(self.enter(entry)),
            Fact::Diverged(other) => {
                let station = other.entry.entry().station;
                self.diverged.insert_mut(other.entry.digest());
                self.change(station, |held| held.diverge(other.at));
                self.recap.diverged(station);
            }
            Fact::Carried(result) => {
                let station = result.entry.entry().station;
                self.carried.insert_mut(station);
                self.change(station, |held| held.carry((**result).clone()));
            }
            Fact::Annotated(said) => self.remark(said),
            Fact::Leaf(leaf) => {
                self.log_size = leaf.index + 1;
                match leaf.of {
                    Logged::Received(received) => self.receive(&received),
                    Logged::Annotated(digest) => Arc::make_mut(&mut self.remarks).logged(digest, leaf.index),
                }
            }
            Fact::Act(_) | Fact::Issued(_) | Fact::Filed(_) | Fact::Node(..) | Fact::Signed(_) => {}
        }
    }

    /// Takes note of an entry that came before the one it follows. It is no fact: the station sends it again.
    pub(super) fn wait(&mut self, station: StationId, waiting: Waiting) {
        self.change(station, |held| held.wait(waiting));
    }

    fn remark(&mut self, said: &Annotation) {
        let Remark::Moved(moved) = said.remark() else { return Arc::make_mut(&mut self.remarks).learn(said) };
        // Where the last word had put the photo it counts no more.
        let before = self.remarks.moves().last(&moved.photo, &moved.from).map(|(_, last)| last.to.station);
        Arc::make_mut(&mut self.remarks).learn(said);
        for station in before.into_iter().chain([moved.from.station, moved.to.station]) {
            self.count_photos(station);
        }
    }

    fn receive(&mut self, received: &Received) {
        let station = received.item.station;
        self.change(station, |held| held.receive(received));
        if let What::Photo(_) = received.item.what {
            self.count_photos(station);
        }
    }

    /// Looks again which pages of a station have a photo.
    fn count_photos(&mut self, station: StationId) {
        let Some(held) = self.stations.get(&station) else { return };
        let received = |photo: &Digest| held.received(photo).is_some();
        self.recap.photos(&held.state, &Photos { received: &received, moves: self.remarks.moves() });
    }

    /// Takes an entry in, and says what is against the rules about it.
    pub(super) fn enter(&mut self, entry: &SealedEntry) -> Vec<Violation> {
        let station = entry.entry().station;
        let violations = self.change(station, |held| held.state.apply(entry));
        if let (Body::Result(result), Some(held)) = (&entry.entry().body, self.stations.get(&station)) {
            let received = |photo: &Digest| held.received(photo).is_some();
            let photos = Photos { received: &received, moves: self.remarks.moves() };
            self.recap.result(&held.state, &result.contest, !violations.is_empty(), &photos);
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

    /// The stations of which a result came without its chain, in their order.
    pub(super) fn carried(&self) -> impl Iterator<Item = StationId> {
        self.carried.iter().copied()
    }

    /// The election.
    pub(super) const fn election(&self) -> &Election {
        &self.election
    }

    /// What operators have said.
    pub(super) fn remarks(&self) -> &Remarks {
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
        self.diverged.size()
    }

    /// Whether this entry of another history is kept already.
    pub(super) fn knows_diverged(&self, digest: &Digest) -> bool {
        self.diverged.contains(digest)
    }
}
