//! Delivery over the test link, in squeezed time: the worst things that happen to a link and to central, without a person.

use std::sync::mpsc::channel;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use plano::clock::{self, Timestamp};
use plano::protocol::receipt::What;
use plano::sync::http::{Config, HttpUplink, Limits};
use plano::sync::{End, Equipment, Event, Events, Pace, Until, Worker};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::link::{Profile, Relay, Sky, Weather};
use crate::support::server::Listening;
use crate::support::tamper;
use crate::support::two_forms::TwoForms;

/// An hour passes in six seconds.
const SCALE: u32 = 600;
/// Long enough that photos are under way when something happens, short enough for a test.
const LENGTHS: [usize; 6] = [500_000, 300_000, 700_000, 400_000, 600_000, 500_000];

/// A clock that goes [`SCALE`] times as fast, and so do its waits.
#[derive(Clone, Copy)]
struct Squeezed(Instant, Timestamp);

impl Pace for Squeezed {
    fn now(&self) -> Timestamp {
        self.1.after(self.0.elapsed() * SCALE)
    }

    async fn sleep(&self, how_long: Duration) {
        tokio::time::sleep(how_long / SCALE).await;
    }
}

/// What a program said, and how it ended.
type Ended = (End, Vec<Event>);

/// Starts a program that delivers until all is received.
fn deliver(station: &TwoForms, relay: &Relay) -> JoinHandle<Ended> {
    deliver_by(station, uplink(relay))
}

fn uplink(relay: &Relay) -> HttpUplink {
    let second = Duration::from_secs(1);
    let limits =
        Limits { connect: second, idle: second, total: 20 * second, answer: second, slowest: 1 << 30, silent: second };
    HttpUplink::new(&Config { limits, ..Config::new(relay.url()) }).expect("sets up")
}

fn deliver_by(station: &TwoForms, uplink: HttpUplink) -> JoinHandle<Ended> {
    let (sender, mut heard) = mpsc::unbounded_channel();
    let (ledger, photos, pace) = (station.ledger(), station.photos(), Squeezed(Instant::now(), clock::now()));
    let equipment = Equipment { ledger, photos, uplink, pace, events: Events::to(sender) };
    thread::spawn(move || {
        let mut random = StdRng::seed_from_u64(5);
        let mut worker = Worker::new(equipment, move || random.next_u64());
        let never = CancellationToken::new();
        let run = worker.run(Until::Settled, &never);
        let end = Runtime::new().expect("a runtime").block_on(run).expect("the ledger works");
        drop(worker);
        let mut events = Vec::new();
        while let Ok(event) = heard.try_recv() {
            events.push(event);
        }
        (end, events)
    })
}

/// Waits for a program that must end by itself, with everything received.
fn ended(program: JoinHandle<Ended>) -> Vec<Event> {
    let (sender, end) = channel();
    thread::spawn(move || sender.send(program.join()));
    let (end, events) = end.recv_timeout(Duration::from_secs(90)).expect("ends by itself").expect("works");
    assert_eq!(end, End::Done);
    events
}

/// Waits until the station has receipts for so many photos.
fn wait_for_photos(station: &TwoForms, photos: usize) {
    let (ledger, deadline) = (station.ledger(), Instant::now() + Duration::from_mins(1));
    let received = || {
        let receipts = ledger.receipts().expect("reads");
        receipts.iter().filter(|(item, _)| matches!(item.what, What::Photo(_))).count()
    };
    while received() < photos {
        assert!(Instant::now() < deadline, "{photos} photos were not received");
        thread::park_timeout(Duration::from_millis(5));
    }
}

fn alarms(events: &[Event]) -> Vec<String> {
    let alarm = |event: &Event| if let Event::Alarm(alarm) = event { Some(alarm.to_string()) } else { None };
    events.iter().filter_map(alarm).collect()
}

