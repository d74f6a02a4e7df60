//! Light copies at a station: how they are made, how they are recorded, and when they travel.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use plano::digest::Digest;
use plano::form::Page;
use plano::paper::Studio;
use plano::photo::{Code, examine, light, limits};
use plano::protocol::entry::Source;
use plano::protocol::ids::StationId;
use plano::protocol::receipt::Item;
use plano::protocol::wire::{Missing, ProblemKind};
use plano::recorder::{PageOf, Place, Station};
use plano::sync::{Answer, End, Equipment, Event, Events, Later, Progress, Shipment, Trouble, Until, Uplink, Worker};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio_util::sync::CancellationToken;

use crate::support::crooked::{Crooked, Fault, position};
use crate::support::ledger::{light_of, photo_with_light};
use crate::support::photos::{fixture, grained, jpeg, page, png};
use crate::support::scripted::Scripted;
use crate::support::sheets::sheet;
use crate::support::station::Day;

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

fn side(copy: &[u8]) -> u32 {
    let picture = image::load_from_memory(copy).expect("a picture");
    picture.width().max(picture.height())
}

#[test]
fn a_light_copy_is_as_large_as_goes_into_its_limit() {
    let photo = png(&grained(&page(2400, 1800, 1), 15, 5));
    let copy = light(&photo).expect("a photo").expect("large");
    assert!(copy.len() as u64 <= limits::LIGHT_BYTES && copy.len() as u64 > limits::LIGHT_BYTES / 3, "{}", copy.len());
    assert!(side(&copy) >= 1280, "{}", side(&copy));
    let rough = png(&grained(&page(2400, 1800, 1), 255, 5));
    let coarse = light(&rough).expect("a photo").expect("large");
    assert!(coarse.len() as u64 <= limits::LIGHT_BYTES && side(&coarse) < side(&copy), "{}", side(&coarse));
}

#[test]
fn what_is_light_itself_has_none_and_what_cannot_be_opened_neither() {
    assert_eq!(light(&jpeg(&page(640, 480, 1))).expect("a photo"), None);
    let cut = [&b"\xff\xd8\xff\xe0"[..], &vec![7; 400_000]].concat();
    assert!(light(&cut).is_err() && examine(&cut).is_ok(), "it can be recorded all the same");
    assert!(light(b"GIF89a").is_err());
}

#[test]
fn a_light_copy_is_upright_and_tells_nothing_of_the_camera() {
    for number in [1, 6, 8] {
        let turned = fixture(&format!("orientation-{number}.jpg"));
        // Padded behind its end to the length of a photo that has a copy.
        let photo = [turned.as_slice(), &vec![0; 300_001]].concat();
        let copy = light(&photo).expect("a photo").expect("large");
        let upright = image::load_from_memory(&copy).expect("a picture");
        assert_eq!((upright.width(), upright.height()), (24, 16), "orientation {number}");
        assert!(!copy.windows(4).any(|window| window == b"Exif"));
    }
}

/// A drawn sheet as a phone sees it; by eye, every digit of the copy can be read.
#[test]
fn the_light_copy_of_a_practice_sheet_is_as_sharp_as_its_photo() {
    let sheet = sheet("kwk-2024", "walikota", &[101, 87, 45, 12], 1);
    let photo = Studio::new(&sheet, 2400).photo(&sheet, Page::FIRST, 3).expect("a photo");
    let photo = [photo.as_slice(), &vec![0; 300_001]].concat();
    let copy = light(&photo).expect("a photo").expect("large");
    let poor = |bytes: &[u8]| examine(bytes).expect("a photo").findings().to_vec();
    let codes = poor(&copy).iter().map(plano::photo::Finding::code).filter(|code| *code != Code::TooSmall).count();
    assert!(side(&copy) >= 1280 && codes == 0 && poor(&photo).is_empty(), "as sharp as the photo at this size");
    let alike = |bytes: &[u8]| examine(bytes).expect("a photo").fingerprint().expect("a whole picture");
    assert!(alike(&copy).looks_like(alike(&photo)));
}

