//! What the program costs before it does anything: size, start, memory.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use plano::central::Home;
use plano::clock;
use plano::recorder::{Place, Setup, Station};

use super::election::{central, small, station};
use super::table::{Table, median, timed};

const RUNS: usize = 15;

fn plano() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_plano"))
}

/// Size of the binary, start of a station, memory of a waiting central.
pub fn measure(folder: &Path, table: &mut Table) {
    let size = std::fs::metadata(plano()).expect("the binary").len();
    table.row(
        "size of the stripped binary",
        &format!("{:.1} MB", megabytes(size)),
        "Abacus, as published: 60 MB",
        None,
    );

    let root = folder.join("start");
    let election = small(1);
    let url = "http://127.0.0.1:9".to_owned();
    let setup = Setup { station: station(1), election: election.clone(), central: central().public(), url };
    Station::init(Place::new(&root), &setup, clock::now()).expect("sets up");
    let status = || {
        let mut command = Command::new(plano());
        command.args(["station", "--dir"]).arg(&root).arg("status").stdout(Stdio::null());
        timed(|| assert!(command.status().expect("runs").success())).1
    };
    let nothing = || timed(|| Command::new("true").status().expect("runs")).1;
    let mut runs = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        runs.0.push(status());
        runs.1.push(nothing());
    }
    let (status, nothing) = (median(runs.0), median(runs.1));
    table.row(
        "start of a station: `plano station status`, whole process",
        &format!("{:.1} ms", milliseconds(status)),
        &format!("`true`: {:.1} ms (Abacus, as published: 300 ms)", milliseconds(nothing)),
        Some(status.as_secs_f64() / nothing.as_secs_f64()),
    );

    let home = folder.join("idle");
    Home::at(&home).init("central.test/idle", &election, &[7; 32]).expect("sets up");
    let mut server = serve(&home);
    let idle = resident(server.id());
    // A process that was started here is ended here.
    let _ = server.kill();
    let _ = server.wait();
    table.row(
        "memory of a waiting central",
        &format!("{:.1} MB", megabytes(idle)),
        "Abacus, as published: 26 MB",
        None,
    );
}

fn serve(home: &Path) -> Child {
    use std::io::BufRead as _;
    let mut command = Command::new(plano());
    command.args(["central", "--dir"]).arg(home).args(["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("says where");
    assert!(line.contains("http"), "{line}");
    child
}

/// Resident memory of a process in bytes.
pub fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("resident memory");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).expect("a number") * 1024
}

/// Bytes in millions.
#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
