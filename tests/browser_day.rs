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

/// Seconds after which a day in the browser counts as hanging: several times what it takes, since other builds may be running.
const LONGEST: &str = "900";

/// Runs a program to its end and gives what it says; it has to succeed.
fn said(command: &mut Command) -> String {
    let output = command.output().expect("runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} ended with {}\n{}\n{complaint}",
        output.status,
        String::from_utf8_lossy(&output.stdout)
    );
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

/// The sheet with these figures on it.
fn sheet(figures: &Figures) -> Sheet {
    let place = Place {
        provinsi: "Jawa Timur".into(),
        kota: "Kota Probolinggo".into(),
        kecamatan: "Kanigaran".into(),
        kelurahan: "Kanigaran".into(),
        tps: 1,
    };
    let date = time::Date::from_calendar_date(2024, time::Month::November, 27).expect("a date");
    let pairs = Sheet::placeholder_names(figures.counts.form().pairs());
    Sheet::new(figures.counts.clone(), figures.head, place, date, pairs).expect("a sheet")
}

/// A photo of every page, small enough to be made quickly and large enough for the page to have nothing to say.
fn photograph(folder: &Path, figures: &Figures) -> Vec<String> {
    let (sheet, contest) = (sheet(figures), figures.counts.form().contest().id);
    let take = |page: Page| {
        let name = format!("{contest}-{page}.jpg");
        std::fs::write(folder.join(&name), photo(&sheet, page, 3, 1600).expect("a photo")).expect("writes");
        name
    };
    Page::ALL.into_iter().map(take).collect()
}

/// Photos of no page: one so small that nobody can read it, and two that stand for other papers.
fn other_photos(folder: &Path, figures: &Figures) {
    let sheet = sheet(figures);
    for (name, page, seed, side) in
        [("poor", Page::SECOND, 11, 500), ("paper-1", Page::FIRST, 21, 1600), ("paper-2", Page::THIRD, 31, 1600)]
    {
        let taken = photo(&sheet, page, seed, side).expect("a photo");
        std::fs::write(folder.join(format!("{name}.jpg")), taken).expect("writes");
    }
}

/// What stands on the sheets of one station, and photos of them.
fn papers(folder: &Path) -> Vec<Value> {
    let note = std::fs::read(folder.join("election.note")).expect("reads");
    let election = Election::parse(note).expect("an election");
    let registered: Registered = election.registered(STATION.parse().expect("an id")).expect("takes part");
    let all: Vec<_> = election.forms().iter().map(|form| figures(form, registered, 5)).collect();
    other_photos(folder, all.first().expect("a form"));
    let paper = |figures: &Figures| {
        let form = figures.counts.form();
        let photos = photograph(folder, figures);
        json!({ "contest": form.contest().id, "head": figures.head, "boxes": figures.counts, "photos": photos })
    };
    all.iter().map(paper).collect()
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

#[test]
fn two_officers_live_through_the_day_in_a_browser() {
    if let Some(reason) = hindrance() {
        let needed = std::env::var_os("PLANO_NEEDS_BROWSER").is_some_and(|value| !value.is_empty());
        assert!(!needed, "{reason}");
        eprintln!("skipped: {reason}");
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
    // `timeout` ends the browser and the servers of a day that hangs, since they are in its process group.
    let mut day = Command::new("timeout");
    day.args(["--kill-after=10", LONGEST, "node"]).arg(repository("tests/browser/day.mjs")).arg(&path);
    let told = said(&mut day);
    assert!(told.trim_end().ends_with("the day is closed"), "{told}");
}