#[test]
fn the_station_keeps_a_light_copy_and_names_it_and_counts_it_nowhere() {
    let mut day = Day::open();
    let photo = png(&grained(&page(1700, 1200, 4), 15, 5));
    let of = |number| PageOf { contest: "walikota".into(), page: Page::new(number).expect("a page"), replaces: None };
    let now = day.now();
    day.station.photo(&day.officers[0], &of(1), (Source::Camera, &photo), &[], now).expect("records");
    let small = jpeg(&page(1700, 1200, 9));
    assert!(small.len() as u64 <= limits::LIGHT_FROM, "{}", small.len());
    day.station.photo(&day.officers[0], &of(2), (Source::Camera, &small), &[], now).expect("records");
    let named: Vec<_> = day.station.state().photos().iter().map(|kept| kept.image.light).collect();
    let light = named[0].expect("a light copy");
    assert_eq!(named[1], None);
    assert_eq!(day.station.photos().verify(&light.sha256).expect("kept"), light.bytes);
    let delivery = day.station.ledger().delivery().expect("reads");
    assert_eq!((delivery.photos, delivery.waiting), (2, 5), "three entries and two photos");
    let copies = day.folder.path().join("backup");
    assert_eq!(day.station.back_up(&copies).expect("backs up").photos, 2);
    std::fs::remove_file(copies.join("photos").join(light.sha256.to_string())).expect("the copy is in the backup");
    let back = Station::restore(&Place::new(&copies), &Place::new(day.folder.path().join("back"))).expect("sound");
    assert!(back.photos().contains(&Digest::of(&photo)), "nothing needs a light copy");
}

/// A station whose photos have light copies, on a link that carries next to nothing.
fn slow(entries: usize, seed: u64) -> Scripted {
    let station = Scripted::naming(entries, seed, photo_with_light);
    station.append_up_to(entries + 1);
    station.uplink.shared().rate = Some(0);
    station
}

fn is_light(station: &Scripted, item: &Item) -> bool {
    station.light().contains(item)
}

/// The light copies at central, in the words of the worker.
fn told(station: &Scripted) -> Vec<Item> {
    let events = station.events.lock().expect("no test panicked here");
    events.iter().filter_map(|event| if let Event::Light { copy, .. } = event { Some(*copy) } else { None }).collect()
}

#[test]
fn on_a_slow_link_all_light_copies_are_at_central_before_the_first_photo() {
    block_on(async {
        let station = slow(10, 31);
        assert_eq!(station.deliver(Until::Settled).await.expect("works"), (End::Done, 1));
        station.assert_delivered();
        station.assert_numbers_first();
        let sorted = |items: Vec<Item>| items.into_iter().collect::<BTreeSet<_>>();
        assert_eq!(sorted(told(&station)), sorted(station.light()));
        let shared = station.uplink.shared();
        let photos = shared.requests.iter().filter(|request| position(&request.item).is_none());
        let order: Vec<bool> = photos.map(|request| is_light(&station, &request.item)).collect();
        assert_eq!(order, [[true; 5], [false; 5]].concat());
    });
}

#[test]
fn on_a_link_that_carries_them_no_light_copy_goes() {
    block_on(async {
        for rate in [None, Some(1_000_000)] {
            let station = slow(10, 32);
            station.uplink.shared().rate = rate;
            assert_eq!(station.deliver(Until::Settled).await.expect("works"), (End::Done, 1));
            station.assert_delivered();
            assert_eq!(told(&station), []);
            assert_eq!(station.uplink.shared().requests.len(), 11 + 5);
        }
    });
}

