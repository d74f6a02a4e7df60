//! A station's process killed without warning, again and again: what it said was recorded is there.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use plano::protocol::chain;
use plano::store::Ledger;

use crate::support::ledger::{Scratch, entry, founding, incident, photo};

/// Set for the child alone: the ledger that it fills until it is killed.
const LEDGER: &str = "PLANO_TEST_KILL_LEDGER";

/// The child's part. Without the variable there is nothing to fill.
#[test]
fn child_appends_until_it_is_killed() {
    let Some(path) = std::env::var_os(LEDGER) else { return };
    let ledger = Ledger::open(Path::new(&path)).expect("opens");
    loop {
        let head = ledger.head().expect("head");
        let number = head.map_or(0, |head| head.seq.get());
        let body = if number.is_multiple_of(3) { photo(format!("{number}").as_bytes()) } else { incident("x") };
        ledger.append(&entry(head, body)).expect("appends");
        println!("\nrecorded {}", number + 1);
    }
}

#[test]
fn what_was_said_to_be_recorded_survives_a_kill() {
    let scratch = Scratch::new();
    let mut said = 0;
    for round in 0..8_u64 {
        let child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "store_kill::child_appends_until_it_is_killed", "--nocapture"])
            .env(LEDGER, scratch.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let numbers = lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("recorded ")?.parse().ok());
        // Another number of entries each time, so that the kill meets another moment.
        for number in numbers.take(1 + usize::try_from(round).expect("small") * 3) {
            said = number;
        }
        child.kill().expect("kills");
        child.wait().expect("is gone");
        let ledger = scratch.again();
        ledger.check().expect("sound, with an outbox that matches the entries");
        let entries = ledger.entries().expect("entries");
        assert!(entries.len() as u64 >= said, "{said} were recorded, {} are there", entries.len());
        let mut head = None;
        for sealed in &entries {
            head = Some(chain::extend(head, founding().election.digest(), sealed).expect("extends"));
        }
    }
    assert!(said >= 8);
}
