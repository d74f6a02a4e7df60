//! Delivery over links that are bad in their own ways: what gives way to what, what ends a wait, how long pieces are.

use std::fs::File;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::protocol::ids::StationId;
use plano::protocol::receipt::{Item, What};
use plano::protocol::wire::Missing;
use plano::sync::http::{Config, HttpUplink};
use plano::sync::{
    Answer, Body, End, Equipment, Event, Events, Later, Pace, Progress, Shipment, Trouble, Until, Uplink, Upload,
    Worker,
};
use tokio_util::sync::CancellationToken;

use crate::support::crooked::{Crooked, Fault};
use crate::support::fake_http::{Behaviour, FakeHttp, answer};
use crate::support::scripted::{Scripted, central_knowing};
use crate::support::uploads::photo;
use crate::support::virtual_time::VirtualTime;
use crate::support::{ledger, receipts};

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// A worker of this station with another way to central and another clock.
fn worker<U: Uplink, P: Pace>(station: &Scripted, uplink: U, pace: P, events: Events) -> Worker<U, P> {
    let equipment = Equipment { ledger: station.ledger(), photos: station.photos(), uplink, pace, events };
    Worker::new(equipment, || u64::MAX)
}

async fn settle<U: Uplink, P: Pace>(worker: &mut Worker<U, P>) -> End {
    worker.run(Until::Settled, &CancellationToken::new()).await.expect("the ledger works")
}

/// Notes, for every entry that goes while a photo is on its way, whether the photo's bytes were held back.
struct Watching {
    way: Crooked,
    photo: Mutex<Option<Progress>>,
    held_back: Arc<Mutex<Vec<bool>>>,
}

impl Uplink for Watching {
    async fn put(&self, shipment: Shipment, progress: Progress) -> Answer {
        let is_photo = matches!(shipment.body, Body::Photo(_));
        if is_photo {
            *self.photo.lock().expect("sound") = Some(progress.clone());
        } else if let Some(photo) = &*self.photo.lock().expect("sound") {
            self.held_back.lock().expect("sound").push(photo.is_paused());
        }
        let answer = self.way.put(shipment, progress.clone()).await;
        if is_photo {
            assert!(!progress.is_paused(), "the photo goes on after the entries");
            *self.photo.lock().expect("sound") = None;
        }
        answer
    }

    async fn missing(&self, station: StationId) -> Result<Missing, Later> {
        self.way.missing(station).await
    }
}

#[test]
fn no_byte_of_a_photo_goes_while_an_entry_is_on_its_way() {
    block_on(async {
        let station = Scripted::prepared(5, 21);
        station.append_up_to(3);
        station.uplink.shared().photos_wait_for = Some(station.chain.last().expect("an entry").entry().seq);
        let held_back = Arc::<Mutex<Vec<bool>>>::default();
        let way = Watching { way: station.uplink.clone(), photo: Mutex::default(), held_back: held_back.clone() };
        let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
        let mut worker = worker(&station, way, station.time.clone(), Events::to(sender));
        let record = async {
            while let Some(event) = events.recv().await {
                if matches!(event, Event::Sending { item, .. } if matches!(item.what, What::Photo(_))) {
                    station.append_up_to(6);
                }
            }
        };
        let end = tokio::select! {
            end = settle(&mut worker) => end,
            () = record => unreachable!("the worker tells events to its end"),
        };
        assert_eq!(end, End::Done);
        assert_eq!(*held_back.lock().expect("sound"), [true, true, true], "entries 4 to 6");
        station.assert_received();
    });
}

/// Breaks in the middle of every photo, so many times; central keeps what it got, or not.
struct Breaking {
    way: Crooked,
    time: VirtualTime,
    left: Mutex<u64>,
    keeps: bool,
    tries: Arc<Mutex<Vec<Timestamp>>>,
}

