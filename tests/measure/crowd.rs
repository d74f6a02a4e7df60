//! How long a station waits for a receipt while a thousand readers press at the public door, against the same in quiet.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use plano::central::{Home, officers};
use plano::clock;
use plano::protocol::election::Election;
use plano::protocol::ids::Seq;
use plano::protocol::people::Enrolment;
use plano::protocol::wire::{entry_path, recap_path, routes};
use serde::Deserialize as _;
use serde_json::{Deserializer, Value};
use tokio::runtime::Runtime;

use super::day::Day;
use super::election::{officer, small, station};
use super::table::{Table, median};

/// Stations whose whole days are sent one entry after the other; a quarter of them at a time.
const STATIONS: u16 = 120;
const CONNECTIONS: &str = "1000";
const SECONDS: &str = "20";

/// A central in a process of its own, and how it is reached.
struct Served {
    child: Child,
    stations: String,
    public: String,
}

/// Measures with a door for each, and with one for both.
pub fn measure(folder: &Path, table: &mut Table) {
    if Command::new("wrk").arg("--version").output().is_err() {
        println!("wrk is not installed (Debian: wrk), so no crowd can come");
        return;
    }
    for (doors, arguments) in [("a door of its own", &["--public", "127.0.0.1:0"][..]), ("the same door", &[])] {
        let (quiet, loaded, rate) = one(&folder.join(format!("crowd-{}", arguments.len())), arguments);
        let tail = |times: &[Duration]| {
            let mut sorted = times.to_vec();
            sorted.sort_unstable();
            sorted[sorted.len() * 95 / 100]
        };
        let (calm, pressed) = (median(quiet.clone()), median(loaded.clone()));
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        table.row(
            &format!(
                "a station's receipt while {CONNECTIONS} connections read the recapitulation at {doors} ({rate} answers/s): median, p95 of {}",
                loaded.len()
            ),
            &format!("{:.1} ms, {:.1} ms", milliseconds(pressed), milliseconds(tail(&loaded))),
            &format!("the same in quiet: {:.1} ms, {:.1} ms", milliseconds(calm), milliseconds(tail(&quiet))),
            Some(pressed.as_secs_f64() / calm.as_secs_f64()),
        );
    }
}

/// Times in quiet, times under load, answers a second that the crowd got. Quiet and load take turns.
fn one(folder: &Path, doors: &[&str]) -> (Vec<Duration>, Vec<Duration>, String) {
    let election = small(STATIONS);
    let home = Home::at(folder);
    home.init("central.test/crowd", &election, &[7; 32]).expect("sets up");
    let codes = home.issue_codes(officers(&election), Duration::from_hours(1), clock::now(), &mut rand::rng());
    let mut served = serve(folder, doors);
    let runtime = Runtime::new().expect("a runtime");
    let client = reqwest::Client::new();
    runtime.block_on(async {
        for code in codes.expect("issues") {
            let (id, text) = ((code.station, code.slot), code.code.to_string());
            let wish = Enrolment::sign(election.digest(), id, &text, &officer(code.station, code.slot)).expect("signs");
            let url = format!("{}{}", served.stations, routes::ENROL);
            let sent = client.post(url).body(wish.bytes().to_vec()).send().await;
            assert!(sent.expect("sends").status().is_success());
        }
    });
    let (mut quiet, mut loaded, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    let quarter = STATIONS / 4;
    for turn in 0..4 {
        let stations = (turn * quarter + 1)..=((turn + 1) * quarter);
        let send = || runtime.block_on(uploads(&client, &served.stations, &election, stations));
        if turn % 2 == 0 {
            quiet.extend(send());
        } else {
            let page = format!("{}{}", served.public, recap_path("35.74".parse().expect("a region")));
            let mut crowd = crowd(&page);
            runtime.block_on(async { tokio::time::sleep(Duration::from_secs(2)).await });
            loaded.extend(send());
            assert!(crowd.try_wait().expect("is asked").is_none(), "the crowd was there to the end");
            let said = String::from_utf8(crowd.wait_with_output().expect("ends").stdout).expect("text");
            assert!(!said.contains("Non-2xx"), "{said}");
            let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")).expect("a rate");
            rates.push(rate.trim().split('.').next().unwrap_or_default().to_owned());
        }
    }
    // A process that was started here is ended here.
    let _ = served.child.kill();
    let _ = served.child.wait();
    (quiet, loaded, rates.join(" and "))
}

fn crowd(page: &str) -> Child {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "1", "--connections", CONNECTIONS, "--duration", SECONDS, page]).stdout(Stdio::piped());
    wrk.spawn().expect("starts")
}

fn serve(home: &Path, doors: &[&str]) -> Served {
    let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_plano")));
    command.args(["--json", "central", "--dir"]).arg(home).args(["serve", "--listen", "127.0.0.1:0"]).args(doors);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let said = BufReader::new(child.stdout.take().expect("its output"));
    let said = Value::deserialize(&mut Deserializer::from_reader(said)).expect("says its addresses");
    let address = |name: &str| said[name].as_str().expect("an address").to_owned();
    Served { child, stations: address("address"), public: address("public") }
}

/// Puts the whole days of these stations, one entry after the other; gives the time of each receipt.
async fn uploads(
    client: &reqwest::Client,
    url: &str,
    election: &Election,
    stations: std::ops::RangeInclusive<u16>,
) -> Vec<Duration> {
    let mut times = Vec::new();
    for tps in stations {
        let id = station(tps);
        for (at, entry) in Day::whole(election, id).entries.iter().enumerate() {
            let seq = Seq::new(at as u64 + 1).expect("from 1");
            let request = client.put(format!("{url}{}", entry_path(id, seq))).body(entry.bytes().to_vec());
            let began = Instant::now();
            let answer = request.send().await.expect("sends");
            assert!(answer.status().is_success(), "{}", answer.status());
            answer.bytes().await.expect("reads the receipt");
            times.push(began.elapsed());
        }
    }
    times
}
