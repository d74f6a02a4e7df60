//! A whole day on the station's page in a real Chromium: two officers, a phone and a laptop, mishaps in between.
//!
//! This file makes what the day needs (election, codes, figures, photos); `tests/browser/day.mjs` drives the browser.

use std::path::Path;
use std::process::Command;

use plano::form::{Page, Registered};
use plano::paper::{Place, Sheet, photo};
use plano::protocol::election::Election;
use plano::rehearsal::figures::{Figures, figures};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::golden::repository;

const STATION: &str = "3574031001001";
/// PINs of the two officers of this test.
const PINS: [&str; 2] = ["471108", "rahasia-petugas-dua"];
/// What `tests/browser/install` ends with when Chromium or Node.js cannot be had.
const CANNOT_INSTALL: i32 = 3;

/// Runs a program to its end and gives what it says; it has to succeed.
pub fn said(command: &mut Command) -> String {
    let output = command.output().expect("runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{complaint}");
    String::from_utf8(output.stdout).expect("text")
}

fn plano(folder: &Path, arguments: &[&str]) -> String {
    said(Command::new(env!("CARGO_BIN_EXE_plano")).current_dir(folder).args(arguments).env("PLANO_LANG", "en"))
}

/// Keys, election, central's folder and the codes of one station; none of the officers is enrolled yet.
fn prepare(folder: &Path) -> [String; 2] {
    let fixtures = repository("fixtures/election");
    plano(folder, &["key", "new", "kpu.test/authority", "--out", "authority.key"]);
    let fixtures = fixtures.to_str().expect("a path");
    plano(folder, &["election", "sign", fixtures, "--key", "authority.key", "--out", "election.note"]);
    plano(folder, &["central", "init", "--election", "election.note", "--origin", "central.test/browser"]);
    let codes = plano(folder, &["--json", "central", "codes", "--station", STATION]);
    let codes: Value = serde_json::from_str(&codes).expect("JSON");
    [0, 1].map(|at| codes[at]["code"].as_str().expect("a code").to_owned())
}

/// A photo of every page, small enough to be made quickly and large enough for the page to have nothing to say.
fn photograph(folder: &Path, figures: &Figures) -> Vec<String> {
    let place = Place {
        provinsi: "Jawa Timur".into(),
        kota: "Kota Probolinggo".into(),
        kecamatan: "Kanigaran".into(),
        kelurahan: "Kanigaran".into(),
        tps: 1,
    };
    let date = time::Date::from_calendar_date(2024, time::Month::November, 27).expect("a date");
    let pairs = Sheet::placeholder_names(figures.counts.form().pairs());
    let sheet = Sheet::new(figures.counts.clone(), figures.head, place, date, pairs).expect("a sheet");
    let contest = figures.counts.form().contest().id;
    let take = |page: Page| {
        let name = format!("{contest}-{page}.jpg");
        std::fs::write(folder.join(&name), photo(&sheet, page, 3, 1600).expect("a photo")).expect("writes");
        name
    };
    Page::ALL.into_iter().map(take).collect()
}

/// What stands on the sheets of one station, and photos of them.
fn papers(folder: &Path) -> Vec<Value> {
    let note = std::fs::read(folder.join("election.note")).expect("reads");
    let election = Election::parse(note).expect("an election");
    let registered: Registered = election.registered(STATION.parse().expect("an id")).expect("takes part");
    let paper = |form| {
        let figures = figures(form, registered, 5);
        let photos = photograph(folder, &figures);
        json!({ "contest": form.contest().id, "head": figures.head, "boxes": figures.counts, "photos": photos })
    };
    election.forms().iter().map(paper).collect()
}

/// Why the browser cannot run here; nothing when it can.
fn hindrance() -> Option<String> {
    let output = Command::new(repository("tests/browser/install")).output().expect("bash runs");
    let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    match output.status.code() {
        Some(0) => None,
        Some(CANNOT_INSTALL) => Some(complaint),
        code => panic!("tests/browser/install ended with {code:?}: {complaint}"),
    }
}

/// Whether the browser can run here; where it has to and cannot, the test fails.
pub fn can_run() -> bool {
    let Some(reason) = hindrance() else { return true };
    let needed = std::env::var_os("PLANO_NEEDS_BROWSER").is_some_and(|value| !value.is_empty());
    assert!(!needed, "{reason}");
    eprintln!("skipped: {reason}");
    false
}

#[test]
fn two_officers_live_through_the_day_in_a_browser() {
    if !can_run() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let scene = json!({
        "program": env!("CARGO_BIN_EXE_plano"),
        "folder": folder.path(),
        "station": STATION,
        "codes": prepare(folder.path()),
        "pins": PINS,
        "papers": papers(folder.path()),
        "pictures": std::env::var_os("PLANO_PICTURES").map_or_else(|| folder.path().join("pictures"), Into::into),
        "guide": std::env::var_os("PLANO_WRITE_DOCS").map(|_| repository("docs/images/panduan")),
    });
    let path = folder.path().join("scene.json");
    std::fs::write(&path, scene.to_string()).expect("writes");
    let told = said(Command::new("node").arg(repository("tests/browser/day.mjs")).arg(&path));
    assert!(told.trim_end().ends_with("the day is closed"), "{told}");
}
