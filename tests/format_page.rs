//! `docs/format.md` is written from a template, the golden files and the tables of the code; and it describes every field.

use std::fmt::Write as _;

use plano::audit::{Kind, Severity};
use plano::digest::Digest;
use plano::form::Lang;
use plano::protocol::bundle;
use plano::protocol::entry::ImageKind;
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::receipt::{Item, What};
use plano::protocol::wire::{ProblemKind, limits, media, routes};
use plano::store::Attempt;

use crate::support::election::{officer, station};
use crate::support::golden::generated;
use crate::support::golden::repository;

/// Every route: method, path, what is sent, what is answered.
const ROUTES: [(&str, &str, &str, &str); 27] = [
    ("POST", routes::ENROL, "an enrolment", "the accreditation"),
    ("PUT", routes::ENTRY, "an entry", "its receipt"),
    ("GET", routes::ENTRY, "", "the entry"),
    (
        "POST",
        routes::ENTRIES,
        "consecutive entries as JSON: the position of the `first`, and `entries`; may come deflated",
        "`answers`: a receipt or a problem for each",
    ),
    (
        "POST",
        routes::CARRIED,
        "the text of a [QR code](#the-result-in-a-qr-code), or the note of a `result`",
        "where it stands: provisional or accepted",
    ),
    ("GET", routes::ENTRY_RECEIPT, "", "the receipt of the entry"),
    ("POST", routes::UPLOADS, "the announcement of a photo that an accepted entry names", "where it is uploaded"),
    ("HEAD", routes::UPLOAD, "", "how many of its bytes are here"),
    ("PATCH", routes::UPLOAD, "the bytes from there on", "how many are here now"),
    ("DELETE", routes::UPLOAD, "", "that it is given up"),
    ("GET", routes::PHOTO, "", "the photo"),
    ("GET", routes::PHOTO_RECEIPT, "", "the receipt of the photo"),
    ("GET", routes::MISSING, "", "head of the chain, and the photos still lacking"),
    ("GET", routes::ACCREDITATIONS, "", "the notes of the station's officers, an empty line between them"),
    ("GET", routes::RECAP, "", "the [recapitulation](#open-data) of a region as JSON"),
    ("GET", routes::RECAP_FILE, "", "one contest of it as `CONTEST.json` or `CONTEST.csv`, or every TPS as `tps.csv`"),
    ("GET", routes::KPU_WILAYAH, "", "regions [as KPU's site](#the-shapes-of-kpus-site) lists them"),
    ("GET", routes::KPU_PASLON, "", "pairs as KPU's site lists them"),
    ("GET", routes::KPU_NATION, "", "the count of all provinces in KPU's shape"),
    ("GET", routes::KPU_COUNT, "", "the count of a region or TPS in KPU's shape"),
    ("GET", routes::ELECTION, "", "the election file"),
    (
        "GET",
        routes::TILE,
        "",
        "a [tile](https://c2sp.org/tlog-tiles) of the log: its hashes, or its leaves; never changes",
    ),
    ("GET", routes::CHECKPOINT, "", "the newest checkpoint of the log"),
    ("POST", routes::COSIGNATURE, "a checkpoint that a witness cosigned", ""),
    ("GET", routes::COSIGNED, "", "the newest checkpoint that a witness cosigned"),
    ("GET", routes::HEALTH, "", "who answers, and what it takes"),
    ("GET", routes::OPENAPI, "", "the [OpenAPI 3.1 document](openapi.json) of all these routes"),
];

const LIMITS: [(&str, u64); 7] = [
    ("an enrolment", limits::ENROLMENT_BYTES),
    ("a cosigned checkpoint", limits::CHECKPOINT_BYTES),
    ("an entry", limits::ENTRY_BYTES),
    ("several entries with one request, unpacked", limits::ENTRIES_BYTES),
    ("a photo", limits::PHOTO_BYTES),
    ("a light copy of a photo", limits::LIGHT_BYTES),
    ("an answer of central that is read", limits::ANSWER_BYTES),
];

