//! A witness by the command line: keys, a central that takes its cosignature, a bundle that carries it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Output, Stdio};

use plano::central::Home;
use serde_json::Value;

use crate::support::central::{enrol_both, put, put_photo};
use crate::support::deliveries::Day;
use crate::support::desk::Desk;
use crate::support::election::{small, station};

/// The exit code of a verification, and the findings about the log.
fn codes(desk: &Desk, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let output = desk.output(&[&["--json"], arguments].concat());
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let codes = findings.map(|finding| finding["code"].as_str().expect("a code").to_owned());
    (output.status.code(), codes.filter(|code| code.starts_with("V7")).collect())
}

/// A central's folder with the whole day of one station; gives the size of its log.
fn central(desk: &Desk, name: &str, seed: u64) -> u64 {
    let home = Home::at(desk.path(name));
    let election = small(1);
    home.init("central.test/drill", &election, &[2; 32]).expect("makes");
    let mut central = home.open().expect("opens");
    let day = Day::whole(&election, station(1), seed, enrol_both(&mut central, station(1)));
    for entry in 0..day.entries.len() {
        put(&mut central, &day, entry).expect("accepted");
    }
    for photo in 0..day.photos.len() {
        put_photo(&mut central, &day, photo).expect("accepted");
    }
    central.health().log_size
}

/// A central that serves until it is dropped.
struct Serving(Child, String);

impl Serving {
    fn start(desk: &Desk, folder: &str, witness: &str) -> Self {
        let arguments = ["central", "--dir", folder, "serve", "--listen", "127.0.0.1:0", "--witness", witness];
        let mut child = desk.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("says where");
        let address = line.split_whitespace().find(|word| word.starts_with("http")).expect("an address").to_owned();
        Self(child, address)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn from_the_key_of_a_witness_to_a_bundle_that_it_vouches_for() {
    let desk = Desk::new();
    let size = central(&desk, "c", 1);
    let key = desk.run(&["key", "new", "pers.test/saksi", "--witness", "--out", "w.key"]);
    let stranger = desk.run(&["key", "new", "other.test/saksi", "--witness", "--out", "o.key"]);
    assert_eq!(desk.run(&["key", "public", "w.key"]), key);
    std::fs::write(desk.path("w.pub"), &key).expect("writes");

    let serving = Serving::start(&desk, "c", "w.pub");
    let look = |key: &str, home: &str| {
        let log = ["--log", &serving.1, "--log-key", "c/central.pub", "--key", key, "--home", home, "--once"];
        desk.output(&[&["central", "witness"][..], &log].concat())
    };
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let first = look("w.key", "w");
    assert_eq!(first.status.code(), Some(0), "{first:?}");
    assert!(said(&first).contains(&format!("central.test/drill: {size} leaves cosigned (the first)")), "{first:?}");
    assert!(said(&look("w.key", "w")).contains("cosigned already"));
    let refused = look("o.key", "o");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("give the operator the public key"), "{refused:?}");
    drop(serving);

    desk.run(&["export", "bag", "--central", "c"]);
    let bag = ["verify", "bag", "--central-key", "c/central.pub"];
    let asked = |key: &str| codes(&desk, &[&bag[..], &["--witness-key", key]].concat());
    assert_eq!(asked("w.pub"), (Some(0), Vec::new()));
    assert_eq!(codes(&desk, &bag), (Some(0), vec!["V717".to_owned()]), "it says that nobody checked");
    assert_eq!(asked(stranger.trim()), (Some(1), vec!["V714".to_owned()]));
    let text = desk.run(&[&bag[..], &["--witness-key", "w.pub"]].concat());
    assert!(text.contains("1 cosignatures"), "{text}");

    tampered(&desk, size, &key);
    forked(&desk);
}

/// A time that was changed in the cosignature.
fn tampered(desk: &Desk, size: u64, key: &str) {
    let file = desk.path(&format!("bag/data/checkpoints/{size:012}.note"));
    let note = std::fs::read_to_string(&file).expect("reads");
    let (before, line) = note.split_once("— pers.test/saksi ").expect("a cosignature");
    let mut letters: Vec<char> = line.chars().collect();
    letters[14] = if letters[14] == 'B' { 'C' } else { 'B' };
    let changed = format!("{before}— pers.test/saksi {}", letters.into_iter().collect::<String>());
    std::fs::write(&file, changed).expect("writes");
    let (code, found) = codes(desk, &["verify", "bag", "--central-key", "c/central.pub", "--witness-key", key.trim()]);
    assert_eq!((code, found), (Some(1), vec!["V713".to_owned(), "V714".to_owned()]));
}

/// Another central with the same key and another day.
fn forked(desk: &Desk) {
    central(desk, "other", 2);
    let serving = Serving::start(desk, "other", "w.pub");
    let log = ["--log", &serving.1, "--log-key", "c/central.pub", "--key", "w.key", "--home", "w", "--once"];
    let output = desk.output(&[&["central", "witness"][..], &log].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let alarm = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(alarm.contains("THE LOG FORKED"), "{alarm}");
    let folder = alarm.split_whitespace().last().expect("the folder");
    assert!(desk.path(folder).join("seen.note").exists(), "{alarm}");
    let again = desk.output(&[&["central", "witness"][..], &log].concat());
    assert!(String::from_utf8_lossy(&again.stderr).contains("EVIDENCE FROM EARLIER"));
}
