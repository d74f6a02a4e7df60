//! How long an auditor waits: `plano verify` against `sha256sum -c` on the same bundle.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use plano::rehearsal::{Demo, Scale, run};

use super::table::{Table, median, timed};

const RUNS: usize = 5;

/// The bundle of a few stations with photos of 12 megapixels, verified whole.
pub fn measure(folder: &Path, table: &mut Table) {
    let quiet = "about = \"nothing goes wrong\"\nseed = 1\n".to_owned();
    let demo = Demo {
        scale: Scale::Stations(12),
        folder: folder.join("demo"),
        faults: Some(quiet),
        long_side: 4000,
        at_once: 2,
        seed: 1,
    };
    let (done, ended) = channel();
    let outcome = run(&demo, &done).expect("a day");
    drop(ended);
    assert!(outcome.sound());
    let bundle = &outcome.exported.folder;
    let verify = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plano"));
        command.arg("verify").arg(bundle).stdout(Stdio::null());
        timed(|| assert!(command.status().expect("runs").success())).1
    };
    let sums = || {
        let mut command = Command::new("sha256sum");
        command.args(["--check", "--quiet", "manifest-sha256.txt"]).current_dir(bundle);
        timed(|| assert!(command.status().expect("runs").success())).1
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(verify());
        theirs.push(sums());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let checked = outcome.report.checked();
    table.row(
        &format!(
            "`plano verify`: {} stations, {} entries, {} photos, {} MB",
            checked.stations,
            checked.entries,
            checked.photos,
            outcome.exported.bytes / 1_000_000
        ),
        &format!("{:.0} ms", ours.as_secs_f64() * 1e3),
        &format!("`sha256sum -c`, which checks the sums alone: {:.0} ms", theirs.as_secs_f64() * 1e3),
        Some(ours.as_secs_f64() / theirs.as_secs_f64()),
    );
}
