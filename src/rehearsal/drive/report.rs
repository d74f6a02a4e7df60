//! The report: one file of HTML with charts that needs no other host, and the raw numbers beside it as JSON and CSV.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use askama::Template;
use serde_json::json;

use super::chart::{Chart, Line, Scale, short, time};
use super::meter::Try;
use super::numbers::{Numbers, Spread};
use super::series::Slice;
use crate::clock;
use crate::html::TOKENS;
use crate::protocol::election::Election;
use crate::protocol::key::PublicKey;
use crate::protocol::receipt::What;
use crate::rehearsal::DemoError;

const STYLE: &str = include_str!("../templates/rehearsal/report.css");

/// What the report says beside the numbers.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) election: &'a Election,
    pub(super) key: &'a PublicKey,
    pub(super) url: &'a str,
    /// The folder of its own central.
    pub(super) own: Option<&'a Path>,
}

#[derive(Template)]
#[template(path = "rehearsal/report.html")]
struct Page<'a> {
    tokens: &'static str,
    style: &'static str,
    election: &'a str,
    url: &'a str,
    at: String,
    numbers: &'a Numbers,
    checks: Vec<Check>,
    figures: Vec<(&'static str, String, String)>,
    charts: Vec<Drawn>,
    spreads: Vec<(&'static str, Spread)>,
    commands: Vec<String>,
}

/// One thing that has to be so.
struct Check {
    name: &'static str,
    holds: bool,
    value: String,
}

/// A chart with what stands around it.
struct Drawn {
    indonesian: &'static str,
    chart: Chart,
    svg: String,
}

/// Writes `report.html`, `numbers.json`, `slices.csv` and `tries.csv` into the folder; gives the path of the first.
pub(super) fn write(
    folder: &Path,
    numbers: &Numbers,
    (slices, tries): (&[Slice], &[Try]),
    told: &Told<'_>,
) -> Result<PathBuf, DemoError> {
    let at = clock::now().to_string();
    let page = Page {
        tokens: TOKENS,
        style: STYLE,
        election: &told.election.plan().name,
        url: told.url,
        at,
        numbers,
        checks: checks(numbers),
        figures: figures(numbers),
        charts: charts(slices).map(|(indonesian, chart)| Drawn { indonesian, svg: chart.svg(), chart }).into(),
        spreads: vec![
            ("Receipt of an entry / tanda terima catatan", numbers.entry_receipt),
            ("Receipt of a photo / tanda terima foto", numbers.photo_receipt),
            ("A station, from its time to its last receipt / satu TPS sampai tanda terima terakhir", numbers.station),
            ("How far the simulation was behind / keterlambatan simulasi", numbers.behind),
        ],
        commands: commands(folder, told),
    };
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|source| DemoError::Folder { path: path.clone(), source })?;
        Ok::<_, DemoError>(path)
    };
    put(
        "numbers.json",
        format!("{:#}\n", json!({ "sound": numbers.sound(), "numbers": numbers, "slices": slices })).as_bytes(),
    )?;
    put("slices.csv", &table(slices.iter().map(slice_row))?)?;
    put("tries.csv", &table(tries.iter().map(try_row))?)?;
    put("report.html", page.render()?.as_bytes())
}

/// What verifies the log without this program's word: for people to run, and for the report to show.
pub(super) fn commands(folder: &Path, told: &Told<'_>) -> Vec<String> {
    let bundle = folder.join("bundle");
    let central = told.own.map_or_else(|| "FOLDER-OF-CENTRAL".to_owned(), |own| own.display().to_string());
    vec![
        format!("plano export {} --central {central}", bundle.display()),
        format!("plano verify {} --central-key '{}'", bundle.display(), told.key),
    ]
}

fn checks(numbers: &Numbers) -> Vec<Check> {
    let items = numbers.entries + numbers.photos;
    let grown = numbers.log.after.map_or_else(
        || "central did not answer".to_owned(),
        |after| format!("{} → {}, for {} items", count(numbers.log.before), count(after), count(items)),
    );
    let recap = numbers.recap.as_ref().map_or_else(
        || "central did not answer".to_owned(),
        |recap| {
            let differences = recap.differences.len();
            format!("{} sums in {} regions, {differences} differ", count(recap.sums), recap.regions)
        },
    );
    let of = |some: u64, all: u64| format!("{} of {}", count(some), count(all));
    let check = |name, holds, value| Check { name, holds, value };
    vec![
        check(
            "Everything received / semua diterima",
            numbers.all_received(),
            of(numbers.entries_received + numbers.photos_received, items),
        ),
        check(
            "Every receipt read again and holds / semua tanda terima sah",
            numbers.all_receipts_hold(),
            of(numbers.receipts_verified, items),
        ),
        check("Central's log has each item / semua ada di log pusat", numbers.log_holds_all(), grown),
        check("Recapitulation equals the sheets / rekapitulasi sama dengan lembar", numbers.recap_equal(), recap),
    ]
}

fn figures(numbers: &Numbers) -> Vec<(&'static str, String, String)> {
    let overhead = ratio(numbers.bytes_sent, numbers.bytes);
    let troubles: u64 = numbers.troubles.values().sum();
    let rate =
        |amount: u64| if numbers.seconds > 0.0 { short(float(amount) / numbers.seconds) } else { "0".to_owned() };
    vec![
        ("Stations / TPS", count(numbers.stations), format!("{} complete", count(numbers.stations_complete))),
        (
            "Entries / catatan",
            count(numbers.entries_received),
            format!("{}/s on average", rate(numbers.entries_received)),
        ),
        ("Photos / foto", count(numbers.photos_received), format!("{}/s on average", rate(numbers.photos_received))),
        ("Bytes / bita", bytes(numbers.bytes_sent), format!("{overhead} × what had to go")),
        (
            "Tries / percobaan",
            count(numbers.tries),
            format!("{} again, {} failed", count(numbers.retries), count(troubles)),
        ),
        ("Largest backlog / antrean", count(numbers.backlog_max), "items due and not received".to_owned()),
        ("Time / lama", time(numbers.seconds), format!("planned {}", time(numbers.planned_seconds))),
        ("Prepared in / disiapkan", time(numbers.ahead_seconds), "enrolled, recorded, photographed".to_owned()),
    ]
}

