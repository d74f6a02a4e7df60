//! A nation's results: 435,296 TPS, both forms of each, loaded through the desk and recapitulated.
//!
//! Only on demand, `cargo bench -- nation`: it takes minutes and gigabytes. `PLANO_BENCH_TPS` makes the nation smaller.
//! The results come without the readings before them, so central files a finding about each: more work than on the day.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plano::central::store::{Accredited, Fact, IssuedHash, Ledger as _, SqliteLedger};
use plano::central::{Central, Desk, Home, Submission};
use plano::clock::{self, Timestamp};
use plano::digest::Digest;
use plano::protocol::chain::{self, ChainHead};
use plano::protocol::election::{Election, Named, Plan, Station};
use plano::protocol::entry::{Body, By, Entry, PagePhoto, Sealed};
use plano::protocol::ids::{Level, Region, Seq, Slot, StationId};
use plano::protocol::key::PrivateKey;
use plano::protocol::people::{Accreditation, Enrolment};
use plano::protocol::sealed::SealedEntry;
use plano::rehearsal::figures::figures;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::election::{authority, officer, plan};
use super::process::{megabytes, resident};
use super::table::{Table, median, timed};

/// TPS of the regional elections of 27 November 2024.
const NATION: usize = 435_296;
/// Regions one tier below: provinces, then in each, down to the TPS of a kelurahan.
const WIDTHS: [usize; 4] = [37, 14, 14, 11];
/// Submissions under way at one time.
const AT_ONCE: usize = 512;
/// How often each latency is taken.
const ASKED: usize = 300;
/// Tells a child of this program which central to open.
pub const OPEN: &str = "PLANO_BENCH_OPEN";

/// Loads a nation in steps, and asks after each.
pub fn measure(folder: &Path, table: &mut Table) {
    let count = std::env::var("PLANO_BENCH_TPS").ok().and_then(|count| count.parse().ok()).unwrap_or(NATION);
    let election = nation(count);
    let home = Home::at(folder.join("nation"));
    let seed = [7; 32];
    home.init("central.test/nation", &election, &seed).expect("sets up");
    let database = folder.join("nation/central.sqlite");
    accredit_all(&database, &election, &PrivateKey::from_seed("central.test/nation", &seed).expect("a key"));
    let accredited = on_disk(&database);
    let desk = Arc::new(Desk::open(home.open().expect("opens"), clock::now).expect("a thread"));
    let runtime = Runtime::new().expect("a runtime");
    let stations: Vec<StationId> = election.plan().stations.iter().map(|station| station.id).collect();
    let (mut done, mut first, mut latencies) = (0, None, Vec::new());
    for percent in [1, 2, 10, 90, 99, 100] {
        let upto = count * percent / 100;
        let sealed = in_parts(&election, &stations[done..upto]);
        let entries = u32::try_from(sealed.iter().map(Vec::len).sum::<usize>()).expect("fits");
        let ((), time) = timed(|| runtime.block_on(load(&desk, sealed)));
        let each = time / entries.max(1);
        done = upto;
        if [1, 10, 100].contains(&percent) {
            latencies.push(asked(&runtime, &desk, &stations[..done]));
        }
        if percent == 2 || percent == 100 {
            // The same number of entries, early and late.
            let yardstick =
                first.map_or_else(|| "–".into(), |first: Duration| format!("between 1 % and 2 %: {first:.1?}"));
            let ratio = first.map(|first: Duration| each.as_secs_f64() / first.as_secs_f64());
            table.row(
                &format!("cost of an entry, the last {entries} up to {percent} % of {} results", 2 * count),
                &format!("{each:.1?}"),
                &yardstick,
                ratio,
            );
            first = first.or(Some(each));
        }
    }
    for (at, (question, _)) in QUESTIONS.iter().enumerate() {
        let [few, some, all] = [0, 1, 2].map(|step: usize| latencies[step][at]);
        table.row(
            &format!("{question}, median of {ASKED}, all results loaded"),
            &format!("{all:.1?}"),
            &format!("with 1 % of them {few:.1?}, with 10 % {some:.1?}"),
            Some(all.as_secs_f64() / few.as_secs_f64()),
        );
    }
    drop(desk.close());
    drop(desk);
    let results = 2 * count as u64;
    table.row(
        &format!("disk of {results} entries with their log and {} accreditations", 2 * count),
        &format!("{:.0} MB", megabytes(on_disk(&database))),
        &format!(
            "{} bytes an entry, {} an accreditation",
            (on_disk(&database) - accredited) / results,
            accredited / results
        ),
        None,
    );
    let (seconds, memory) = open_elsewhere(&folder.join("nation"));
    table.row(
        &format!("start of a central with {results} entries"),
        &format!("{seconds:.1} s"),
        &format!("memory then: {:.0} MB, {} bytes an entry", megabytes(memory), memory / results),
        None,
    );
}

