//! `cargo bench`: how fast Plano is, each figure as a ratio against something measured in the same run.
//!
//! Prints Markdown. With `PLANO_WRITE_DOCS=1` it also replaces the measured part of `docs/performance.md`.

#![expect(unreachable_pub, reason = "a bench has no outside")]
#![expect(dead_code, reason = "what tests share is more than what is measured here")]
#![expect(clippy::too_many_lines, reason = "a measurement reads from top to bottom")]
#![expect(clippy::print_stdout, reason = "the table is what the command is for")]

#[path = "../support/day.rs"]
mod day;
#[path = "../support/election.rs"]
mod election;

mod accept;
mod bundle;
mod process;
mod send;
mod table;

use table::Table;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = Table::default();
    process::measure(folder.path(), &mut table);
    send::measure(folder.path(), &mut table);
    accept::measure(folder.path(), &mut table);
    bundle::measure(folder.path(), &mut table);
    table.print();
    if std::env::var_os("PLANO_WRITE_DOCS").is_some() {
        table.write();
    }
}
