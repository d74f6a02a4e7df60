//! `recap.csv`: the results in force added up for every region that the bundle reaches into.

use std::collections::BTreeMap;

use super::columns::{LEVELS, boxes, mode};
use super::table::{Table, written};
use super::{Record, TableError};
use crate::form::CellId;
use crate::protocol::election::Election;
use crate::protocol::ids::Region;

const HEAD: [&str; 8] = ["mode", "contest", "level", "code", "name", "stations", "in_bundle", "sealed"];

/// Sums of one region and contest.
#[derive(Clone)]
struct Sums {
    in_bundle: u64,
    sealed: u64,
    boxes: Vec<u64>,
}

/// The sums while stations are added.
pub(super) struct Recap {
    boxes: Vec<CellId>,
    regions: BTreeMap<(usize, Region), Sums>,
}

impl Recap {
    pub(super) fn new(election: &Election) -> Self {
        Self { boxes: boxes(election), regions: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, record: &Record) {
        for (at, form) in record.state.forms().iter().enumerate() {
            let counts = form.sealed().and_then(|result| result.counts.as_ref());
            for (level, _) in LEVELS {
                let region = record.station.region(level);
                let zero = || Sums { in_bundle: 0, sealed: 0, boxes: vec![0; self.boxes.len()] };
                let sums = self.regions.entry((at, region)).or_insert_with(zero);
                sums.in_bundle += 1;
                sums.sealed += u64::from(counts.is_some());
                for (sum, id) in sums.boxes.iter_mut().zip(&self.boxes) {
                    *sum += counts.and_then(|counts| counts.get(id)).map_or(0, |count| u64::from(count.get()));
                }
            }
        }
    }

    pub(super) fn table(&self, election: &Election) -> Result<Table, TableError> {
        let head = HEAD.into_iter().map(str::to_owned);
        let mut table = Table::new("recap.csv", head.chain(self.boxes.iter().map(ToString::to_string)))?;
        for ((at, region), sums) in &self.regions {
            let stations = election.plan().stations.iter().filter(|station| region.holds(station.id.kelurahan()));
            let level = LEVELS.iter().find(|(level, _)| *level == region.level()).map_or("", |(_, name)| *name);
            let mut row = vec![mode(election).to_owned()];
            row.push(election.plan().contests.get(*at).map(|contest| contest.id.clone()).unwrap_or_default());
            row.extend([level.to_owned(), region.to_string()]);
            row.push(written(election.name(*region).unwrap_or_default()));
            row.extend([stations.count().to_string(), sums.in_bundle.to_string(), sums.sealed.to_string()]);
            let has = |id: &CellId| election.forms().get(*at).is_some_and(|form| form.cell(id).is_some());
            let value = |(id, sum): (&CellId, &u64)| if has(id) { sum.to_string() } else { String::new() };
            row.extend(self.boxes.iter().zip(&sums.boxes).map(value));
            table.row(row)?;
        }
        Ok(table)
    }
}
