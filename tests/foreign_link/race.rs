//! One run: a client delivers one station over one link to its server, and starts again when it gives up.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;

use super::peers::{PLANO, Peer, Place};
use super::received;
use crate::support::link::{Profile, Relay, Sky, Weather};
use crate::support::photos::grainy;
use crate::support::running::{Running, free_port};
use crate::support::two_forms::TwoForms;

type Photos = LazyLock<[Vec<u8>; 6]>;

/// Half a megabyte to three.
static USUAL: Photos = LazyLock::new(|| photos([900, 1_140, 1_390, 1_660, 1_970, 2_200]));
/// Half a megabyte each, where more would take half an hour.
static SMALL: Photos = LazyLock::new(|| photos([900; 6]));

/// How long the dead hour lasts here; the twenty seconds before it and the link's rate are as they are.
const DEAD: Duration = Duration::from_mins(4);
/// All links have the same dice.
const SEED: u64 = 2_024;

/// Photos that are so many pixels wide.
fn photos(widths: [u32; 6]) -> [Vec<u8>; 6] {
    let mut seed = 0;
    widths.map(|width| {
        seed += 1;
        grainy(width, width / 3 * 4, seed)
    })
}

/// A link and what goes over it.
pub(super) struct Course {
    pub(super) name: &'static str,
    profile: Profile,
    photos: &'static Photos,
}

impl Course {
    pub(super) fn named(name: &'static str) -> Self {
        let mut profile = Profile::named(name);
        if name == "dead-hour" {
            let (from, ..) = profile.weather.windows[0];
            profile.weather = Weather { windows: vec![(from, from + DEAD, Sky::Dark)], kill: None };
        }
        Self { name, profile, photos: if name == "edge-hill" { &SMALL } else { &USUAL } }
    }

    /// The time that so many bytes take at the link's rate, without any overhead or outage.
    pub(super) fn floor(&self, payload: u64) -> Duration {
        Duration::from_millis(payload * 1_000 / self.profile.up.rate)
    }
}

/// What came of a run.
pub(super) struct Run {
    pub(super) payload: u64,
    /// When all numbers were received, if they were.
    pub(super) numbers: Option<Duration>,
    /// When all was received, if it was.
    pub(super) all: Option<Duration>,
    /// Bytes that the client has sent.
    pub(super) sent: u64,
}

/// The line at which all runs wait until every server is up; then they start one after the other, so that no program is slow
/// because forty others are being started.
pub(super) struct Start {
    all: Barrier,
    next: AtomicU32,
}

/// Between two starts.
const APART: Duration = Duration::from_millis(250);

impl Start {
    pub(super) fn of(runs: usize) -> Self {
        Self { all: Barrier::new(runs), next: AtomicU32::new(0) }
    }

    fn wait(&self) {
        self.all.wait();
        // Nobody wakes it earlier.
        thread::park_timeout(APART * self.next.fetch_add(1, Ordering::Relaxed));
    }
}

/// Delivers once; `most` is when the run is broken off.
pub(super) fn run(course: &Course, peer: &Peer, start: &Start, most: Duration) -> Run {
    let two = TwoForms::of((**course.photos).clone());
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let far = free_port();
    let mut place = Place { folder: two.path().to_owned(), files: received::write_files(&two), near: 0, far };
    let _server = Running::serve((peer.serve)(&place), far);
    start.wait();
    let relay = Relay::start(&runtime, ([127, 0, 0, 1], far).into(), &course.profile, SEED);
    place.near = relay.addr().port();
    two.found(&relay.url());
    let mut received = if peer.name == PLANO { received::by_receipts(&two) } else { received::by_files(&two, &place) };
    let (began, mut numbers, mut all) = (Instant::now(), None, None);
    let mut client = Running::start((peer.send)(&place));
    while all.is_none() && began.elapsed() < most {
        thread::park_timeout(Duration::from_millis(100));
        let held = received();
        numbers = numbers.or_else(|| held.numbers.then(|| began.elapsed()));
        all = held.all.then(|| began.elapsed());
        if all.is_none() && client.ended().is_some() {
            // As a patient person would, a second later.
            thread::park_timeout(Duration::from_secs(1));
            client = Running::start((peer.send)(&place));
        }
    }
    drop(client);
    Run { payload: two.payload(), numbers, all, sent: relay.sent() }
}
