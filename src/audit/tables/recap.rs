//! `recap.csv`: the results in force added up for every region that the bundle reaches into.

use std::collections::BTreeMap;

use super::columns::{boxes, mode};
use super::table::{Table, or_blank, written};
use super::{Record, TableError};
use crate::form::{CellId, Sums};
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region};

const HEAD: [&str; 8] = ["mode", "contest", "level", "code", "name", "stations", "in_bundle", "sealed"];

/// One region and contest.
struct Part {
    in_bundle: u64,
    sealed: u64,
    sums: Sums,
}

/// The sums while stations are added.
pub(super) struct Recap {
    boxes: Vec<CellId>,
    regions: BTreeMap<(usize, Region), Part>,
}

impl Recap {
    pub(super) fn new(election: &Election) -> Self {
        Self { boxes: boxes(election), regions: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, record: &Record) {
        for (at, form) in record.state.forms().iter().enumerate() {
            let counts = form.sealed().and_then(|result| result.counts.as_ref());
            for region in Level::ALL.map(|tier| record.station.region(tier)) {
                let zero = || Part { in_bundle: 0, sealed: 0, sums: Sums::zero(form.form()) };
                let part = self.regions.entry((at, region)).or_insert_with(zero);
                part.in_bundle += 1;
                part.sealed += u64::from(counts.is_some());
                if let Some(counts) = counts {
                    part.sums.add(counts);
                }
            }
        }
    }

    pub(super) fn table(&self, election: &Election) -> Result<Table, TableError> {
        let head = HEAD.into_iter().map(str::to_owned);
        let mut table = Table::new("recap.csv", head.chain(self.boxes.iter().map(ToString::to_string)))?;
        for ((at, region), part) in &self.regions {
            let mut row = vec![mode(election).to_owned()];
            row.push(election.plan().contests.get(*at).map(|contest| contest.id.clone()).unwrap_or_default());
            row.extend([region.level().name().to_owned(), region.to_string()]);
            row.push(written(election.name(*region).unwrap_or_default()));
            let stations = election.stations_in(*region).len();
            row.extend([stations.to_string(), part.in_bundle.to_string(), part.sealed.to_string()]);
            row.extend(self.boxes.iter().map(|id| or_blank(part.sums.get(id))));
            table.row(row)?;
        }
        Ok(table)
    }
}
