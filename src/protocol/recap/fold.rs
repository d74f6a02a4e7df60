//! The recapitulation as a fold: each result, photo, move of a photo and second history changes the sums of the regions above its TPS.

use std::collections::{BTreeMap, BTreeSet};

use super::keep::Keep;
use super::photos::{Photos, photos_complete};
use super::share::Share;
use super::tally::{Tally, Totals};
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region, StationId};
use crate::protocol::state::State;

/// All regions of an election. The same results, photos, moves of photos and second histories give the same sums in whatever order they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recap<K> {
    kept: K,
}

impl<K: Keep> Recap<K> {
    /// Nobody has reported yet.
    #[must_use]
    pub fn new(election: &Election) -> Self {
        let empty: Vec<Tally> = election.forms().iter().map(Tally::zero).collect();
        let mut stations: BTreeMap<Region, u32> = BTreeMap::new();
        let mut below: BTreeMap<Region, BTreeSet<Region>> = BTreeMap::new();
        for station in &election.plan().stations {
            let path = Level::ALL.map(|tier| station.id.region(tier));
            for region in path {
                *stations.entry(region).or_default() += 1;
            }
            for pair in path.windows(2) {
                below.entry(pair[0]).or_default().insert(pair[1]);
            }
        }
        let mut kept = K::default();
        for (region, stations) in stations {
            let below = below.remove(&region).unwrap_or_default().into_iter().collect();
            kept.add_region(region, Totals { stations, diverged: 0, contests: empty.clone(), below });
        }
        Self { kept }
    }

    /// Takes in where a station stands after a result of `contest` was sealed, in place of where it stood before.
    ///
    /// `irregular` says whether that result is against the rules of recording.
    pub fn result(&mut self, state: &State, contest: &str, irregular: bool, photos: &Photos<'_>) {
        let station = state.station();
        let now = state.forms().iter().enumerate().map(|(at, form)| {
            let before = self.kept.share(station, at).is_some_and(|share| share.irregular);
            if form.contest() == contest { irregular } else { before }
        });
        let now: Vec<bool> = now.collect();
        self.take(state, &now, photos);
    }

    /// Takes in where a station stands, all at once; `irregular` says of which contests the result in force is against the
    /// rules of recording.
    pub fn station(&mut self, state: &State, irregular: &dyn Fn(&str) -> bool, photos: &Photos<'_>) {
        let now: Vec<bool> = state.forms().iter().map(|form| irregular(form.contest())).collect();
        self.take(state, &now, photos);
    }

    /// All forms: what one says can break a rule of another.
    fn take(&mut self, state: &State, irregular: &[bool], photos: &Photos<'_>) {
        for (at, (form, irregular)) in state.forms().iter().zip(irregular).enumerate() {
            if let Some(share) = Share::of(state, form, *irregular, photos) {
                self.put(state.station(), at, share);
            }
        }
    }

    /// Takes in that a photo of a station has come whole, or was moved from or to its pages.
    pub fn photos(&mut self, state: &State, photos: &Photos<'_>) {
        for (at, form) in state.forms().iter().enumerate() {
            let Some(share) = self.kept.share(state.station(), at) else { continue };
            let complete = photos_complete(state, form, photos);
            if share.photos_complete != complete {
                let share = Share { photos_complete: complete, ..share.clone() };
                self.put(state.station(), at, share);
            }
        }
    }

    /// Takes in that entries of a second history of a station are kept.
    pub fn diverged(&mut self, station: StationId) {
        if self.kept.set_diverged(station) {
            for region in Level::ALL.map(|tier| station.region(tier)) {
                if let Some(totals) = self.kept.totals_mut(region) {
                    totals.diverged += 1;
                }
            }
        }
    }

    fn put(&mut self, station: StationId, contest: usize, share: Share) {
        let before = self.kept.share(station, contest).cloned();
        if before.as_ref() == Some(&share) {
            return;
        }
        for region in Level::ALL.map(|tier| station.region(tier)) {
            let totals = self.kept.totals_mut(region);
            let Some(tally) = totals.and_then(|totals| totals.contests.get_mut(contest)) else { continue };
            if let Some(before) = &before {
                tally.take_away(before);
            }
            tally.add(&share);
        }
        self.kept.set_share(station, contest, share);
    }

    /// The sums of one region; `None` when no TPS lies in it.
    #[must_use]
    pub fn totals(&self, region: Region) -> Option<&Totals> {
        self.kept.totals(region)
    }

    /// The regions one tier below, with their sums.
    pub fn below(&self, region: Region) -> impl Iterator<Item = (Region, &Totals)> {
        let codes = self.kept.totals(region).map_or(&[][..], |totals| &totals.below);
        codes.iter().filter_map(|code| self.kept.totals(*code).map(|totals| (*code, totals)))
    }

    /// What a station contributes to the contest at this place in the election, from 0; `None` before it has reported.
    #[must_use]
    pub fn share(&self, station: StationId, contest: usize) -> Option<&Share> {
        self.kept.share(station, contest)
    }

    /// Whether entries of a second history of a station are kept.
    #[must_use]
    pub fn is_diverged(&self, station: StationId) -> bool {
        self.kept.is_diverged(station)
    }
}