fn read(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn block(text: &str) -> String {
    format!("```\n{}\n```\n", text.trim_end())
}

fn routes_table() -> String {
    let mut table = "| method | path | sent | answered |\n|---|---|---|---|\n".to_owned();
    for (method, path, sent, answered) in ROUTES {
        writeln!(table, "| {method} | `{path}` | {sent} | {answered} |").expect("a text grows");
    }
    table
}

fn problems() -> String {
    let row = |kind: ProblemKind| {
        let (status, title) = kind.status_and_title();
        let id = serde_json::to_value(kind).expect("a kind is a text");
        format!("| `{}` | {status} | {title} |", id.as_str().expect("a text"))
    };
    ProblemKind::ALL.map(row).join("\n")
}

fn bundle_table() -> String {
    let (station, seq, digest) = (station(1), Seq::FIRST, Digest::of(b"photo"));
    let receipt = |what| bundle::receipt(&Item { station, what, digest });
    let rows = [
        (bundle::DECLARATION.to_owned(), "that this is a bag"),
        (bundle::INFO.to_owned(), "what the bag is"),
        (bundle::MANIFEST.to_owned(), "digest and path of every file below `data/`, as `sha256sum` writes them"),
        (bundle::TAG_MANIFEST.to_owned(), "the same for the three files above"),
        (bundle::VERIFY.to_owned(), "how to verify, for a reader without Plano"),
        (bundle::ELECTION.to_owned(), "the election file"),
        (bundle::CENTRAL_KEY.to_owned(), "central's public key, as the exporter knows it"),
        (bundle::accreditation(station, Slot::P1, seq), "an accreditation: station, officer, from which entry on"),
        (bundle::entry(station, seq), "an entry, as signed"),
        (bundle::conflict(station, seq, &digest), "an entry that claims a place which another entry holds"),
        (bundle::photo(&digest, ImageKind::Jpeg), "a photo or a light copy, named by its digest"),
        (receipt(What::Entry(seq)), "the receipt of an entry"),
        (receipt(What::Photo(1)), "the receipt of a photo"),
        (bundle::annotation(&digest), "what an operator of central said"),
        (bundle::annotation_proof(&digest), "the proof that it stands in the log"),
        (
            bundle::checkpoint(7),
            "a checkpoint of the log that witnesses cosigned, named by its size; in bundles of central",
        ),
        (bundle::attempts(station), "every attempt to deliver, one JSON object a line"),
        (bundle::TABLES.to_owned(), "tables for people, computed from the entries"),
        (bundle::recap(station.kelurahan()), "the recapitulation of a region, byte for byte as central published it"),
    ];
    rows.map(|(path, what)| format!("| `{path}` | {what} |")).join("\n")
}

/// An attempt, as the ledger would export it.
fn attempt() -> String {
    let entry = "{\"station\":\"35.74.03.1001-001\",\"what\":{\"entry\":2},\"digest\":DIGEST}";
    let entry = entry.replace("DIGEST", &format!("\"{}\"", Digest::of(b"entry")));
    let times = "\"at\":\"2024-11-27T09:12:40.007Z\",\"outcome\":\"later\",\"ended\":\"2024-11-27T09:12:55.012Z\"";
    let line = format!("{{\"attempt\":3,\"item\":{entry},{times},\"reason\":\"no answer in 15 s\"}}");
    let read: Attempt = serde_json::from_str(&line).expect("an attempt");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), line);
    line
}

