//! `readings.csv`: every reading of every form by every officer.

use super::columns::{boxes, values};
use super::results::{codes, times, times_head};
use super::table::Table;
use super::{Record, TableError};
use crate::protocol::election::Election;
use crate::protocol::entry::Body;

const READING: [&str; 10] =
    ["station", "contest", "revision", "round", "by", "seq", "entry", "read_at", "retyped", "findings"];

pub(super) fn table(election: &Election) -> Result<Table, TableError> {
    let head = READING.into_iter().map(str::to_owned).chain(times_head());
    Table::new("readings.csv", head.chain(boxes(election).iter().map(ToString::to_string)))
}

pub(super) fn add(table: &mut Table, election: &Election, record: &Record) -> Result<(), TableError> {
    let boxes = boxes(election);
    for step in &record.steps {
        let entry = step.entry.entry();
        let Body::Read(read) = &entry.body else { continue };
        let counts = election.form(&read.contest).and_then(|form| read.boxes.counts(form).ok());
        let mut row = vec![
            record.station.to_string(),
            super::table::written(&read.contest),
            read.revision.to_string(),
            read.round.to_string(),
            super::entries::by(entry.by),
            entry.seq.to_string(),
            step.entry.digest().to_string(),
            entry.at.to_string(),
            super::table::written(&read.retyped.join(" ")),
            codes(&step.findings),
        ];
        row.extend(times(&read.head));
        row.extend(values(&boxes, counts.as_ref()));
        table.row(row)?;
    }
    Ok(())
}
