//! Delivery behind the station's page: offline, a busy central, a restart; nothing is called received without its receipt.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plano::form::Page as Sheet;
use plano::protocol::entry::{Answered, Source};
use plano::protocol::ids::Slot;
use plano::recorder::{Officer, PageOf, PhotoFinding, Place, RecorderError, Station};
use plano::sync::WallClock;
use plano::sync::http::{self, HttpUplink};
use plano::sync::parcel::{Fate, Satchel, deliver};
use plano::web::{Config, Postman, Server};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use reqwest::header::HeaderValue;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::support::browser::Browser;
use crate::support::ledger::moment;
use crate::support::server::Listening;
use crate::support::station::{PINS, pin, setup};
use crate::support::{central, election, photos};

/// A station whose officers a listening central knows.
struct Scene {
    folder: tempfile::TempDir,
    central: Listening,
    runtime: Runtime,
}

/// The page with its delivery, and an officer in front of it.
struct Open {
    server: Server,
    postman: Arc<Postman>,
    browser: Browser,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut station = Station::init(Place::new(folder.path()), &setup(), moment(0)).expect("sets up");
        let mut known = central::in_memory(&election::small(2));
        let mut rng = StdRng::seed_from_u64(3);
        let day = Duration::from_hours(24);
        let issued = known.issue_codes(Slot::BOTH.map(|slot| (station.id(), slot)), day, moment(0), &mut rng);
        for (slot, issued) in Slot::BOTH.into_iter().zip(issued.expect("issues")) {
            let wish = station.enrol((slot, &pin(slot)), &issued.code.to_string(), &mut rng, moment(0));
            let answer = known.enrol(wish.expect("enrols").wish.bytes().to_vec(), moment(0)).expect("accredits");
            station.accredit(answer.bytes, moment(0)).expect("accredits");
        }
        let officer = station.unlock(Slot::P1, &pin(Slot::P1), moment(1)).expect("unlocks");
        station.open_day(&officer, moment(2)).expect("opens").expect("both are enrolled");
        station.incident(&officer, "Listrik padam", moment(3)).expect("records");
        photograph(&mut station, &officer);
        Self { folder, central: Listening::start(known), runtime: Runtime::new().expect("a runtime") }
    }

    fn place(&self) -> Place {
        Place::new(self.folder.path())
    }

    /// From now on central is looked for there.
    fn look_at(&self, addr: SocketAddr) {
        let station = Station::open(self.place()).expect("opens");
        station.ledger().set_central_url(&format!("http://{addr}"), moment(4)).expect("sets");
    }

    /// Starts the page with its delivery, and unlocks.
    fn open(&self) -> Open {
        let postman = Arc::new(Postman::start(&self.place(), None).expect("delivers"));
        let config =
            Config { postman: Some(Arc::clone(&postman)), ..Config::plain("127.0.0.1:0".parse().expect("an address")) };
        self.runtime.block_on(async {
            let server = Server::start(config, &self.place()).expect("listens");
            let mut browser = Browser::new(server.addr());
            assert_eq!(browser.unlock("p1", PINS[0]).await.status, 303);
            Open { server, postman, browser }
        })
    }

    fn words(&self, open: &mut Open, path: &str) -> String {
        self.runtime.block_on(open.browser.get(path)).words()
    }

    /// Waits until the figures of the page are so.
    fn until(&self, open: &mut Open, what: &str, so: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let page = self.runtime.block_on(open.browser.get("/delivery.json"));
            assert_eq!(page.status, 200);
            let figures: Value = serde_json::from_str(&page.text).expect("JSON");
            if so(&figures) {
                return figures;
            }
            assert!(start.elapsed() < Duration::from_mins(1), "{what} does not come: {figures}");
            std::thread::yield_now();
        }
    }

    fn close(&self, open: Open) {
        self.runtime.block_on(open.server.shutdown());
        open.postman.stop();
    }
}

fn photograph(station: &mut Station, officer: &Officer) {
    let bytes = photos::jpeg(&photos::page(400, 200, 1));
    let of = PageOf { contest: "gubernur".into(), page: Sheet::FIRST, replaces: None };
    let taken = (Source::File, bytes.as_slice());
    let Err(RecorderError::PhotoNeedsAnswers(found)) = station.photo(officer, &of, taken, &[], moment(3)) else {
        unreachable!("the photo is too small")
    };
    let note = |found: &PhotoFinding| Answered { code: found.code, note: "kamera kecil".into() };
    let notes: Vec<_> = found.iter().map(note).collect();
    station.photo(officer, &of, taken, &notes, moment(3)).expect("records");
}

/// An address at which nobody listens.
fn nobody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("an address");
    listener.local_addr().expect("an address")
}