fn findings() -> String {
    let row = |kind: &Kind| {
        let weight = match kind.severity() {
            Severity::Accusation => "accusation",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let what = kind.what();
        format!("| {} | {weight} | {} | {} |", kind.code(), what.get(Lang::En), what.get(Lang::Id))
    };
    Kind::ALL.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// What stands for `{{name}}` in the template.
fn value(name: &str) -> String {
    let digest = Digest::of(b"photo");
    match name.split_once(' ') {
        Some(("golden", file)) => return block(&read(&format!("fixtures/golden/{file}"))),
        Some(("csv", file)) => {
            let text = read(&format!("fixtures/election/{file}"));
            let lines: Vec<&str> = text.lines().take(3).collect();
            return format!("`{file}`\n\n{}", block(&lines.join("\n")));
        }
        _ => {}
    }
    match name {
        "short-length" => digest.short().replace('-', "").len().to_string(),
        "short-example" => digest.short(),
        "officer-key" => officer(station(1), Slot::P1).public().to_string(),
        "routes" => routes_table(),
        "media-note" => media::NOTE.to_owned(),
        "light-bytes" => limits::LIGHT_BYTES.to_string(),
        "light-from" => plano::photo::limits::LIGHT_FROM.to_string(),
        "media-photo" => media::PHOTO.to_owned(),
        "media-problem" => media::PROBLEM.to_owned(),
        "limits" => LIMITS.map(|(what, bytes)| format!("| {what} | {bytes} |")).join("\n"),
        "route-missing" => routes::MISSING.to_owned(),
        "route-photo-receipt" => routes::PHOTO_RECEIPT.to_owned(),
        "route-health" => routes::HEALTH.to_owned(),
        "problems" => problems(),
        "manifest" => bundle::MANIFEST.to_owned(),
        "bundle" => bundle_table(),
        "attempt" => block(&attempt()),
        "findings" => findings(),
        _ => panic!("the template asks for {name:?}, which nobody writes"),
    }
}

fn page() -> String {
    let template = read("tests/support/format_page.md");
    let mut parts = template.split("{{");
    let mut page = parts.next().expect("a split has a first part").to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").expect("a placeholder is closed");
        page += &value(name);
        page += rest;
    }
    page.replace("\n\n\n", "\n\n")
}

#[test]
fn the_page_of_formats_is_written_from_the_formats() {
    generated("docs/format.md", &page());
}

/// The public fields of the structs in a source file.
fn fields(source: &str) -> Vec<String> {
    let names = source.lines().filter_map(|line| line.trim_start().strip_prefix("pub ")?.split_once(": "));
    names
        .map(|(name, _)| name.to_owned())
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

/// The texts in quotes that end so.
fn quoted(source: &str, end: &str) -> Vec<String> {
    let names: Vec<_> = source.split('"').skip(1).step_by(2).filter(|text| text.ends_with(end)).collect();
    assert!(!names.is_empty(), "finds texts that end in {end}");
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_field_is_described() {
    let page = page();
    let sources =
        ["annotation.rs", "entry.rs", "people.rs", "receipt.rs", "election/plan.rs", "recap/page.rs", "recap/share.rs"];
    let source: String = sources.map(|file| read(&format!("src/protocol/{file}"))).concat();
    let named = fields(&source.split("#[cfg(test)]").collect::<String>());
    assert!(named.len() > 50 && named.contains(&"retyped".to_owned()), "finds the fields: {named:?}");
    for field in named.iter().filter(|name| !["expected", "found", "share"].contains(&name.as_str())) {
        assert!(page.contains(&format!("`{field}`")), "docs/format.md does not describe {field}");
    }
}

#[test]
fn every_golden_file_and_every_route_is_shown() {
    let page = page();
    for entry in std::fs::read_dir(repository("fixtures/golden")).expect("a folder") {
        let file = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let text = read(&format!("fixtures/golden/{file}"));
        // All problems stand in a table of their own.
        assert!(file.starts_with("problems") || page.contains(text.trim_end()), "docs/format.md does not show {file}");
    }
    for table in quoted(&read("src/audit/tables/mod.rs"), ".csv") {
        assert!(page.contains(&format!("`{table}`")), "docs/format.md does not name the table {table}");
    }
    let wire = read("src/protocol/wire.rs");
    let paths: Vec<&str> =
        wire.lines().filter_map(|line| line.split_once(": &str = \"/")?.1.strip_suffix("\";")).collect();
    assert_eq!(paths.len(), 24, "finds the routes: {paths:?}");
    for path in paths {
        assert!(ROUTES.iter().any(|(_, route, _, _)| route[1..] == *path), "docs/format.md does not show {path}");
    }
}
