//! What can be wrong with an election file, and what to do about it.

use super::plan::{Contest, Plan};
use crate::form::{Form, FormError};
use crate::protocol::ids::{Level, Region, StationId};

/// One thing that is wrong with an election file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ElectionFault {
    /// The short name.
    #[error("id {0:?}: write letters, digits and dashes only")]
    Id(String),
    /// The date.
    #[error("date {0:?}: write the polling day as year-month-day, 2024-11-27")]
    Date(String),
    /// The time zone.
    #[error("utc_offset {0}: write 7 for WIB, 8 for WITA or 9 for WIT")]
    Zone(i8),
    /// No contest.
    #[error("contests: there is none; add at least one with two pairs")]
    NoContests,
    /// A contest that the form does not know, or with too few or too many pairs.
    #[error("contest {id:?}: {source}")]
    Contest {
        /// The contest's id.
        id: String,
        /// Why there is no form for it.
        source: FormError,
    },
    /// A contest twice.
    #[error("contest {0:?} stands twice; leave one")]
    ContestTwice(String),
    /// A pair without a name.
    #[error("contest {contest:?}: pair {pair} has no name; write it, or a placeholder")]
    PairName {
        /// The contest's id.
        contest: String,
        /// The pair's number.
        pair: usize,
    },
    /// No station.
    #[error("stations: there is none; add at least one")]
    NoStations,
    /// Stations out of order or twice.
    #[error("station {after} stands behind {before}; sort by id and leave each once")]
    StationOrder {
        /// The one in front.
        before: StationId,
        /// The one behind it.
        after: StationId,
    },
    /// Regions out of order or twice.
    #[error("region {after} stands behind {before}; sort by code and leave each once")]
    RegionOrder {
        /// The one in front.
        before: Region,
        /// The one behind it.
        after: Region,
    },
    /// A DPT that does not fit the form's three boxes.
    #[error("station {station}: a DPT of {sum} does not fit three digit boxes; a TPS has at most 999 voters")]
    Dpt {
        /// Which.
        station: StationId,
        /// Men and women together.
        sum: u16,
    },
    /// A region without a name.
    #[error("region {0} holds stations but has no name; add it to the regions")]
    Unnamed(Region),
}

impl Plan {
    /// All that is wrong with the plan, each with the field it is about.
    #[must_use]
    pub fn faults(&self) -> Vec<ElectionFault> {
        let mut faults = Vec::new();
        self.head_faults(&mut faults);
        self.contest_faults(&mut faults);
        self.place_faults(&mut faults);
        faults
    }

    fn head_faults(&self, faults: &mut Vec<ElectionFault>) {
        if self.id.is_empty() || !self.id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            faults.push(ElectionFault::Id(self.id.clone()));
        }
        let form = time::macros::format_description!("[year]-[month]-[day]");
        if time::Date::parse(&self.date, form).is_err() {
            faults.push(ElectionFault::Date(self.date.clone()));
        }
        if !(7..=9).contains(&self.utc_offset) {
            faults.push(ElectionFault::Zone(self.utc_offset));
        }
    }

    fn contest_faults(&self, faults: &mut Vec<ElectionFault>) {
        if self.contests.is_empty() {
            faults.push(ElectionFault::NoContests);
        }
        for (index, contest) in self.contests.iter().enumerate() {
            if let Err(source) = form_of(&self.form, contest) {
                faults.push(ElectionFault::Contest { id: contest.id.clone(), source });
            }
            if self.contests[..index].iter().any(|other| other.id == contest.id) {
                faults.push(ElectionFault::ContestTwice(contest.id.clone()));
            }
            let blank = contest.pairs.iter().position(|name| name.trim().is_empty());
            faults.extend(blank.map(|at| ElectionFault::PairName { contest: contest.id.clone(), pair: at + 1 }));
        }
    }

    fn place_faults(&self, faults: &mut Vec<ElectionFault>) {
        if self.stations.is_empty() {
            faults.push(ElectionFault::NoStations);
        }
        for pair in self.stations.windows(2).filter(|pair| pair[0].id >= pair[1].id) {
            faults.push(ElectionFault::StationOrder { before: pair[0].id, after: pair[1].id });
        }
        for pair in self.regions.windows(2).filter(|pair| pair[0].code >= pair[1].code) {
            faults.push(ElectionFault::RegionOrder { before: pair[0].code, after: pair[1].code });
        }
        for station in &self.stations {
            if station.dpt_l > 999 || station.dpt_p > 999 || station.dpt_l + station.dpt_p > 999 {
                faults
                    .push(ElectionFault::Dpt { station: station.id, sum: station.dpt_l.saturating_add(station.dpt_p) });
            }
        }
        let mut wanted: Vec<Region> = self.stations.iter().flat_map(|station| tiers(station.id)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let known = |region: &Region| self.regions.binary_search_by_key(region, |named| named.code).is_ok();
        faults.extend(wanted.into_iter().filter(|region| !known(region)).map(ElectionFault::Unnamed));
    }
}

fn tiers(station: StationId) -> [Region; 4] {
    Level::ALL.map(|level| station.region(level))
}

pub(super) fn form_of(version: &str, contest: &Contest) -> Result<Form, FormError> {
    Form::new(version, &contest.id, u8::try_from(contest.pairs.len()).unwrap_or(u8::MAX))
}
