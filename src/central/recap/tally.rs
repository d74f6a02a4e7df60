//! Sums per region and contest, changed by the difference that a result makes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rpds::RedBlackTreeMapSync;

use crate::form::{Counts, check};
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region, StationId};
use crate::protocol::state::{FormState, State};

/// What one TPS contributes to one contest.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Share {
    /// None when the boxes of the result in force are not those of the form.
    counts: Option<Counts>,
    /// Whether an E or W rule is broken.
    findings: bool,
}

/// Sums of one contest in one region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::central) struct Tally {
    /// One sum a box, in the form's order.
    pub(super) sums: Vec<u64>,
    /// TPS with a result in force.
    pub(super) reported: u32,
    /// Of these, TPS whose figures break an E or W rule.
    pub(super) with_findings: u32,
    /// Of these, TPS whose result does not have the boxes of the form; nothing of them is in the sums.
    pub(super) without_figures: u32,
}

/// One region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::central) struct Totals {
    /// TPS in it.
    pub(super) stations: u32,
    /// One tally a contest, in the election's order.
    pub(super) contests: Vec<Tally>,
    /// The regions one tier below, in their order; none for a kelurahan.
    below: Arc<[Region]>,
}

/// All regions of the election. A copy costs next to nothing, and keeps what it has when the original goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::central) struct Recap {
    regions: RedBlackTreeMapSync<Region, Totals>,
    in_force: RedBlackTreeMapSync<(StationId, usize), Share>,
}

const TIERS: [Level; 4] = [Level::Provinsi, Level::Kota, Level::Kecamatan, Level::Kelurahan];

impl Recap {
    /// Nobody has reported yet.
    pub(in crate::central) fn new(election: &Election) -> Self {
        let empty: Vec<Tally> = election
            .forms()
            .iter()
            .map(|form| Tally { sums: vec![0; form.cells().len()], ..Tally::default() })
            .collect();
        let mut stations: BTreeMap<Region, u32> = BTreeMap::new();
        let mut below: BTreeMap<Region, BTreeSet<Region>> = BTreeMap::new();
        for station in &election.plan().stations {
            let path = TIERS.map(|tier| station.id.region(tier));
            for region in path {
                *stations.entry(region).or_default() += 1;
            }
            for pair in path.windows(2) {
                below.entry(pair[0]).or_default().insert(pair[1]);
            }
        }
        let regions = stations.into_iter().map(|(region, stations)| {
            let below = below.remove(&region).unwrap_or_default().into_iter().collect();
            (region, Totals { stations, contests: empty.clone(), below })
        });
        Self { regions: regions.collect(), in_force: RedBlackTreeMapSync::new_sync() }
    }

    /// Takes in where a station stands now, in place of where it stood before.
    pub(in crate::central) fn update(&mut self, state: &State) {
        let station = state.station();
        for (contest, form) in state.forms().iter().enumerate() {
            let share = share(state, form);
            if self.in_force.get(&(station, contest)) == share.as_ref() {
                continue;
            }
            if let Some(before) = self.in_force.get(&(station, contest)).cloned() {
                self.shift(station, contest, &before, u64::wrapping_sub, u32::wrapping_sub);
                self.in_force.remove_mut(&(station, contest));
            }
            if let Some(share) = share {
                self.shift(station, contest, &share, u64::wrapping_add, u32::wrapping_add);
                self.in_force.insert_mut((station, contest), share);
            }
        }
    }

    /// Adds or takes away a share in all four regions. Only what was added is ever taken away, so nothing wraps.
    fn shift(
        &mut self,
        station: StationId,
        contest: usize,
        share: &Share,
        sum: fn(u64, u64) -> u64,
        number: fn(u32, u32) -> u32,
    ) {
        for region in TIERS.map(|tier| station.region(tier)) {
            let totals = self.regions.get_mut(&region);
            let Some(tally) = totals.and_then(|totals| totals.contests.get_mut(contest)) else { continue };
            tally.reported = number(tally.reported, 1);
            tally.with_findings = number(tally.with_findings, u32::from(share.findings));
            tally.without_figures = number(tally.without_figures, u32::from(share.counts.is_none()));
            let counts = share.counts.iter().flat_map(Counts::iter);
            for (slot, (_, count)) in tally.sums.iter_mut().zip(counts) {
                *slot = sum(*slot, count.get().into());
            }
        }
    }

    /// One region; `None` when no TPS lies in it.
    pub(in crate::central) fn totals(&self, region: Region) -> Option<&Totals> {
        self.regions.get(&region)
    }

    /// The regions one tier below, with their totals.
    pub(super) fn below(&self, region: Region) -> impl Iterator<Item = (Region, &Totals)> {
        let codes = self.regions.get(&region).map_or(&[][..], |totals| &totals.below);
        codes.iter().filter_map(|code| self.regions.get(code).map(|totals| (*code, totals)))
    }
}

fn share(state: &State, form: &FormState) -> Option<Share> {
    let result = form.sealed()?;
    let context = state.result_context(form.contest());
    let findings = result.counts.as_ref().is_some_and(|counts| {
        check::findings(counts, &result.head, &context).iter().any(|found| found.severity().needs_answer())
    });
    Some(Share { counts: result.counts.clone(), findings })
}
