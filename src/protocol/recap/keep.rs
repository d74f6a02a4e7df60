//! Where a recapitulation keeps its sums: a trait, and plain maps for whoever adds up once.

use std::collections::{BTreeMap, BTreeSet};

use super::share::Share;
use super::tally::Totals;
use crate::protocol::ids::{Region, StationId};

/// Maps of regions and of what each TPS contributes. Central's can be copied at no cost while it goes on; the verifier's
/// need not.
pub trait Keep: Default {
    /// The sums of a region.
    fn totals(&self, region: Region) -> Option<&Totals>;

    /// The sums of a region, to be changed.
    fn totals_mut(&mut self, region: Region) -> Option<&mut Totals>;

    /// Puts in the sums of a region that was not there.
    fn add_region(&mut self, region: Region, totals: Totals);

    /// What a TPS contributes to the contest at this place in the election, from 0.
    fn share(&self, station: StationId, contest: usize) -> Option<&Share>;

    /// Puts in what a TPS contributes, in place of what it contributed before.
    fn set_share(&mut self, station: StationId, contest: usize, share: Share);

    /// Takes note that entries of a second history of a TPS are kept; whether that is news.
    fn set_diverged(&mut self, station: StationId) -> bool;

    /// Whether entries of a second history of a TPS are kept.
    fn is_diverged(&self, station: StationId) -> bool;
}

/// Plain maps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Maps {
    regions: BTreeMap<Region, Totals>,
    shares: BTreeMap<(StationId, usize), Share>,
    diverged: BTreeSet<StationId>,
}

impl Keep for Maps {
    fn totals(&self, region: Region) -> Option<&Totals> {
        self.regions.get(&region)
    }

    fn totals_mut(&mut self, region: Region) -> Option<&mut Totals> {
        self.regions.get_mut(&region)
    }

    fn add_region(&mut self, region: Region, totals: Totals) {
        self.regions.insert(region, totals);
    }

    fn share(&self, station: StationId, contest: usize) -> Option<&Share> {
        self.shares.get(&(station, contest))
    }

    fn set_share(&mut self, station: StationId, contest: usize, share: Share) {
        self.shares.insert((station, contest), share);
    }

    fn set_diverged(&mut self, station: StationId) -> bool {
        self.diverged.insert(station)
    }

    fn is_diverged(&self, station: StationId) -> bool {
        self.diverged.contains(&station)
    }
}
