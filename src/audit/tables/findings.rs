//! `findings.csv`: what the rules of the form found in readings and results, and what the officers answered.

use super::table::{Table, or_blank, written};
use super::{Record, TableError};
use crate::form::{Answer, Column, Finding, Lang};
use crate::protocol::entry::Body;

const HEAD: [&str; 14] = [
    "station",
    "contest",
    "seq",
    "event",
    "in_force",
    "code",
    "column",
    "boxes",
    "left",
    "right",
    "answered",
    "answer",
    "message_id",
    "message_en",
];

pub(super) fn table() -> Result<Table, TableError> {
    Table::new("findings.csv", HEAD)
}

pub(super) fn add(table: &mut Table, record: &Record) -> Result<(), TableError> {
    let in_force = record.state.results();
    for step in &record.steps {
        let entry = step.entry.entry();
        let (contest, answers) = match &entry.body {
            Body::Read(read) => (&read.contest, &read.answers),
            Body::Result(result) => (&result.contest, &result.answers),
            _ => continue,
        };
        for finding in &step.findings {
            let mut row = vec![record.station.to_string(), written(contest), entry.seq.to_string()];
            row.push(entry.body.name().to_owned());
            row.push(yes(in_force.contains(&step.entry.digest())));
            row.extend(finding_fields(finding, answers));
            table.row(row)?;
        }
    }
    Ok(())
}

fn finding_fields(finding: &Finding, answers: &[Answer]) -> [String; 9] {
    let answer = answers.iter().find(|answer| answer.key() == finding.key());
    let boxes: Vec<_> = finding.cells().iter().map(ToString::to_string).collect();
    [
        finding.code().to_string(),
        or_blank(finding.column().and_then(Column::letter)),
        boxes.join(" "),
        finding.left().to_string(),
        finding.right().to_string(),
        yes(answer.is_some()),
        written(answer.map(Answer::note).unwrap_or_default()),
        finding.message(Lang::Id),
        finding.message(Lang::En),
    ]
}

fn yes(answer: bool) -> String {
    (if answer { "yes" } else { "no" }).to_owned()
}
