//! Damaged bundles: every kind of damage is found and named, and nobody else is accused.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use plano::audit::Folder;
use plano::audit::{Report, Scope, Severity, export};
use plano::form::Lang;

use crate::audit::{maker, sound, verified};
use crate::support::election;
use crate::support::golden::{generated, repository};
use crate::support::tamper::{copy, edit, rebag};

/// One kind of damage done to a copy of the sound bundle.
struct Damage {
    name: &'static str,
    /// What is done.
    act: fn(&Path),
    /// Whether the sums are made to fit again, as somebody who knows the format would do.
    rebagged: bool,
    /// Codes of all warnings and accusations that follow.
    codes: &'static [&'static str],
    /// Number of the TPS that they are about; 0 for the bundle as a whole.
    tps: u16,
}

const FIRST: &str = "data/entries/35.74.03.1001-001";
const SECOND: &str = "data/entries/35.74.03.1001-002";
const RECEIPTS: &str = "data/receipts/35.74.03.1001-001";
const PEOPLE: &str = "data/accreditations/35.74.03.1001-001";

fn remove(bag: &Path, path: &str) {
    fs::remove_file(bag.join(path)).expect("removes");
}

fn rename(bag: &Path, from: &str, to: &str) {
    fs::rename(bag.join(from), bag.join(to)).expect("renames");
}

fn append(bag: &Path, path: &str, more: &str) {
    let text = fs::read_to_string(bag.join(path)).unwrap_or_default();
    fs::write(bag.join(path), text + more).expect("writes");
}

fn swap(bag: &Path, one: &str, two: &str) {
    let [first, second] = [one, two].map(|path| fs::read(bag.join(path)).expect("reads"));
    fs::write(bag.join(one), second).expect("writes");
    fs::write(bag.join(two), first).expect("writes");
}

/// The first photo of the sample, by its path: that of TPS 2, which has one only.
fn photo(bag: &Path) -> String {
    let table = fs::read_to_string(bag.join("data/tables/photos.csv")).expect("a table");
    let row = table.lines().find(|line| line.starts_with("35.74.03.1001-002")).expect("a photo of TPS 2");
    format!("data/photos/{}.jpg", row.split(',').nth(2).expect("its name"))
}

/// Files changed by accident or clumsily: the sums tell.
const CLUMSY: &[Damage] = &[
    Damage {
        name: "file-missing",
        act: |bag| remove(bag, "data/attempts/35.74.03.1001-001.jsonl"),
        rebagged: false,
        codes: &["V102", "V108"],
        tps: 0,
    },
    Damage {
        name: "file-changed",
        act: |bag| append(bag, "data/VERIFY.md", "x"),
        rebagged: false,
        codes: &["V103", "V108"],
        tps: 0,
    },
    Damage {
        name: "file-added",
        act: |bag| append(bag, "data/photos/readme.txt", "x"),
        rebagged: false,
        codes: &["V104", "V108", "V110"],
        tps: 0,
    },
    Damage {
        name: "file-added-at-the-top",
        act: |bag| append(bag, "autorun.inf", "x"),
        rebagged: false,
        codes: &["V104", "V110"],
        tps: 0,
    },
    Damage {
        name: "manifest-garbled",
        act: |bag| append(bag, "manifest-sha256.txt", "not a line\n"),
        rebagged: false,
        codes: &["V103", "V105"],
        tps: 0,
    },
    Damage {
        name: "manifest-leads-out",
        act: |bag| {
            let line = format!("{}  data/../../secret\n", "0".repeat(64));
            append(bag, "manifest-sha256.txt", &line);
        },
        rebagged: false,
        codes: &["V103", "V105"],
        tps: 0,
    },
    Damage {
        name: "tag-manifest-missing",
        act: |bag| remove(bag, "tagmanifest-sha256.txt"),
        rebagged: false,
        codes: &["V102", "V104"],
        tps: 0,
    },
    Damage {
        name: "declaration-changed",
        act: |bag| edit(bag, "bagit.txt", "1.0", "0.9"),
        rebagged: true,
        codes: &["V101"],
        tps: 0,
    },
    Damage {
        name: "description-of-another-election",
        act: |bag| edit(bag, "bag-info.txt", "Plano-Election: ", "Plano-Election: x"),
        rebagged: true,
        codes: &["V108"],
        tps: 0,
    },
];