#[test]
fn offline_is_an_ordinary_state_and_a_restart_delivers_what_waits() {
    let scene = Scene::new();
    scene.look_at(nobody());
    let mut open = scene.open();
    let figures = scene.until(&mut open, "a trouble", |figures| figures["trouble"]["code"] == "connect");
    assert_eq!((figures["received"].as_u64(), figures["recorded"].as_u64()), (Some(0), Some(4)));
    // A try may be under way at any moment, and the page says so then; between two tries it says all of this at once.
    let said =
        ["0 dari 4 diterima", "Semua aman tersimpan", "Pusat tidak terjangkau", "tersimpan di sini", "Coba sekarang"];
    let start = Instant::now();
    let words = loop {
        let words = scene.words(&mut open, "/delivery");
        if said.iter().all(|part| words.contains(part)) {
            break words;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "the page does not come to say {said:?}: {words}");
    };
    assert!(!words.contains("diterima (tanda terima)") && !words.to_lowercase().contains("terkirim"), "{words}");
    assert!(scene.words(&mut open, "/").contains("0 dari 4 diterima"), "on every page");
    scene.close(open);

    scene.look_at(scene.central.addr());
    let mut open = scene.open();
    let figures = scene.until(&mut open, "the rest", |figures| figures["complete"] == true);
    assert_eq!((figures["received"].as_u64(), figures["trouble"].is_null()), (Some(4), true));
    let words = scene.words(&mut open, "/delivery");
    assert!(words.contains("4 dari 4 diterima") && words.contains("Semua sudah diterima pusat"), "{words}");
    assert_eq!(words.matches("diterima (tanda terima)").count(), 4, "{words}");
    assert!(!words.contains("Coba sekarang"));
    let used = figures["data"]["sent"].as_u64().expect("bytes");
    assert!(used > 1_000 && figures["data"]["left"] == 0 && figures["seconds_left"] == 0, "{figures}");
    assert!(words.contains("Data jaringan sejak program dijalankan: keluar 0,1 MB"), "{words}");

    // What is recorded while the page is open is delivered without being asked.
    let page = scene.runtime.block_on(open.browser.get("/papers"));
    scene.runtime.block_on(open.browser.post(&page, "/incident", &[("text", "Hujan deras")]));
    scene.until(&mut open, "the incident", |figures| figures["received"] == 5 && figures["complete"] == true);
    scene.close(open);
    scene.central.end();
}

#[test]
fn try_now_does_not_wait_for_the_next_try() {
    let scene = Scene::new();
    scene.look_at(scene.central.addr());
    scene.central.fault("on = ['entry', 'photo']\naction = 'refuse'\nstatus = 503\nretry_after = 3600");
    let mut open = scene.open();
    let waits = |figures: &Value| figures["trouble"]["code"] == "unavailable" && !figures["next"].is_null();
    scene.until(&mut open, "the busy central", waits);
    let words = scene.words(&mut open, "/delivery");
    assert!(words.contains("Pusat sedang sibuk") && words.contains("Dicoba lagi pukul"), "{words}");
    scene.central.faults.switch(plano::central::faults::Script::none());
    let page = scene.runtime.block_on(open.browser.get("/delivery"));
    assert_eq!(scene.runtime.block_on(open.browser.post(&page, "/delivery/now", &[])).status, 303);
    scene.until(&mut open, "everything", |figures| figures["complete"] == true);
    scene.close(open);
    scene.central.end();
}

#[test]
fn what_the_network_cannot_take_is_saved_as_a_parcel_and_its_receipts_are_taken_in() {
    let scene = Scene::new();
    scene.look_at(nobody());
    let mut open = scene.open();
    let page = scene.runtime.block_on(open.browser.get("/carry"));
    let saved = scene.runtime.block_on(open.browser.get("/parcel"));
    assert_eq!((saved.status, &saved.headers["content-type"]), (200, &HeaderValue::from_static("application/x-tar")));
    let carrier = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(carrier.path());
    let taken = satchel.take_over(saved.body.as_slice()).expect("a parcel");
    assert_eq!((taken.taken, taken.spoiled.len(), taken.cut.is_none()), (4, 0, true));
    let held = satchel.consignments().expect("reads").remove(0);
    let uplink = HttpUplink::new(&http::Config::new(format!("http://{}", scene.central.addr()))).expect("sets up");
    let delivered = scene.runtime.block_on(deliver(&held, &uplink, &WallClock, 3)).expect("the satchel works");
    assert!(delivered.iter().all(|one| one.fate == Fate::Received), "{delivered:?}");
    let back = held.write_receipts(moment(9_000), Vec::new()).expect("writes");
    let path = format!("/parcel/receipts?token={}", page.token());
    let mut give = |content: &[u8]| {
        let answer = scene.runtime.block_on(open.browser.upload(&path, &[("file", "tps.receipts", content)]));
        assert_eq!(answer.status, 303, "{}", answer.text);
        let to = answer.location().to_owned();
        scene.words(&mut open, &to)
    };
    assert!(give(b"<html>").contains("bukan berkas tanda terima"));
    let mut damaged = back.clone();
    let at = back.windows(8).rposition(|window| window == b"c2sp.org").expect("the last receipt");
    damaged[at] ^= 1;
    let words = give(&damaged);
    assert!(words.contains("Tanda terima baru yang sah: 3. Yang tidak sah dan tidak dipakai: 1"), "{words}");
    let words = give(&back);
    assert!(words.contains("Tanda terima baru yang sah dari berkas itu: 1.") && words.contains("4 dari 4"), "{words}");
    scene.close(open);
}