impl Uplink for Breaking {
    async fn put(&self, shipment: Shipment, progress: Progress) -> Answer {
        let left = *self.left.lock().expect("sound");
        if matches!(shipment.body, Body::Entry(_)) || left == 0 {
            return self.way.put(shipment, progress).await;
        }
        self.tries.lock().expect("sound").push(self.time.now());
        *self.left.lock().expect("sound") -= 1;
        progress.stands_at(1_000 - left);
        progress.add(500);
        progress.stands_at(1_000 - left + u64::from(self.keeps));
        Answer::Later(Later::new(Trouble::Cut, "by script"))
    }

    async fn missing(&self, station: StationId) -> Result<Missing, Later> {
        self.way.missing(station).await
    }
}

#[test]
fn a_link_that_breaks_but_carries_is_used_again_at_once() {
    block_on(async {
        for (keeps, most) in [(true, 1), (false, 300)] {
            let station = Scripted::new(2, 22);
            let tries = Arc::<Mutex<Vec<Timestamp>>>::default();
            let (way, time, left) = (station.uplink.clone(), station.time.clone(), Mutex::new(20));
            let way = Breaking { way, time, left, keeps, tries: tries.clone() };
            let mut worker = worker(&station, way, station.time.clone(), Events::default());
            assert_eq!(settle(&mut worker).await, End::Done);
            let tries = tries.lock().expect("sound");
            let longest = tries.windows(2).map(|pair| pair[1].since(pair[0]).as_secs()).max();
            assert_eq!(tries.len(), 20);
            assert!(longest <= Some(most), "{longest:?}");
            assert_eq!(longest > Some(1), !keeps, "without any gain the pauses grow: {longest:?}");
        }
    });
}

/// A clock whose machine gets another network at one moment, or whose time is set back while somebody waits.
struct Eventful {
    time: VirtualTime,
    another_network: Option<Timestamp>,
    set_back: Mutex<Option<Duration>>,
}

impl Pace for Eventful {
    fn now(&self) -> Timestamp {
        self.time.now()
    }

    async fn sleep(&self, how_long: Duration) {
        self.time.sleep(how_long).await;
        if let Some(by) = self.set_back.lock().expect("sound").take() {
            let millis = self.time.now().millis() - i64::try_from(by.as_millis()).expect("a short time");
            self.time.set(Timestamp::from_millis(millis).expect("in range"));
        }
    }

    fn network(&self) -> Option<Digest> {
        Some(Digest::of(if self.another_network > Some(self.now()) { b"one" } else { b"two" }))
    }
}

#[test]
fn another_network_is_tried_within_seconds() {
    block_on(async {
        for hinted in [true, false] {
            let station = Scripted::new(4, 23);
            // An hour and a half without a network: the pauses are as long as they get, and it comes back in the middle of one.
            let back = station.time.now().after(Duration::from_secs(5_431));
            station.uplink.shared().outage = Some(back);
            let another_network = hinted.then_some(back);
            let pace = Eventful { time: station.time.clone(), another_network, set_back: Mutex::default() };
            let mut worker = worker(&station, station.uplink.clone(), pace, Events::default());
            assert_eq!(settle(&mut worker).await, End::Done);
            station.assert_delivered();
            let took = station.time.now().since(back).as_secs();
            assert_eq!(took <= 4, hinted, "all received {took} s after the network was back");
            assert!(took <= 90, "without a hint it only takes longer: {took} s");
        }
    });
}

#[test]
fn a_clock_set_by_a_day_while_the_worker_waits_makes_no_wait_longer() {
    block_on(async {
        let station = Scripted::new(4, 24);
        let lost = Fault::Lost { trouble: Trouble::Connect, stored: false };
        station.uplink.shared().script.extend([lost; 8]);
        let day = Duration::from_hours(24);
        let pace = Eventful { time: station.time.clone(), another_network: None, set_back: Mutex::new(Some(day)) };
        let began = station.time.now();
        let mut worker = worker(&station, station.uplink.clone(), pace, Events::default());
        assert_eq!(settle(&mut worker).await, End::Done);
        station.assert_delivered();
        assert!(station.time.now() < began, "the clock was set back");
        let waited = station.time.now().after(day).since(began);
        assert!(waited < Duration::from_mins(6), "nobody waited for the clock: {waited:?}");
    });
}