/// Evidence changed by somebody who makes the sums fit again: signatures, chain, receipts and tables tell.
const CLEVER: &[Damage] = &[
    Damage {
        name: "figure-in-a-result",
        act: |bag| edit(bag, &format!("{SECOND}/000005.note"), "\"votes.1\":", "\"votes.1\":9"),
        rebagged: true,
        codes: &["V303", "V305", "V401", "V702", "V801"],
        tps: 2,
    },
    Damage {
        name: "incident-rewritten",
        act: |bag| edit(bag, &format!("{SECOND}/000006.note"), "Hujan", "Panas"),
        rebagged: true,
        codes: &["V303", "V801"],
        tps: 2,
    },
    Damage {
        name: "entry-removed",
        act: |bag| remove(bag, &format!("{SECOND}/000004.note")),
        rebagged: true,
        codes: &["V304", "V401", "V703", "V801"],
        tps: 2,
    },
    Damage {
        name: "last-delivered-entries-removed",
        act: |bag| {
            remove(bag, &format!("{SECOND}/000006.note"));
            remove(bag, &format!("{SECOND}/000005.note"));
        },
        rebagged: true,
        codes: &["V703", "V801"],
        tps: 2,
    },
    Damage {
        name: "entries-swapped",
        act: |bag| swap(bag, &format!("{SECOND}/000002.note"), &format!("{SECOND}/000003.note")),
        rebagged: true,
        codes: &["V110", "V304", "V305", "V801"],
        tps: 2,
    },
    Damage {
        name: "entry-of-another-tps",
        act: |bag| {
            fs::copy(bag.join(FIRST).join("000006.note"), bag.join(SECOND).join("000007.note")).expect("copies");
        },
        rebagged: true,
        codes: &["V110", "V302"],
        tps: 2,
    },
    Damage { name: "photo-removed", act: |bag| remove(bag, &photo(bag)), rebagged: true, codes: &["V601"], tps: 2 },
    Damage {
        name: "photo-exchanged",
        act: |bag| fs::write(bag.join(photo(bag)), b"\xff\xd8\xff\xe0 another paper").expect("writes"),
        rebagged: true,
        codes: &["V602", "V603"],
        tps: 2,
    },
    Damage {
        name: "photo-renamed",
        act: |bag| rename(bag, &photo(bag), &photo(bag).replace(".jpg", ".png")),
        rebagged: true,
        codes: &["V110"],
        tps: 0,
    },
    Damage {
        name: "receipts-swapped",
        act: |bag| swap(bag, &format!("{RECEIPTS}/000001.tlog-proof"), &format!("{RECEIPTS}/000002.tlog-proof")),
        rebagged: true,
        codes: &["V702", "V801"],
        tps: 1,
    },
    Damage {
        name: "receipt-forged",
        act: |bag| edit(bag, &format!("{RECEIPTS}/000002.tlog-proof"), "index 1", "index 2"),
        rebagged: true,
        codes: &["V701", "V801"],
        tps: 1,
    },
    Damage {
        name: "accreditation-removed",
        act: |bag| remove(bag, &format!("{PEOPLE}-p2-000001.note")),
        rebagged: true,
        codes: &["V207", "V303"],
        tps: 1,
    },
    Damage {
        name: "accreditation-changed",
        act: |bag| edit(bag, &format!("{PEOPLE}-p2-000001.note"), "\"from_seq\":1", "\"from_seq\":2"),
        rebagged: true,
        codes: &["V205", "V207", "V303"],
        tps: 1,
    },
    Damage {
        name: "table-changed",
        act: |bag| edit(bag, "data/tables/recap.csv", "drill,gubernur,provinsi", "drill,gubernur,nasional"),
        rebagged: true,
        codes: &["V801"],
        tps: 0,
    },
    Damage {
        name: "table-removed",
        act: |bag| remove(bag, "data/tables/results.csv"),
        rebagged: true,
        codes: &["V801"],
        tps: 0,
    },
    Damage {
        name: "attempts-garbled",
        act: |bag| append(bag, "data/attempts/35.74.03.1001-001.jsonl", "{\n"),
        rebagged: true,
        codes: &["V802"],
        tps: 1,
    },
    Damage {
        name: "election-file-changed",
        act: |bag| edit(bag, "data/election.note", "Latihan uji", "Latihan lain"),
        rebagged: true,
        codes: &["V108", "V202", "V206", "V207", "V303", "V305", "V401"],
        tps: 0,
    },
    Damage {
        name: "election-file-removed",
        act: |bag| remove(bag, "data/election.note"),
        rebagged: true,
        codes: &["V201"],
        tps: 0,
    },
    Damage {
        name: "central-key-exchanged",
        act: |bag| {
            let key = election::authority().public().to_string();
            fs::write(bag.join("data/central.key"), format!("{key}\n")).expect("writes");
        },
        rebagged: true,
        codes: &["V204"],
        tps: 0,
    },
];