fn charts(slices: &[Slice]) -> [(&'static str, Chart); 6] {
    let seconds: Vec<f64> = slices.iter().map(|slice| slice.to_seconds).collect();
    let line = |name, value: &dyn Fn(&Slice) -> Option<f64>| Line { name, values: slices.iter().map(value).collect() };
    let chart = |title, unit, scale, lines| Chart { title, unit, scale, seconds: seconds.clone(), lines };
    let spread = |of: fn(&Slice) -> Spread| {
        let some = move |value: fn(Spread) -> f64| move |slice: &Slice| (of(slice).count > 0).then(|| value(of(slice)));
        vec![
            line("p50", &some(|spread| spread.p50)),
            line("p95", &some(|spread| spread.p95)),
            line("p99", &some(|spread| spread.p99)),
        ]
    };
    let cumulative = vec![
        line("received", &|slice| Some(float(slice.received))),
        line("planned", &|slice| Some(float(slice.planned))),
    ];
    let pace = vec![
        line("entries", &|slice| Some(slice.entries_per_second)),
        line("photos", &|slice| Some(slice.photos_per_second)),
    ];
    let backlog = vec![line("backlog", &|slice| Some(float(slice.backlog())))];
    let volume = vec![line("sent", &|slice| Some(slice.bytes_per_second / 1e6))];
    [
        (
            "Kedatangan: rencana dan yang diterima",
            chart("Arrivals: planned and received", "items", Scale::Linear, cumulative),
        ),
        ("Antrean", chart("Backlog: due and not received", "items", Scale::Linear, backlog)),
        (
            "Lama tanda terima catatan",
            chart("Receipt of an entry", "ms", Scale::Log, spread(|slice| slice.entry_receipt)),
        ),
        ("Lama tanda terima foto", chart("Receipt of a photo", "ms", Scale::Log, spread(|slice| slice.photo_receipt))),
        ("Diterima per detik", chart("Received each second", "a second", Scale::Linear, pace)),
        ("Bita per detik", chart("Bytes each second", "MB a second", Scale::Linear, volume)),
    ]
}

fn slice_row(slice: &Slice) -> Vec<(&'static str, String)> {
    let (entry, photo) = (slice.entry_receipt, slice.photo_receipt);
    vec![
        ("to_seconds", format!("{:.3}", slice.to_seconds)),
        ("planned", slice.planned.to_string()),
        ("received", slice.received.to_string()),
        ("backlog", slice.backlog().to_string()),
        ("entries_per_second", format!("{:.3}", slice.entries_per_second)),
        ("photos_per_second", format!("{:.3}", slice.photos_per_second)),
        ("bytes_per_second", format!("{:.0}", slice.bytes_per_second)),
        ("entry_p50_ms", format!("{:.3}", entry.p50)),
        ("entry_p95_ms", format!("{:.3}", entry.p95)),
        ("entry_p99_ms", format!("{:.3}", entry.p99)),
        ("photo_p50_ms", format!("{:.3}", photo.p50)),
        ("photo_p95_ms", format!("{:.3}", photo.p95)),
        ("photo_p99_ms", format!("{:.3}", photo.p99)),
        ("failed", slice.failed.to_string()),
    ]
}

fn try_row(one: &Try) -> Vec<(&'static str, String)> {
    let what = match one.item.what {
        What::Entry(seq) => format!("entry {seq}"),
        What::Photo(_) => "photo".to_owned(),
    };
    vec![
        ("station", one.item.station.to_string()),
        ("what", what),
        ("sha256", one.item.digest.to_string()),
        ("bytes", one.bytes.to_string()),
        ("sent", one.sent.to_string()),
        ("began_ms", format!("{:.3}", one.began.as_secs_f64() * 1_000.0)),
        ("took_ms", format!("{:.3}", one.took.as_secs_f64() * 1_000.0)),
        ("ended", one.trouble.unwrap_or("stored").to_owned()),
    ]
}

/// Rows with their column names as CSV.
fn table(rows: impl Iterator<Item = Vec<(&'static str, String)>>) -> Result<Vec<u8>, DemoError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (nth, row) in rows.enumerate() {
        if nth == 0 {
            writer.write_record(row.iter().map(|(name, _)| *name))?;
        }
        writer.write_record(row.iter().map(|(_, value)| value))?;
    }
    writer.into_inner().map_err(|error| DemoError::Table(error.into_error().into()))
}

/// A number with thin spaces between thousands.
fn count(number: impl Display) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|part| std::str::from_utf8(part).ok()).collect();
    groups.join("\u{202f}")
}

fn bytes(number: u64) -> String {
    format!("{:.1} MB", float(number) / 1e6)
}

fn ratio(some: u64, all: u64) -> String {
    if all == 0 { "–".to_owned() } else { format!("{:.2}", float(some) / float(all)) }
}

#[expect(clippy::cast_precision_loss, reason = "counts and bytes of a rehearsal are far below 2^52")]
fn float(number: u64) -> f64 {
    number as f64
}