/// Delivers over `profile`, squeezed; how long it took in the link's own time, and the link.
fn delivered_over(profile: Profile) -> (Duration, Relay) {
    let (station, runtime) = (TwoForms::with_photos(LENGTHS), Runtime::new().expect("a runtime"));
    station.found("http://central.test");
    let central = Listening::start(station.open());
    let relay = Relay::start(&runtime, central.addr(), &profile.squeezed(SCALE), 1);
    let began = Instant::now();
    let events = ended(deliver(&station, &relay));
    let took = began.elapsed() * SCALE;
    assert_eq!(alarms(&events), Vec::<String>::new());
    station.assert_received_once(&central.end());
    assert!(relay.sent() >= station.photo_bytes() && relay.carried() > relay.sent());
    (took, relay)
}

#[test]
fn what_goes_over_the_network_is_counted_to_the_byte() {
    let (station, runtime) = (TwoForms::with_photos(LENGTHS), Runtime::new().expect("a runtime"));
    station.found("http://central.test");
    let central = Listening::start(station.open());
    let relay = Relay::start(&runtime, central.addr(), &Profile::named("4g-crowded").squeezed(SCALE), 1);
    let uplink = uplink(&relay);
    ended(deliver_by(&station, uplink.clone()));
    let traffic = uplink.traffic();
    assert_eq!(traffic.sent, relay.sent());
    assert!(traffic.received > 0 && traffic.rate.is_some(), "{traffic:?}");
    assert!(traffic.overhead(station.payload()).is_some_and(|beyond| beyond <= 2), "{traffic:?}");
    station.assert_received_once(&central.end());
}

#[test]
fn after_a_dead_hour_everything_is_received_once() {
    let (took, _) = delivered_over(Profile::named("dead-hour"));
    assert!(took > Duration::from_hours(1), "the hour fell into the delivery: {took:?}");
}

#[test]
fn after_a_log_in_page_and_a_network_that_is_gone_everything_is_received_once() {
    let minutes = Duration::from_mins;
    let windows = vec![
        (Duration::ZERO, minutes(10), Sky::Portal),
        (minutes(10), minutes(20), Sky::Refusing),
        (minutes(21), minutes(30), Sky::Portal),
    ];
    let (took, relay) =
        delivered_over(Profile { weather: Weather { windows, kill: None }, ..Profile::named("4g-crowded") });
    assert!(took > minutes(20) && relay.portals() > 0, "{took:?}, {} log-in pages", relay.portals());
}

#[test]
fn over_connections_that_break_all_the_time_everything_is_received_once() {
    let profile = Profile::named("kill-8s");
    let weather = Weather { kill: Some(Duration::from_mins(1)), ..profile.weather };
    delivered_over(Profile { weather, ..profile });
}

#[test]
fn a_central_that_starts_again_goes_on_and_one_from_an_older_backup_gets_everything_again() {
    let (station, runtime) = (TwoForms::with_photos(LENGTHS), Runtime::new().expect("a runtime"));
    station.found("http://central.test");
    let backup = station.path().join("backup");
    let central = Listening::start(station.open());
    let profile = Profile::named("dead-hour");
    let slow = Profile { weather: Weather::default(), ..profile }.squeezed(50);
    let relay = Relay::start(&runtime, central.addr(), &slow, 1);
    let program = deliver(&station, &relay);
    wait_for_photos(&station, 2);
    drop(central.end());
    tamper::copy(&station.home(), &backup);
    let central = Listening::start(station.open());
    relay.leads_to(central.addr());
    assert_eq!(alarms(&ended(program)), Vec::<String>::new(), "a restart is nothing to be alarmed about");
    let whole = central.end();
    station.assert_received_once(&whole);
    drop(whole);

    std::fs::remove_dir_all(station.home()).expect("the disk of central is lost");
    tamper::copy(&backup, &station.home());
    let older = station.open();
    assert!(older.health().log_size < (station.day.entries.len() + station.day.photos.len()) as u64);
    let central = Listening::start(older);
    relay.leads_to(central.addr());
    let alarms = alarms(&ended(deliver(&station, &relay)));
    assert!(alarms.len() == 1 && alarms[0].contains("gave receipts for"), "{alarms:?}");
    station.assert_received_once(&central.end());
}
