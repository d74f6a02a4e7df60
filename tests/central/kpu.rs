//! A reader written for KPU's site, from nothing but the paths and shapes that are known of it, walks from all provinces down
//! to each TPS and finds the same sums on its way.

use std::collections::BTreeMap;

use plano::central::store::MemoryLedger;
use plano::digest::Digest;
use plano::protocol::ids::StationId;
use plano::rehearsal::figures::figures;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::support::central::{enrol_both, over, put, put_photo};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};
use crate::support::server::Listening;

/// A line of `/wilayah/…`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wilayah {
    nama: String,
    #[serde(rename = "id")]
    _id: u64,
    kode: String,
    tingkat: u8,
}

/// A pair of `/pilkada/paslon/…`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paslon {
    ts: String,
    nama: String,
    warna: String,
    nomor_urut: u8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Progres {
    total: u64,
    persen: f64,
    #[serde(rename = "progres")]
    reported: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Short {
    total: u64,
    progres: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aggregate {
    mode: String,
    tungsura: Tungsura,
    psu: Option<String>,
    progres: Short,
    ts: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tungsura {
    /// Mixed, as the facts warn: numbers by pair, and an object under `progres`.
    chart: Map<String, Value>,
    table: BTreeMap<String, Map<String, Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tps {
    mode: String,
    tungsura: TpsTungsura,
    images: Vec<Option<String>>,
    psu: Option<String>,
    status_suara: bool,
    status_adm: bool,
    ts: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TpsTungsura {
    chart: Option<Map<String, Value>>,
    administrasi: Option<BTreeMap<String, Option<u64>>>,
}

/// A reader of one `jenis`.
struct Reader<'a> {
    server: &'a Listening,
    jenis: &'a str,
    pairs: Vec<String>,
}

/// Votes by pair, TPS in all, TPS with data.
type Seen = (Vec<u64>, u64, u64);

impl<'a> Reader<'a> {
    fn new(server: &'a Listening, jenis: &'a str, region: &str) -> Self {
        let mut reader = Self { server, jenis, pairs: Vec::new() };
        let all: BTreeMap<String, BTreeMap<String, Paslon>> = reader.get(&format!("/pilkada/paslon/{jenis}.json"));
        let mut pairs: Vec<_> = all[region].iter().collect();
        pairs.sort_by_key(|(_, pair)| pair.nomor_urut);
        for (at, (id, pair)) in pairs.iter().enumerate() {
            assert!(id.bytes().all(|byte| byte.is_ascii_digit()), "{id}: ids are strings of digits");
            assert_eq!(usize::from(pair.nomor_urut), at + 1);
            assert_eq!((pair.nama.as_str(), pair.warna.len()), (format!("Pasangan Calon {}", at + 1).as_str(), 7));
            assert_moment(&pair.ts);
        }
        reader.pairs = pairs.into_iter().map(|(id, _)| id.clone()).collect();
        reader
    }

    fn get<T: for<'de> Deserialize<'de>>(&self, path: &str) -> T {
        let reply = self.server.get(path);
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")), "{path}");
        serde_json::from_slice(&reply.body)
            .unwrap_or_else(|error| panic!("{path}: {error}: {}", String::from_utf8_lossy(&reply.body)))
    }

    fn votes(&self, values: &Map<String, Value>) -> Vec<u64> {
        self.pairs.iter().map(|id| values[id].as_u64().expect("a whole number")).collect()
    }

    fn progres(values: &Map<String, Value>) -> Progres {
        serde_json::from_value(values["progres"].clone()).expect("progres")
    }

    /// Everything at and below a path: `35/3574`, or nothing for all provinces.
    fn walk(&self, path: &str, tingkat: u8) -> Seen {
        if tingkat == 5 {
            return self.tps(path);
        }
        let list = if path.is_empty() { "0".to_owned() } else { path.to_owned() };
        let below: Vec<Wilayah> = self.get(&format!("/wilayah/pilkada/{}/{list}.json", self.jenis));
        let slash = if path.is_empty() { "" } else { "/" };
        let page: Aggregate = self.get(&format!("/pilkada/hhcw/{}{slash}{path}.json", self.jenis));
        assert_eq!((page.mode.as_str(), page.psu.as_deref()), ("hhcw", Some("Reguler")));
        assert_moment(&page.ts);
        assert_eq!(page.tungsura.table.len(), below.len());
        let mut seen: Seen = (vec![0; self.pairs.len()], 0, 0);
        for wilayah in &below {
            assert_eq!(wilayah.tingkat, tingkat + 1);
            assert!(!wilayah.nama.is_empty());
            let part = self.walk(&format!("{path}{slash}{}", wilayah.kode), wilayah.tingkat);
            let row = &page.tungsura.table[&wilayah.kode];
            let progres = Self::progres(row);
            assert_eq!((self.votes(row), progres.total, progres.reported), part, "{}", wilayah.kode);
            assert_eq!((row["psu"].as_str(), row["status_progress"].as_bool()), (Some("Reguler"), Some(part.2 > 0)));
            for (sum, votes) in seen.0.iter_mut().zip(&part.0) {
                *sum += votes;
            }
            seen.1 += part.1;
            seen.2 += part.2;
        }
        let progres = Self::progres(&page.tungsura.chart);
        assert_eq!((self.votes(&page.tungsura.chart), progres.total, progres.reported), seen, "{path}");
        assert_eq!((page.progres.total, page.progres.progres), (seen.1, seen.2));
        #[expect(clippy::cast_precision_loss, reason = "a few stations")]
        let exact = 100.0 * seen.2 as f64 / seen.1 as f64;
        assert!((progres.persen - exact).abs() <= 0.005, "{} for {exact}", progres.persen);
        seen
    }

    fn tps(&self, path: &str) -> Seen {
        let page: Tps = self.get(&format!("/pilkada/hhcw/{}/{path}.json", self.jenis));
        assert_eq!((page.mode.as_str(), page.psu.as_deref(), page.images.len()), ("hhcw", Some("Reguler"), 3));
        assert_moment(&page.ts);
        let Some(chart) = page.tungsura.chart else {
            assert!(!page.status_suara && !page.status_adm && page.tungsura.administrasi.is_none());
            assert_eq!(page.images, [None, None, None]);
            return (vec![0; self.pairs.len()], 1, 0);
        };
        assert!(page.status_suara && page.status_adm);
        assert_eq!(chart.get("null"), Some(&Value::Null), "the trap that readers know");
        let votes = self.votes(&chart);
        let numbers = page.tungsura.administrasi.expect("administrasi");
        let number = |name: &str| numbers[name].expect("a number");
        assert_eq!(numbers.len(), 18);
        assert_eq!(number("suara_sah"), votes.iter().sum::<u64>());
        assert_eq!(number("suara_total"), number("suara_sah") + number("suara_tidak_sah"));
        for row in ["pemilih_dpt", "pengguna_dpt", "pengguna_dptb", "pengguna_non_dpt", "pengguna_total"] {
            let [l, p, j] = ["l", "p", "j"].map(|column| number(&format!("{row}_{column}")));
            assert_eq!(l + p, j, "{row}");
        }
        let users = ["dpt", "dptb", "non_dpt"].map(|kind| number(&format!("pengguna_{kind}_j")));
        assert_eq!(number("pengguna_total_j"), users.iter().sum::<u64>());
        for image in page.images.iter().flatten() {
            let path = image.strip_prefix("https://x/").expect("a whole address at the host that was asked");
            let photo = self.server.get(&format!("/{path}"));
            assert_eq!(photo.status, 200);
            assert!(path.ends_with(&Digest::of(&photo.body).to_string()));
        }
        (votes, 1, 1)
    }
}

/// `2024-11-28 00:45:00`.
fn assert_moment(ts: &str) {
    let shape: String = ts.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    assert_eq!(shape, "0000-00-00 00:00:00", "{ts}");
}

/// A central with four TPS: one silent, one without photos, one corrected.
fn central() -> (Listening, BTreeMap<(StationId, String), Vec<u64>>) {
    let election = small(4);
    let mut central = over(&election, Box::new(MemoryLedger::default()));
    let mut wanted = BTreeMap::new();
    for tps in 1..=3 {
        let accreditations = enrol_both(&mut central, station(tps));
        let mut day = Day::whole(&election, station(tps), tps.into(), accreditations);
        for form in election.forms() {
            let contest = form.contest().id;
            let mut made = figures(form, election.registered(station(tps)).expect("takes part"), tps.into());
            if (tps, contest) == (3, "walikota") {
                made = figures(form, election.registered(station(tps)).expect("takes part"), 99);
                day.record_revision(contest, &made, 2, Some("a box was mixed up"));
            }
            let votes = form.votes().map(|cell| made.counts.get(cell.id()).expect("a box").get().into());
            wanted.insert((station(tps), contest.to_owned()), votes.collect());
        }
        for at in 0..day.entries.len() {
            put(&mut central, &day, at).expect("accepted");
        }
        for at in 0..if tps == 2 { 0 } else { day.photos.len() } {
            put_photo(&mut central, &day, at).expect("accepted");
        }
    }
    (Listening::start(central), wanted)
}

#[test]
fn a_reader_written_for_kpus_site_walks_from_the_provinces_to_every_tps() {
    let (server, wanted) = central();
    for (jenis, region, contest) in [("pkwkp", "35", "gubernur"), ("pkwkk", "3574", "walikota")] {
        let reader = Reader::new(&server, jenis, region);
        let (votes, total, reported) = reader.walk("", 0);
        let sheets: Vec<_> = wanted.iter().filter(|((_, of), _)| of == contest).map(|(_, votes)| votes).collect();
        let sums: Vec<u64> = (0..reader.pairs.len()).map(|at| sheets.iter().map(|votes| votes[at]).sum()).collect();
        assert_eq!((votes, total, reported), (sums, 4, 3), "{jenis}");
    }
    server.end();
}

#[test]
fn before_anything_came_the_shapes_are_the_same() {
    let server = Listening::start(over(&small(2), Box::new(MemoryLedger::default())));
    let reader = Reader::new(&server, "pkwkp", "35");
    assert_eq!(reader.walk("", 0), (vec![0, 0, 0], 2, 0));
    server.end();
}

#[test]
fn what_is_not_there_is_a_problem() {
    let server = Listening::start(over(&small(1), Box::new(MemoryLedger::default())));
    for path in [
        "/wilayah/pilkada/ppwp/0.json",
        "/wilayah/pilkada/pkwkp/11.json",
        "/wilayah/pilkada/pkwkp/35/3574/357403/3574031001/3574031001001.json",
        "/pilkada/paslon/pkwkp",
        "/pilkada/hhcw/pkwkp/0.json",
        "/pilkada/hhcw/pkwkp/3574.json",
        "/pilkada/hhcw/pkwkp/35/3574/357403/3574031001/3574031001009.json",
        "/pilkada/hhcw/pdpr.json",
    ] {
        let reply = server.get(path);
        assert_eq!((reply.status, reply.header("content-type")), (404, Some("application/problem+json")), "{path}");
    }
    server.end();
}
