//! How fast photos reach central: the sync worker against curl with the same bytes to the same central.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use plano::central::http::{Config, Server};
use plano::central::{Home, officers};
use plano::clock;
use plano::digest::Digest;
use plano::form::Page;
use plano::photo::Folder;
use plano::protocol::entry::{Body, By, Photo};
use plano::protocol::people::{Accreditation, Enrolment};
use plano::protocol::sealed::SealedEntry;
use plano::protocol::wire::{entry_path, limits, uploads_path};
use plano::store::{Founding, Ledger};
use plano::sync::http::{Config as Way, HttpUplink};
use plano::sync::{End, Equipment, Events, Until, WallClock, Worker};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use super::day::Day;
use super::election::{officer, small, station};
use super::table::{Table, timed};

const PHOTOS: usize = 24;
const BYTES: usize = 2_500_000;

/// One station with many photos of the size that phones make, delivered by each.
pub fn measure(folder: &Path, table: &mut Table) {
    let election = small(2);
    let home = Home::at(folder.join("send"));
    let key = home.init("central.test/send", &election, &[7; 32]).expect("sets up");
    let codes = home.issue_codes(officers(&election), Duration::from_hours(1), clock::now(), &mut rand::rng());
    let runtime = Runtime::new().expect("a runtime");
    let config = Config::plain(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let central = home.open().expect("opens");
    let server = runtime.block_on(async { Server::start(&config, central, None).expect("starts") });
    let url = format!("http://{}", server.addr());
    let mut accreditations = Vec::new();
    for code in codes.expect("issues") {
        let (id, text) = ((code.station, code.slot), code.code.to_string());
        let wish = Enrolment::sign(election.digest(), id, &text, &officer(code.station, code.slot)).expect("signs");
        let uplink = HttpUplink::new(&Way::new(&url)).expect("a client");
        let note = runtime.block_on(uplink.enrol(wish.bytes().to_vec())).expect("enrols");
        accreditations.push(Accreditation::verify(note, &key).expect("an accreditation"));
    }

    let [by_worker, by_curl] = [1, 2].map(|tps| with_photos(&election, tps, folder));
    let ledger_file = folder.join("worker.db");
    let founding = Founding { station: station(1), election: election.clone(), central: key };
    let ledger = Ledger::create(&ledger_file, &founding, &url, clock::now()).expect("creates");
    for known in accreditations.iter().filter(|known| known.station() == station(1)) {
        ledger.keep_accreditation(known, clock::now()).expect("keeps");
    }
    for entry in &by_worker {
        ledger.append(entry).expect("appends");
    }
    let equipment = Equipment {
        ledger,
        photos: Folder::open(folder.join("photos-1")).expect("the photos"),
        uplink: HttpUplink::new(&Way::new(&url)).expect("a client"),
        pace: WallClock,
        events: Events::default(),
    };
    let mut worker = Worker::new(equipment, rand::random);
    let (end, worker_time) =
        timed(|| runtime.block_on(worker.run(Until::Settled, &CancellationToken::new())).expect("delivers"));
    assert_eq!(end, End::Done);

    let (entries, photos) = curl_files(&by_curl, &url, folder);
    let ((), entry_time) = timed(|| curl(&entries));
    let ((), photo_time) = timed(|| curl(&photos));
    let curl_time = entry_time + photo_time;
    let bytes = f64::from(u32::try_from(PHOTOS * BYTES).expect("fits")) / 1e6;
    let rate = |time: Duration| bytes / time.as_secs_f64();
    table.row(
        &format!("sync goodput: {PHOTOS} photos of 2.5 MB and {} entries, receipts checked and kept", by_worker.len()),
        &format!("{:.0} MB/s", rate(worker_time)),
        &format!("`curl -T`, one process, same central, same bytes: {:.0} MB/s", rate(curl_time)),
        Some(rate(worker_time) / rate(curl_time)),
    );
}

/// The entries of a station that has photographed a page many times, and the photos in a folder.
fn with_photos(election: &plano::protocol::election::Election, tps: u16, folder: &Path) -> Vec<SealedEntry> {
    let photos = Folder::open(folder.join(format!("photos-{tps}"))).expect("a folder");
    let mut day = Day::new(election, station(tps));
    day.open();
    for number in 0..PHOTOS {
        // Bytes that no compression shortens, as those of a JPEG are.
        let mut state = u64::from(tps) << 32 | number as u64;
        let mut bytes: Vec<u8> = b"\xff\xd8\xff\xe0".to_vec();
        while bytes.len() < BYTES {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            bytes.extend_from_slice(&state.to_be_bytes()[..4]);
        }
        let stored = photos.put(bytes.as_slice(), limits::PHOTO_BYTES).expect("keeps");
        let image = day.image("size");
        let image = plano::protocol::entry::Image { sha256: stored.digest, bytes: stored.bytes, ..image };
        day.add(By::P1, Body::Photo(Photo { contest: "gubernur".into(), page: Page::FIRST, image, replaces: None }));
    }
    day.entries
}

/// For each file what curl is told: the file and where it goes.
fn curl_files(entries: &[SealedEntry], url: &str, folder: &Path) -> (Vec<[String; 2]>, Vec<[String; 2]>) {
    let id = station(2);
    let mut lists = (Vec::new(), Vec::new());
    for entry in entries {
        let file = folder.join(format!("entry-{}", entry.entry().seq));
        std::fs::write(&file, entry.bytes()).expect("writes");
        lists.0.push([file.display().to_string(), format!("{url}{}", entry_path(id, entry.entry().seq))]);
        let photo: Option<Digest> = entry.entry().body.image().map(|image| image.sha256);
        lists.1.extend(photo.map(|photo| {
            let file = folder.join("photos-2").join(photo.to_string());
            [file.display().to_string(), format!("{url}{}", uploads_path(id))]
        }));
    }
    lists
}

/// One curl process over one connection for the whole list.
fn curl(files: &[[String; 2]]) {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--fail", "--output", "/dev/null"]);
    for (at, [file, url]) in files.iter().enumerate() {
        if at > 0 {
            command.args(["--next", "--silent", "--show-error", "--fail", "--output", "/dev/null"]);
        }
        if url.ends_with("/uploads/") {
            let sha256 = BASE64_STANDARD.encode(Path::new(file).file_name().expect("a name").as_encoded_bytes());
            let length = std::fs::metadata(file).expect("a file").len();
            command.args(["--request", "POST", "--header", "Tus-Resumable: 1.0.0"]);
            command.args(["--header", "Content-Type: application/offset+octet-stream"]);
            command.args(["--header", &format!("Upload-Length: {length}")]);
            command.args(["--header", &format!("Upload-Metadata: sha256 {sha256}")]);
        }
        command.args(["--upload-file", file, url]);
    }
    assert!(command.status().expect("curl is installed").success(), "curl uploads");
}