fn grave(report: &Report) -> impl Iterator<Item = &plano::audit::Finding> {
    report.findings().iter().filter(|finding| finding.kind.severity() != Severity::Note)
}

/// What is not found as it should be.
fn judge(damage: &Damage, folder: &Path) -> Vec<String> {
    let bag = folder.join(damage.name);
    copy(&sound(), &bag);
    (damage.act)(&bag);
    if damage.rebagged {
        rebag(&bag);
    }
    let report = verified(&bag);
    generated(&format!("fixtures/bundles/{}.findings.txt", damage.name), &report.text(Lang::En));
    let mut wrong = Vec::new();
    let codes: BTreeSet<_> = grave(&report).map(|finding| finding.kind.code()).collect();
    if codes != damage.codes.iter().copied().collect() || report.exit_code() != 1 {
        wrong.push(format!("{}: should be {:?}\n{}", damage.name, damage.codes, report.text(Lang::En)));
    }
    for finding in grave(&report).filter(|_| damage.tps != 0) {
        let station = finding.place.station.map_or(damage.tps, plano::protocol::ids::StationId::tps);
        if station != damage.tps {
            wrong.push(format!("{}: somebody else is accused: {finding:?}", damage.name));
        }
    }
    wrong
}

fn judge_all(damages: &[Damage]) {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong: Vec<_> = damages.iter().flat_map(|damage| judge(damage, folder.path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn clumsy_damage_is_found_by_the_sums() {
    judge_all(CLUMSY);
}

#[test]
fn clever_damage_is_found_by_signatures_chain_receipts_and_tables() {
    judge_all(CLEVER);
}

/// Damaged bundles that are stored, for other tools to try: of TPS 2 alone, to stay small.
const STORED: [&str; 3] = ["incident-rewritten", "entry-removed", "photo-exchanged"];

#[test]
fn the_stored_damaged_bundles_are_still_found_out() {
    for name in STORED {
        let damage = CLEVER.iter().find(|damage| damage.name == name).expect("a known damage");
        let bag = repository(&format!("fixtures/bundles/tampered-{name}"));
        if !bag.exists() && std::env::var_os("PLANO_NEW_GOLDEN").is_some() {
            let source = Folder::open(&sound()).expect("a bundle");
            let scope = Scope::Stations(BTreeSet::from([election::station(2)]));
            export(&source, &scope, &bag, &maker()).expect("exports");
            (damage.act)(&bag);
            rebag(&bag);
        }
        let report = verified(&bag);
        let codes: BTreeSet<_> = grave(&report).map(|finding| finding.kind.code()).collect();
        assert_eq!(codes, damage.codes.iter().copied().collect(), "{}", report.text(Lang::En));
    }
}