#[test]
fn a_light_copy_that_cannot_go_is_left_and_holds_nothing_up() {
    block_on(async {
        let station = slow(8, 33);
        let copies = station.light();
        let content = |number: usize| light_of(format!("photo {number} of 33").as_bytes());
        assert_eq!(copies[0].digest, Digest::of(&content(0)));
        station.damage(&copies[0].digest, b"another picture");
        std::fs::remove_file(station.photo_file(&copies[1].digest)).expect("it was there");
        station.uplink.shared().poison = Some((copies[2].digest, Fault::Refused(ProblemKind::Malformed)));
        assert_eq!(station.deliver(Until::Settled).await.expect("works"), (End::Done, 1));
        station.assert_delivered();
        assert_eq!(told(&station), copies[3..]);
        let events = station.events.lock().expect("no test panicked here");
        let left = events.iter().filter(|event| matches!(event, Event::NoLight { .. })).count();
        let aside = events.iter().filter(|event| matches!(event, Event::SetAside { .. })).count();
        assert_eq!((left, aside), (3, 0), "nobody has to look");
        let tried = |item: &Item| station.uplink.shared().requests.iter().filter(|made| made.item == *item).count();
        assert_eq!(copies.iter().map(tried).collect::<Vec<_>>(), [0, 0, 1, 1]);
    });
}

#[test]
fn a_receipt_of_something_else_makes_no_light_copy_received() {
    block_on(async {
        let station = slow(4, 34);
        let lies = [
            Fault::None,
            Fault::None,
            Fault::WrongReceipt { stored: false },
            Fault::ForgedReceipt,
            Fault::Portal,
            Fault::Lost { trouble: Trouble::Cut, stored: true },
        ];
        station.uplink.shared().script.extend(lies);
        assert_eq!(station.deliver(Until::Settled).await.expect("works"), (End::Done, 1));
        station.assert_delivered();
        let (told, copies) = (told(&station), station.light());
        let once: BTreeSet<_> = told.iter().collect();
        let held = |item: &Item| station.uplink.shared().central.holds_photo(item.station, &item.digest).is_ok();
        assert!(once.len() == told.len() && told.iter().all(|copy| copies.contains(copy) && held(copy)), "{told:?}");
    });
}

#[test]
fn central_may_ask_for_patience_over_a_light_copy_too() {
    block_on(async {
        let station = slow(2, 38);
        let patience = Fault::Patience { kind: ProblemKind::Busy, seconds: Some(70) };
        station.uplink.shared().script.extend([Fault::None, Fault::None, patience]);
        assert_eq!(station.deliver(Until::Settled).await.expect("works"), (End::Done, 1));
        station.assert_delivered();
        let shared = station.uplink.shared();
        let later: Vec<_> = shared.requests.iter().skip(4).collect();
        assert_eq!(later[0].item, station.light()[0]);
        assert!(later.iter().all(|request| request.at.since(shared.requests[3].at).as_secs() >= 70), "{later:?}");
    });
}

#[test]
fn whatever_goes_wrong_everything_is_received_in_the_end() {
    block_on(async {
        for seed in 0..120 {
            let mut random = StdRng::seed_from_u64(seed);
            let station = slow(random.random_range(1..7), seed);
            let faults = [
                Fault::None,
                Fault::Lost { trouble: Trouble::Cut, stored: random.random_bool(0.5) },
                Fault::Lost { trouble: Trouble::Connect, stored: false },
                Fault::Truncated,
                Fault::Portal,
                Fault::Refused(ProblemKind::UnnamedPhoto),
                Fault::FalseGap,
                Fault::Cancelled { stored: random.random_bool(0.5) },
            ];
            let script: Vec<_> = (0..25).map(|_| faults[random.random_range(0..faults.len())]).collect();
            station.uplink.shared().script.extend(script);
            let (end, _) = station.deliver(Until::Settled).await.expect("works");
            assert_eq!(end, End::Done, "seed {seed}");
            station.assert_delivered();
            station.assert_numbers_first();
        }
    });
}

/// A link of which nothing is known until the first photo is on its way; that photo takes until the light copies of those that
/// have not begun are at central.
struct Unknown {
    way: Crooked,
    light: Vec<Item>,
    under_way: Arc<Mutex<Option<Progress>>>,
    held: Arc<Mutex<Vec<bool>>>,
}

