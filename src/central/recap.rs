//! The recapitulation of central: that of `protocol::recap`, kept in maps that can be copied while it goes on.
//!
//! In scope: the maps. Not here: what is added up and how (`protocol::recap`), over which paths it is published (`super::open`).
//!
//! Kept up to date with each fact; starting again folds the same facts through the same function.

use rpds::{HashTrieSetSync, RedBlackTreeMapSync};

use crate::protocol::ids::{Region, StationId};
use crate::protocol::recap::{self, Keep, Share, Totals};

/// The recapitulation of central. A copy costs next to nothing, and keeps what it has when the original goes on.
pub(super) type Recap = recap::Recap<Shared>;

/// Maps whose copies share what has not changed since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shared {
    regions: RedBlackTreeMapSync<Region, Totals>,
    shares: RedBlackTreeMapSync<(StationId, usize), Share>,
    diverged: HashTrieSetSync<StationId>,
}

impl Keep for Shared {
    fn totals(&self, region: Region) -> Option<&Totals> {
        self.regions.get(&region)
    }

    fn totals_mut(&mut self, region: Region) -> Option<&mut Totals> {
        self.regions.get_mut(&region)
    }

    fn add_region(&mut self, region: Region, totals: Totals) {
        self.regions.insert_mut(region, totals);
    }

    fn share(&self, station: StationId, contest: usize) -> Option<&Share> {
        self.shares.get(&(station, contest))
    }

    fn set_share(&mut self, station: StationId, contest: usize, share: Share) {
        self.shares.insert_mut((station, contest), share);
    }

    fn set_diverged(&mut self, station: StationId) -> bool {
        let news = !self.diverged.contains(&station);
        self.diverged.insert_mut(station);
        news
    }

    fn is_diverged(&self, station: StationId) -> bool {
        self.diverged.contains(&station)
    }
}