/// What a child does: opens a central, and says how long that took and what memory it has then.
pub fn open(path: &str) {
    let began = Instant::now();
    let central = Home::at(path).open().expect("opens");
    let took = began.elapsed().as_secs_f64();
    assert!(central.health().log_size > 0);
    println!("{took} {}", resident(std::process::id()));
}

fn open_elsewhere(home: &Path) -> (f64, u64) {
    let exe = std::env::current_exe().expect("this program");
    let mut child = Command::new(exe).env(OPEN, home).stdout(Stdio::piped()).spawn().expect("starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("says");
    assert!(child.wait().expect("ends").success());
    let (took, memory) = line.trim().split_once(' ').expect("two numbers");
    (took.parse().expect("seconds"), memory.parse().expect("bytes"))
}

/// Bytes of a database, with what is written ahead.
fn on_disk(database: &Path) -> u64 {
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    length(database) + length(&database.with_extension("sqlite-wal"))
}

/// A plan with `count` TPS in regions that are spread as the country's are.
fn nation(count: usize) -> Election {
    let mut plan: Plan = plan(1);
    let [provinces, kotas, kecamatans, kelurahans] = WIDTHS;
    let villages = provinces * kotas * kecamatans * kelurahans;
    let code = |text: String| text.parse::<Region>().expect("a code");
    let named = |code| Named { code, name: format!("Wilayah {code}") };
    (plan.regions, plan.stations) = (Vec::new(), Vec::new());
    for village in 0..villages {
        let (kecamatan, kelurahan) = (village / kelurahans, village % kelurahans);
        let (kota, province) = (kecamatan / kecamatans, kecamatan / kecamatans / kotas);
        let district = format!("{}{:02}{:02}", 11 + province, kota % kotas + 1, kecamatan % kecamatans + 1);
        let kelurahan = code(format!("{district}{}", 1001 + kelurahan));
        let tps = count * (village + 1) / villages - count * village / villages;
        for number in 1..=tps {
            let id = StationId::new(kelurahan, u16::try_from(number).expect("few")).expect("a station");
            plan.stations.push(Station { id, dpt_l: 270, dpt_p: 277 });
        }
        if tps > 0 {
            let tiers = [Level::Provinsi, Level::Kota, Level::Kecamatan, Level::Kelurahan];
            plan.regions.extend(tiers.into_iter().filter_map(|tier| kelurahan.up_to(tier)).map(named));
        }
    }
    plan.regions.sort_by_key(|named| named.code);
    plan.regions.dedup_by_key(|named| named.code);
    Election::sign(&plan, &authority()).expect("a valid plan")
}

/// Writes down both officers of every station, as central would after their enrolment.
fn accredit_all(database: &Path, election: &Election, key: &PrivateKey) {
    let mut ledger = SqliteLedger::open(database, key.public()).expect("opens");
    for stations in election.plan().stations.chunks(2000) {
        let officers = stations.iter().flat_map(|station| Slot::BOTH.map(|slot| (station.id, slot)));
        let facts = officers.flat_map(|(station, slot)| {
            let at = clock::now();
            let wish =
                Enrolment::sign(election.digest(), (station, slot), "CODE", &officer(station, slot)).expect("signs");
            let enrolment = Digest::of(wish.bytes());
            let wish = Enrolment::verify(wish.bytes().to_vec()).expect("holds");
            let accreditation = Accreditation::sign(&wish, Seq::FIRST, at, key).expect("signs");
            let code = Digest::of(slot.key_name(station).as_bytes());
            let issued = IssuedHash { station, slot, hash: code, at, expires: at.after(Duration::from_hours(24)) };
            [Fact::Issued(issued), Fact::Accredited(Box::new(Accredited { code, enrolment, at, accreditation }))]
        });
        ledger.commit(&facts.collect::<Vec<_>>()).expect("writes");
    }
}

/// The results of these stations, sealed on all cores.
fn in_parts(election: &Election, stations: &[StationId]) -> Vec<Vec<SealedEntry>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = stations.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts = stations
            .chunks(part)
            .map(|part| scope.spawn(|| part.iter().map(|station| results(election, *station)).collect::<Vec<_>>()));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().expect("seals")).collect()
    })
}

