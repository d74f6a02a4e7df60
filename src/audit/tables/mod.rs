//! The bundle's tables: plain CSV for people with a spreadsheet, made from the entries and nothing else.
//!
//! In scope: which rows and columns there are. Export writes them; the verifier makes them again and compares the bytes.
//! Central's open data is written with the same columns. Not here: anything that a table alone would say; whoever doubts a row reads the entry it names.

mod columns;
mod entries;
mod findings;
mod photos;
mod readings;
mod recap;
mod results;
mod table;

use super::record::Record;
use crate::protocol::election::Election;
#[cfg(feature = "central")]
pub(crate) use columns::{PLACE, boxes, mode, place, sums, sums_of, values};
use recap::Recap;
pub(crate) use table::Table;
#[cfg(feature = "central")]
pub(crate) use table::{or_blank, written};

/// File names of all tables, in the order of [`Tables::finish`].
pub(super) const NAMES: [&str; 6] =
    ["entries.csv", "findings.csv", "photos.csv", "readings.csv", "recap.csv", "results.csv"];

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("a row of {name} cannot be written")]
pub struct TableError {
    /// Which table.
    name: &'static str,
    /// The cause.
    #[source]
    source: csv::Error,
}

/// All tables of a bundle while its stations stream past, ascending.
pub(super) struct Tables {
    election: Election,
    results: Table,
    readings: Table,
    findings: Table,
    photos: Table,
    entries: Table,
    recap: Recap,
}

impl Tables {
    pub(super) fn new(election: &Election) -> Result<Self, TableError> {
        Ok(Self {
            results: results::table(election)?,
            readings: readings::table(election)?,
            findings: findings::table()?,
            photos: photos::table()?,
            entries: entries::table()?,
            recap: Recap::new(election),
            election: election.clone(),
        })
    }

    /// Adds the rows of one station.
    pub(super) fn add(&mut self, record: &Record) -> Result<(), TableError> {
        results::add(&mut self.results, &self.election, record)?;
        readings::add(&mut self.readings, &self.election, record)?;
        findings::add(&mut self.findings, record)?;
        photos::add(&mut self.photos, record)?;
        entries::add(&mut self.entries, record)?;
        self.recap.add(record);
        Ok(())
    }

    /// File name and bytes of every table, by name.
    pub(super) fn finish(self) -> Result<Vec<(&'static str, Vec<u8>)>, TableError> {
        let recap = self.recap.table(&self.election)?;
        let all = [self.entries, self.findings, self.photos, self.readings, recap, self.results];
        all.into_iter().map(Table::finish).collect()
    }
}