#[test]
fn a_central_restored_while_nothing_is_left_to_send_gets_everything_again() {
    block_on(async {
        for kept in 0..6 {
            let station = Scripted::new(5, 25);
            let (mut worker, mut events) = station.worker();
            let (cancel, mut restored, mut alarms) = (CancellationToken::new(), false, Vec::new());
            let watch = async {
                while let Some(event) = events.recv().await {
                    match event {
                        Event::Done if !restored => {
                            station.uplink.shared().central = central_knowing(&station.chain[..kept]);
                            restored = true;
                        }
                        Event::Alarm(alarm) => alarms.push(alarm.to_string()),
                        Event::Done if !alarms.is_empty() => return cancel.cancel(),
                        _ => {}
                    }
                }
            };
            let (end, ()) = tokio::join!(worker.run(Until::Cancelled, &cancel), watch);
            assert_eq!(end.expect("the ledger works"), End::Cancelled);
            station.assert_delivered();
            assert!(alarms.len() == 1 && alarms[0].contains("gave receipts for"), "{kept}: {alarms:?}");
            let took = station.time.now().since(ledger::moment(1_000));
            assert!(took < Duration::from_mins(40), "after {took:?}");
        }
    });
}

fn at(status: &str, offset: u64) -> Behaviour {
    Behaviour::Say(answer(status, &[&format!("Upload-Offset: {offset}")], b""))
}

/// Uploads a photo of 100,000 bytes to a server that behaves so; what came of it, and the lengths of the bodies that it got.
fn uploaded(behaviour: impl FnOnce(&[u8]) -> Vec<Behaviour>) -> (Answer, Vec<u8>, Vec<usize>) {
    let big = photo(6, 100_000);
    let item = Item { station: ledger::station(), what: What::Photo(100_000), digest: Digest::of(&big) };
    let receipt = receipts::receipt(item, ledger::moment(1));
    block_on(async {
        let server = FakeHttp::start(behaviour(&receipt)).await;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("photo");
        std::fs::write(&path, &big).expect("writes");
        let (upload, _told) = Upload::new(File::open(&path).expect("opens"), 100_000);
        let uplink = HttpUplink::new(&Config::new(server.url())).expect("sets up");
        let progress = Progress::new(item, Events::default());
        let got = uplink.put(Shipment { item, body: Body::Photo(upload) }, progress.clone()).await;
        assert_eq!(progress.gained(), 100_000);
        let sent = server.bodies().iter().map(Vec::len).filter(|length| *length > 0).collect();
        (got, receipt.clone(), sent)
    })
}

#[test]
fn a_probe_goes_along_with_the_announcement_and_the_rest_in_one_request() {
    let (got, receipt, sent) = uploaded(|receipt| {
        let receipt = format!("Upload-Receipt: {}", BASE64_STANDARD.encode(receipt));
        vec![
            Behaviour::Say(answer("201 Created", &["Location: 1", "Upload-Offset: 65536"], b"")),
            Behaviour::Say(answer("204 No Content", &["Upload-Offset: 100000", &receipt], b"")),
        ]
    });
    assert_eq!((got, sent.as_slice()), (Answer::Stored(receipt), &[65_536, 34_464][..]));
}

#[test]
fn a_server_that_takes_nothing_along_and_brings_no_receipt_is_served_all_the_same() {
    let (got, receipt, sent) = uploaded(|receipt| {
        vec![
            Behaviour::Say(answer("201 Created", &["Location: 1"], b"")),
            at("204 No Content", 65_536),
            at("204 No Content", 100_000),
            Behaviour::Say(answer("200 OK", &[], receipt)),
        ]
    });
    assert_eq!((got, sent.as_slice()), (Answer::Stored(receipt), &[65_536, 65_536, 34_464][..]));
}
