//! `cargo bench`: how fast Plano is, each figure as a ratio against something measured in the same run.
//!
//! Prints Markdown. With `PLANO_WRITE_DOCS=1` it also replaces the measured part of `docs/performance.md`.

#![expect(unreachable_pub, reason = "a bench has no outside")]
#![expect(dead_code, reason = "what tests share is more than what is measured here")]
#![expect(clippy::too_many_lines, reason = "a measurement reads from top to bottom")]
#![expect(clippy::print_stdout, reason = "the table is what the command is for")]

#[path = "../support/browser.rs"]
mod browser;
#[path = "../support/day.rs"]
mod day;
#[path = "../support/election.rs"]
mod election;

mod accept;
mod bundle;
mod crowd;
mod insert;
mod nation;
mod pages;
mod process;
mod send;
mod table;

use std::path::Path;

use table::Table;

/// A part of the measurements: works in a folder of its own, and adds its rows.
type Part = fn(&Path, &mut Table);

/// What is measured, in the order of the table.
const PARTS: [(&str, Part); 6] = [
    ("process", process::measure),
    ("send", send::measure),
    ("accept", accept::measure),
    ("crowd", crowd::measure),
    ("bundle", bundle::measure),
    ("pages", pages::measure),
];

/// What takes minutes and gigabytes, and is measured only when it is named.
const LONG: [(&str, Part); 1] = [("nation", nation::measure)];

fn main() {
    if let Ok(home) = std::env::var(nation::OPEN) {
        return nation::open(&home);
    }
    // Any part may be the only one, and each may be the first that makes a client.
    rustls::crypto::ring::default_provider().install_default().expect("the first");
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = Table::default();
    // `cargo bench -- pages` measures that part alone, and writes nothing. So does `cargo bench -- nation`.
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let named = |name: &str| only.as_deref() == Some(name);
    for (_, measure) in PARTS.iter().filter(|(name, _)| only.is_none() || named(name)) {
        measure(folder.path(), &mut table);
    }
    for (_, measure) in LONG.iter().filter(|(name, _)| named(name)) {
        measure(folder.path(), &mut table);
    }
    table.print();
    if only.is_none() && std::env::var_os("PLANO_WRITE_DOCS").is_some() {
        table.write();
    }
}
