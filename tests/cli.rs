//! The command line as its users have it: a whole day with the binary alone, by script and at the prompt.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Output, Stdio};

use plano::form::{Form, Page, Registered};
use plano::paper::{Place, Sheet, photo};
use plano::rehearsal::figures::{Figures, figures};
use serde_json::{Value, json};

use crate::support::desk::Desk;

const STATION: &str = "3574031001001";

/// A central that serves until it is dropped.
struct Central {
    child: Child,
    address: String,
}

impl Central {
    fn start(desk: &Desk, more: &[&str]) -> Self {
        let mut command = desk.command(&[&["central", "serve", "--listen", "127.0.0.1:0"], more].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("says where");
        let address = line.split_whitespace().find(|word| word.starts_with("http")).expect("an address").to_owned();
        Self { child, address }
    }
}

impl Drop for Central {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn form(contest: &str, pairs: u8) -> Form {
    Form::new("kwk-2024", contest, pairs).expect("a form")
}

fn paper(form: &Form) -> Figures {
    figures(form, Registered { l: 274, p: 261 }, 5)
}

/// What stands on the paper, as a script hands it over.
fn values(figures: &Figures, answers: &Value) -> String {
    json!({ "head": figures.head, "boxes": figures.counts, "answers": answers }).to_string()
}

/// What stands on the paper, as an officer types it: head first, then the boxes in the paper's order.
fn keys(figures: &Figures) -> Vec<String> {
    let head = &figures.head;
    let times = [head.voting_from, head.voting_to, head.counting_from, head.counting_to].map(|time| time.to_string());
    let boxes = figures.counts.iter().map(|(_, count)| format!("{:03}", count.get()));
    times.into_iter().chain(["ya".to_owned()]).chain(boxes).collect()
}

fn photograph(desk: &Desk, figures: &Figures) {
    let place = Place {
        provinsi: "Jawa Timur".into(),
        kota: "Kota Probolinggo".into(),
        kecamatan: "Mayangan".into(),
        kelurahan: "Mayangan".into(),
        tps: 1,
    };
    let date = time::Date::from_calendar_date(2024, time::Month::November, 27).expect("a date");
    let pairs = Sheet::placeholder_names(figures.counts.form().pairs());
    let sheet = Sheet::new(figures.counts.clone(), figures.head, place, date, pairs).expect("a sheet");
    for page in Page::ALL {
        let name = format!("{}-{page}.jpg", figures.counts.form().contest().id);
        std::fs::write(desk.path(&name), photo(&sheet, page, 3, 1600).expect("a photo")).expect("writes");
    }
}

/// Keys, election, central's folder and one station's codes, all made with the binary.
fn prepare(desk: &Desk) -> [String; 2] {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/election");
    let authority = desk.run(&["key", "new", "kpu.test/authority", "--out", "authority.key"]);
    let fixtures = fixtures.to_str().expect("a path");
    desk.run(&["election", "sign", fixtures, "--key", "authority.key", "--out", "election.note"]);
    desk.run(&["election", "check", "election.note", "--authority", authority.trim()]);
    desk.run(&["central", "init", "--election", "election.note", "--origin", "central.test/cli"]);
    let codes = desk.json(&["central", "codes", "--station", STATION]);
    [0, 1].map(|at| codes[at]["code"].as_str().expect("a code").to_owned())
}

fn set_up(desk: &Desk, central: &Central, codes: &[String; 2]) {
    let (url, key) = (central.address.as_str(), "plano-central/central.pub");
    let election = ["station", "init", "--election", "election.note", "--station", STATION];
    desk.run(&[&election[..], &["--central", url, "--central-key", key]].concat());
    let enrol = |slot, code: &str| desk.json(&["station", "enrol", "--as", slot, "--code", code]);
    assert_eq!(enrol("p1", &codes[0])["opened"], false);
    assert_eq!(enrol("p2", &codes[1])["opened"], true);
}

fn read_by_script(desk: &Desk, slot: &str, contest: &str, input: &str) -> Output {
    desk.typed(&["station", "read", "--as", slot, "--contest", contest, "--values", "-"], input)
}

#[test]
fn one_day_by_script_from_the_keys_to_the_verified_bundle() {
    let desk = Desk::new();
    let codes = prepare(&desk);
    let central = Central::start(&desk, &[]);
    set_up(&desk, &central, &codes);
    assert_eq!(desk.json(&["station", "status"])["next"]["read"]["contest"], "gubernur");

    for (contest, pairs) in [("gubernur", 3), ("walikota", 4)] {
        let figures = paper(&form(contest, pairs));
        for slot in ["p1", "p2"] {
            let output = read_by_script(&desk, slot, contest, &values(&figures, &json!([])));
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        photograph(&desk, &figures);
        for page in ["1", "2", "3"] {
            let file = format!("{contest}-{page}.jpg");
            desk.run(&["station", "photo", "add", &file, "--as", "p1", "--contest", contest, "--page", page]);
        }
        desk.run(&["station", "seal", "--contest", contest, "--yes"]);
        desk.run(&["station", "copy", "--as", "p2", "--contest", contest, "--saksi", "1"]);
    }
    desk.run(&["station", "incident", "--as", "p1", "Hujan deras pukul 14.10."]);
    let refused = desk.fail(2, &["station", "close"]);
    assert!(refused.contains("plano sync"), "says how to deliver: {refused}");

    let sync = desk.json(&["sync"]);
    assert_eq!(sync["complete"], true, "{sync}");
    let closed = desk.run(&["station", "close"]);
    assert!(closed.contains("closing code"), "{closed}");
    desk.run(&["sync"]);
    assert_eq!(desk.json(&["station", "status"])["next"], "nothing");

    desk.run(&["export", "mine", "--station", "plano-station"]);
    drop(central);
    desk.run(&["export", "theirs", "--central", "plano-central"]);
    let report = desk.run(&["verify", "mine", "theirs", "--central-key", "plano-central/central.pub"]);
    assert!(report.contains("SOUND"), "{report}");
    std::fs::write(desk.path("mine/data/central.key"), "x").expect("writes");
    assert!(!desk.output(&["verify", "mine"]).status.success());
    desk.fail(2, &["verify", "no-such-bundle"]);
}

#[test]
fn an_officer_reads_at_the_prompt_goes_back_and_answers_a_finding() {
    let desk = Desk::new();
    let codes = prepare(&desk);
    let central = Central::start(&desk, &[]);
    set_up(&desk, &central, &codes);
    let sound = paper(&form("gubernur", 3));
    let mut keys = keys(&sound);
    let total = keys.len() - 1;
    let wrong = (keys[total].parse::<u16>().expect("a number") - 1).to_string();
    // A slip in a box, a letter, one step back, and a total on the paper that is one short.
    keys.splice(6..7, ["abc".into(), "1000".into(), keys[6].clone(), "<".into(), keys[6].clone()]);
    *keys.last_mut().expect("a total") = wrong;
    let mut input = keys.join("\n") + "\n";
    // E302, E303 and E304 want an answer each: the total contradicts valid + invalid, the voters and the ballots.
    input += "sesuai plano\nsesuai plano\nsesuai plano\n";
    let output = desk.typed(&["station", "read", "--as", "p1", "--contest", "gubernur"], &input);
    let (said, asked) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{asked}");
    for part in ["I. ", "IV. ", "! E302", "Recorded as entry 2"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(asked.contains("by the other boxes"), "sums run along: {asked}");

    // The second officer reads the sum that should be there: one box differs, and the value is never shown.
    let output = read_by_script(&desk, "p2", "gubernur", &values(&sound, &json!([])));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let diff = desk.run(&["station", "diff", "--contest", "gubernur"]);
    assert!(diff.contains("V.C") && diff.contains("1 boxes differ"), "{diff}");
    let again = "{\"boxes\":{\"total\":\"".to_owned() + keys.last().expect("a total") + "\"}}";
    let needs = read_by_script(&desk, "p2", "gubernur", &again);
    assert_eq!(needs.status.code(), Some(2), "an answer is wanted");
    let note = |code| json!({ "code": code, "note": "sesuai plano" });
    let answers = json!([note("E302"), note("E303"), note("E304")]);
    let total = keys.last().expect("a total");
    let again = json!({ "boxes": { "total": total }, "answers": answers }).to_string();
    for slot in ["p1", "p2"] {
        let output = read_by_script(&desk, slot, "gubernur", &again);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(desk.json(&["station", "status"])["forms"][0]["phase"], "agreed");
}

#[test]
fn a_reading_that_is_broken_off_goes_on_where_it_stopped() {
    let desk = Desk::new();
    let codes = prepare(&desk);
    let central = Central::start(&desk, &[]);
    set_up(&desk, &central, &codes);
    let keys = keys(&paper(&form("walikota", 4)));
    let read = ["station", "read", "--as", "p1", "--contest", "walikota"];
    let (first, rest) = keys.split_at(11);
    let output = desk.typed(&read, &(first.join("\n") + "\n"));
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("kept as a draft"));
    let output = desk.typed(&read, &(rest.join("\n") + "\n"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn mistakes_are_explained_and_lose_nothing() {
    let desk = Desk::new();
    let codes = prepare(&desk);
    let central = Central::start(&desk, &[]);
    let init = |station, key| {
        [
            "station",
            "init",
            "--election",
            "election.note",
            "--station",
            station,
            "--central",
            "http://127.0.0.1:9",
            "--central-key",
            key,
        ]
    };
    let strange = desk.fail(2, &init("3574039999001", "plano-central/central.pub"));
    assert!(strange.contains("3574039999001") || strange.contains("35.74.03.9999-001"), "{strange}");
    assert!(desk.fail(2, &init(STATION, "nonsense")).contains("public key"));
    set_up(&desk, &central, &codes);
    assert!(desk.fail(2, &["station", "enrol", "--as", "p1", "--code", "AAAAA-AAAAA-AAAAA-AAAAA"]).contains("repeat"));
    let heic = [&b"\0\0\0\x18ftypheic\0\0\0\0"[..], &[0; 64]].concat();
    std::fs::write(desk.path("IMG_0001.jpg"), heic).expect("writes");
    let add = ["station", "photo", "add", "IMG_0001.jpg", "--as", "p1", "--contest", "gubernur", "--page", "1"];
    assert!(desk.fail(2, &add).contains("HEIC"), "known by its bytes, not by its name");
    let wrong = desk.command(&["station", "incident", "--as", "p1", "x"]).env("PLANO_PIN_P1", "111222").output();
    let wrong = wrong.expect("runs");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("PIN"));
    let none = desk.command(&["station", "incident", "--as", "p1", "x"]).env_remove("PLANO_PIN_P1").output();
    assert!(String::from_utf8_lossy(&none.expect("runs").stderr).contains("PLANO_PIN_P1"));
    assert_eq!(desk.json(&["station", "status"])["head"]["seq"], 1, "nothing was recorded by mistake");
    desk.fail(2, &["station", "--dir", "elsewhere", "status"]);
}

#[test]
fn a_central_with_its_own_certificate_is_reached_through_tls_and_only_with_its_authority() {
    let desk = Desk::new();
    let codes = prepare(&desk);
    let tls = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tls");
    let [cert, key] = ["test-only.pem", "test-only.key.pem"].map(|name| tls.join(name).display().to_string());
    let central = Central::start(&desk, &["--cert", &cert, "--key", &key]);
    assert!(central.address.starts_with("https://"), "{}", central.address);
    let url = central.address.replace("127.0.0.1", "localhost");
    let election = ["station", "init", "--election", "election.note", "--station", STATION];
    desk.run(&[&election[..], &["--central", &url, "--central-key", "plano-central/central.pub"]].concat());
    let enrol = ["station", "enrol", "--as", "p1", "--code", &codes[0]];
    let stranger = desk.fail(2, &enrol);
    assert!(stranger.contains("repeat the same command"), "nobody vouches for the certificate: {stranger}");
    desk.run(&[&enrol[..], &["--ca", &cert]].concat());
    desk.run(&["station", "enrol", "--as", "p2", "--code", &codes[1], "--ca", &cert]);
    assert_eq!(desk.json(&["sync", "--ca", &cert])["complete"], true);
    assert_eq!(desk.output(&["sync", "--once"]).status.code(), Some(0), "nothing is left to send");
}

#[test]
fn a_backup_is_a_station_again() {
    let desk = Desk::new();
    let codes = prepare(&desk);
    let central = Central::start(&desk, &[]);
    set_up(&desk, &central, &codes);
    desk.run(&["station", "backup", "stick"]);
    assert!(desk.fail(2, &["station", "backup", "stick"]).contains("stick"), "nothing is overwritten");
    desk.run(&["station", "--dir", "second", "restore", "stick"]);
    let heads = ["plano-station", "second"].map(|dir| desk.json(&["station", "--dir", dir, "status"])["head"].clone());
    assert_eq!(heads[0], heads[1]);
}