impl Uplink for Unknown {
    async fn put(&self, shipment: Shipment, progress: Progress) -> Answer {
        if self.light.contains(&shipment.item) {
            let photo = self.under_way.lock().expect("sound").clone().expect("a photo began");
            self.held.lock().expect("sound").push(photo.is_held());
        } else if position(&shipment.item).is_none() && self.way.shared().rate.is_none() {
            self.way.shared().rate = Some(0);
            *self.under_way.lock().expect("sound") = Some(progress.clone());
            loop {
                let asked = Arc::clone(&self.way.shared().asked);
                let next = asked.notified();
                let held = |item: &Item| self.way.shared().central.holds_photo(item.station, &item.digest).is_ok();
                // The photo that began beside this one needs none.
                let come = self.light.iter().filter(|item| held(item)).count();
                if come == self.light.len() - 1 {
                    break;
                }
                next.await;
            }
            progress.piece_turn().await;
        }
        self.way.put(shipment, progress).await
    }

    fn rate(&self) -> Option<u64> {
        self.way.rate()
    }

    async fn missing(&self, station: StationId) -> Result<Missing, Later> {
        self.way.missing(station).await
    }
}

#[test]
fn a_photo_that_is_on_its_way_gives_way_to_light_copies_and_then_goes_on() {
    block_on(async {
        let station = slow(6, 35);
        station.uplink.shared().rate = None;
        let held = Arc::<Mutex<Vec<bool>>>::default();
        let (way, light) = (station.uplink.clone(), station.light());
        let way = Unknown { way, light, under_way: Arc::default(), held: held.clone() };
        let (ledger, photos, pace) = (station.ledger(), station.photos(), station.time.clone());
        let mut worker =
            Worker::new(Equipment { ledger, photos, uplink: way, pace, events: Events::default() }, || u64::MAX);
        let end = worker.run(Until::Settled, &CancellationToken::new()).await.expect("works");
        assert_eq!((end, worker.tally().light), (End::Done, 2));
        assert_eq!(held.lock().expect("sound").last(), Some(&true), "no further piece of the photo began");
        station.assert_received();
    });
}

#[test]
fn entries_overtake_light_copies() {
    block_on(async {
        let station = Scripted::naming(5, 36, photo_with_light);
        station.append_up_to(3);
        station.uplink.shared().rate = Some(0);
        station.uplink.shared().photos_wait_for = Some(station.chain.last().expect("an entry").entry().seq);
        let (mut worker, mut events) = station.worker();
        let record = async {
            while let Some(event) = events.recv().await {
                if matches!(event, Event::Sending { item, .. } if is_light(&station, &item)) {
                    station.append_up_to(6);
                }
            }
        };
        let cancel = CancellationToken::new();
        let end = tokio::select! {
            end = worker.run(Until::Settled, &cancel) => end.expect("works"),
            () = record => unreachable!("the worker tells events to its end"),
        };
        assert_eq!(end, End::Done);
        station.assert_delivered();
        let shared = station.uplink.shared();
        let order: Vec<_> = shared.requests.iter().map(|request| position(&request.item)).collect();
        let first_photo = order.iter().position(Option::is_none).expect("a photo");
        assert!(order[..first_photo].len() == 6, "the copy was still on its way when entry 6 was received: {order:?}");
    });
}

#[test]
fn attempts_and_outbox_know_nothing_of_light_copies() {
    block_on(async {
        let station = slow(4, 37);
        let ledger = station.ledger();
        assert_eq!(ledger.pending().expect("reads").len(), 5 + 2);
        assert_eq!(station.deliver(Until::Settled).await.expect("works").0, End::Done);
        let rows = ledger.attempts().expect("reads");
        assert!(rows.iter().all(|row| !is_light(&station, &row.item)) && rows.len() == 7);
    });
}
