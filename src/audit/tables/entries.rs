//! `entries.csv`: every entry, and when central received it.

use super::table::{Table, or_blank};
use super::{Record, TableError};
use crate::audit::source::ReceiptOf;
use crate::protocol::entry::By;

const HEAD: [&str; 9] = ["station", "seq", "type", "by", "at", "entry", "bytes", "received_at", "log_index"];

pub(super) fn table() -> Result<Table, TableError> {
    Table::new("entries.csv", HEAD)
}

pub(super) fn add(table: &mut Table, record: &Record) -> Result<(), TableError> {
    for step in &record.steps {
        let entry = step.entry.entry();
        let of = ReceiptOf::Entry(entry.seq);
        table.row([
            record.station.to_string(),
            entry.seq.to_string(),
            entry.body.name().to_owned(),
            by(entry.by),
            entry.at.to_string(),
            step.entry.digest().to_string(),
            step.entry.bytes().len().to_string(),
            or_blank(record.received_at(of)),
            or_blank(record.receipts.get(&of).map(crate::protocol::receipt::Receipt::index)),
        ])?;
    }
    Ok(())
}

/// Who made an entry: `p1`, `p2` or `p1+p2`.
pub(super) fn by(by: By) -> String {
    by.slots().iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
}
