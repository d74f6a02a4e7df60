//! `results.csv`: the results in force, one row for each TPS and contest.

use super::columns::{PLACE, boxes, place, sums, values};
use super::table::{Table, or_blank, written};
use super::{Record, TableError};
use crate::audit::source::ReceiptOf;
use crate::form::{Finding, Head, HeadField};
use crate::protocol::election::Election;

const RESULT: [&str; 8] = ["contest", "revision", "reason", "seq", "entry", "sealed_at", "received_at", "findings"];

pub(super) fn table(election: &Election) -> Result<Table, TableError> {
    let head = PLACE.into_iter().chain(RESULT).map(str::to_owned).chain(times_head());
    let head = head.chain(boxes(election).into_iter().map(String::from));
    Table::new("results.csv", head.chain(sums(election).into_iter().map(|sum| sum.title)))
}

pub(super) fn add(table: &mut Table, election: &Election, record: &Record) -> Result<(), TableError> {
    let (boxes, sums) = (boxes(election), sums(election));
    for form in record.state.forms() {
        let Some(result) = form.sealed() else { continue };
        let findings = record.at(result.seq).map(|step| codes(&step.findings)).unwrap_or_default();
        let mut row = place(election, record.station);
        row.extend([
            form.contest().to_owned(),
            result.revision.to_string(),
            written(result.reason.as_deref().unwrap_or_default()),
            result.seq.to_string(),
            result.entry.to_string(),
            result.at.to_string(),
            or_blank(record.received_at(ReceiptOf::Entry(result.seq))),
            findings,
        ]);
        row.extend(times(&result.head));
        row.extend(values(&boxes, result.counts.as_ref()));
        row.extend(sums.iter().map(|sum| sum.of(result.counts.as_ref())));
        table.row(row)?;
    }
    Ok(())
}

/// Heads of [`times`].
pub(super) fn times_head() -> impl Iterator<Item = String> {
    HeadField::ALL.into_iter().map(|field| field.id().to_owned())
}

/// The head of the form, a field each.
pub(super) fn times(head: &Head) -> impl Iterator<Item = String> {
    HeadField::ALL.map(|field| head.time(field).map_or_else(|| yes(head.same_day), |time| time.to_string())).into_iter()
}

fn yes(answer: bool) -> String {
    (if answer { "yes" } else { "no" }).to_owned()
}

/// Codes of findings, with their columns: `E101 E111.L`.
pub(super) fn codes(findings: &[Finding]) -> String {
    let code = |finding: &Finding| match finding.column().and_then(crate::form::Column::letter) {
        Some(letter) => format!("{}.{letter}", finding.code()),
        None => finding.code().to_string(),
    };
    findings.iter().map(code).collect::<Vec<_>>().join(" ")
}