fn results(election: &Election, station: StationId) -> Vec<SealedEntry> {
    let keys = Slot::BOTH.map(|slot| officer(station, slot));
    let at = Timestamp::from_millis(1_732_690_800_000).expect("in range");
    let mut head = None;
    let results = election.forms().iter().map(|form| {
        let figures = figures(form, election.registered(station).expect("takes part"), u64::from(station.tps()));
        let missing = |page: &_| PagePhoto::Missing { page: *page, reason: "not photographed".into() };
        let result = Sealed {
            contest: form.contest().id.into(),
            revision: 1,
            reason: None,
            head: figures.head,
            boxes: (&figures.counts).into(),
            answers: Vec::new(),
            pages: form.pages().iter().map(missing).collect(),
            readings: [Digest::of(b"1"), Digest::of(b"2")],
        };
        let (seq, prev) = chain::next(head, election.digest());
        let entry = Entry { station, seq, prev, at, by: By::Both, body: Body::Result(result) };
        let sealed = SealedEntry::seal(entry, &keys.each_ref()).expect("seals");
        head = Some(ChainHead { seq, digest: sealed.digest() });
        sealed
    });
    results.collect()
}

/// Hands everything in, each station's entries in order, many stations at one time.
async fn load(desk: &Arc<Desk>, stations: Vec<Vec<SealedEntry>>) {
    let mut under_way = JoinSet::new();
    for entries in stations {
        if under_way.len() == AT_ONCE {
            under_way.join_next().await.expect("one").expect("no panic");
        }
        let desk = Arc::clone(desk);
        under_way.spawn(async move {
            for entry in entries {
                let (station, seq) = (entry.entry().station, entry.entry().seq);
                let bytes = entry.bytes().to_vec();
                desk.submit(Submission::Entry { station, seq, bytes }).await.expect("accepted");
            }
        });
    }
    under_way.join_all().await;
}

/// Asks about one station.
type Question = fn(&Central, StationId);

/// What is asked, each about one station: what it is called, and how it is answered.
const QUESTIONS: [(&str, Question); 3] = [
    ("the recapitulation of a provinsi", |central, station| {
        central.recap(station.region(Level::Provinsi)).expect("a region");
    }),
    ("the recapitulation of a kelurahan with its TPS", |central, station| {
        central.recap(station.kelurahan()).expect("a region");
    }),
    ("one TPS: where it stands, an entry and its receipt", |central, station| {
        central.missing(station).expect("takes part");
        central.entry(station, Seq::FIRST).expect("held");
        central.entry_receipt(station, Seq::FIRST).expect("held");
    }),
];

/// The median time to an answer of each of [`QUESTIONS`], over the stations that have reported.
fn asked(runtime: &Runtime, desk: &Arc<Desk>, reported: &[StationId]) -> [Duration; 3] {
    QUESTIONS.map(|(_, question)| {
        let once = |at: usize| {
            // A prime step spreads the questions over the country.
            let station = reported[at * 7919 % reported.len()];
            timed(|| runtime.block_on(desk.ask(move |central| question(central, station))).expect("answered")).1
        };
        median((0..ASKED).map(once).collect())
    })
}
