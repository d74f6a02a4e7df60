//! Central is killed at any moment; nothing that was receipted is lost.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use plano::audit::{Trust, Verdict, check};
use plano::central::{Central, Desk, Home, News, Submission, officers};
use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::ids::{Slot, StationId};
use plano::protocol::people::{Accreditation, Enrolment};
use plano::protocol::receipt::Receipt;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng};

use super::model::plain_root;
use crate::support::deliveries::{Day, moment};
use crate::support::election::{officer, small, station};

const STATIONS: u16 = 6;
/// Tells the child which folder to work on; without it the child's test does nothing.
const FOLDER: &str = "PLANO_TEST_CRASH_FOLDER";

/// A folder with everybody enrolled.
fn prepare(folder: &Path) -> Home {
    let home = Home::at(folder);
    let election = small(STATIONS);
    home.init("central.test/drill", &election, &[2; 32]).expect("makes the folder");
    let mut central = home.open().expect("opens");
    let mut rng = StdRng::seed_from_u64(1);
    // Issued beside the central that is open, as on the day.
    let hour = Duration::from_hours(1);
    for issued in home.issue_codes(officers(&election), hour, moment(0), &mut rng).expect("issues") {
        let (place, code) = ((issued.station, issued.slot), issued.code.to_string());
        let wish = Enrolment::sign(election.digest(), place, &code, &officer(issued.station, issued.slot));
        central.enrol(wish.expect("signs").bytes().to_vec(), moment(1)).expect("accredits");
    }
    home
}

fn day(central: &Central, station: StationId) -> Day {
    let notes = central.accreditations(station).expect("known");
    let known = notes.into_iter().map(|note| Accreditation::verify(note, &central.public_key()).expect("holds"));
    let known: Vec<_> = known.collect();
    let of = |slot: Slot| known.iter().find(|known| known.slot() == slot).expect("enrolled").digest();
    Day::whole(central.election(), station, station.tps().into(), Slot::BOTH.map(of))
}

/// Sends a whole day, and says on standard output what was receipted, thing by thing.
async fn deliver(desk: Arc<Desk>, day: Day) {
    let tell = |news, receipt: &[u8], key| {
        let receipt = (Receipt::verify(receipt, key).expect("holds").index(), Digest::of(receipt));
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nreceipted {} {} {}", receipt.0, receipt.1, u8::from(news == News::New)).expect("writes");
        out.flush().expect("writes");
    };
    let key = crate::support::election::central().public();
    for entry in &day.entries {
        let (seq, bytes) = (entry.entry().seq, entry.bytes().to_vec());
        let answer = desk.submit(Submission::Entry { station: day.station, seq, bytes }).await.expect("accepted");
        tell(answer.news, &answer.bytes, &key);
    }
    for photo in &day.photos {
        let stored = desk.photos().put(&mut photo.as_slice(), 1 << 20).expect("stores");
        let photo = Submission::Photo { station: day.station, sha256: stored.digest, bytes: stored.bytes };
        let answer = desk.submit(photo).await.expect("accepted");
        tell(answer.news, &answer.bytes, &key);
    }
}

/// Not a test of its own: what [`a_killed_central_has_lost_nothing_that_it_receipted`] starts and kills.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let central = Home::at(folder).open().expect("opens after the last kill");
    let days: Vec<Day> = (1..=STATIONS).map(|tps| day(&central, station(tps))).collect();
    let desk = Arc::new(Desk::open(central, || moment(5)).expect("a thread"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    runtime.block_on(async {
        let tasks: Vec<_> = days.into_iter().map(|day| tokio::spawn(deliver(Arc::clone(&desk), day))).collect();
        for task in tasks {
            task.await.expect("delivers");
        }
    });
    println!("\ndone");
}

/// Starts a child and kills it after `lines` receipts; says what it had receipted, and whether it had done everything.
fn run_and_kill(folder: &Path, lines: usize) -> (Vec<(u64, Digest)>, bool) {
    let exe = std::env::current_exe().expect("this program");
    let mut child = Command::new(exe)
        .args(["--exact", "central::crash::child", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let (mut receipted, mut done) = (Vec::new(), false);
    for line in out.lines() {
        // The kill may cut the last line short; what was not told is not counted on.
        let Ok(line) = line else { break };
        let words: Vec<&str> = line.split(' ').collect();
        if let ["receipted", index, digest, _] = words[..]
            && let (Ok(index), Ok(digest)) = (index.parse(), digest.parse())
        {
            receipted.push((index, digest));
        }
        done |= line == "done";
        if receipted.len() == lines {
            child.kill().expect("kills");
        }
    }
    child.wait().expect("ends");
    (receipted, done)
}

#[test]
fn a_killed_central_has_lost_nothing_that_it_receipted() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = prepare(folder.path());
    let mut rng = StdRng::seed_from_u64(11);
    let mut promised: Vec<(u64, Digest)> = Vec::new();
    for round in 0.. {
        let lines = if round < 8 { rng.random_range(5..60) } else { usize::MAX };
        let (receipted, done) = run_and_kill(folder.path(), lines);
        promised.extend(receipted);
        let central = home.open().expect("opens after a kill");
        for (index, digest) in &promised {
            let receipt = central.receipt_at(*index).expect("reads").expect("what was receipted is there");
            assert_eq!(Digest::of(&receipt), *digest, "the same receipt, byte for byte");
        }
        assert_log_holds(&central);
        if done {
            break;
        }
        assert!(round < 8, "an undisturbed run ends");
    }
    let central = home.open_to_read().expect("opens to read");
    let day = day(&central, station(1));
    let all = u64::from(STATIONS) * (day.entries.len() + day.photos.len()) as u64;
    assert_eq!(central.health().log_size, all, "nothing is missing, nothing is there twice");
    let trust = Trust { central_key: Some(central.public_key()), ..Trust::default() };
    let report = check(&central, &trust).expect("reads");
    assert_eq!(report.verdict(), Verdict::Sound, "{}", report.text(plano::form::Lang::En));
}

/// The root recomputes from the leaves, and every leaf's receipt holds.
fn assert_log_holds(central: &Central) {
    let Some(last) = central.checkpoint().expect("reads") else { return };
    let last = Checkpoint::verify(last, &central.public_key()).expect("holds");
    let receipt = |index| central.receipt_at(index).expect("reads").expect("is there");
    let receipts: Vec<Receipt> =
        (0..last.size()).map(|index| Receipt::verify(&receipt(index), &central.public_key()).expect("holds")).collect();
    assert_eq!(plain_root(&receipts), last.root());
}
