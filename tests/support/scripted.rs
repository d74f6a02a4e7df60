//! A station with a chain to deliver, a crooked way to central, and what must hold after every script.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use plano::central::Central;
use plano::digest::Digest;
use plano::photo::Folder;
use plano::protocol::chain::ChainHead;
use plano::protocol::entry::{Body, Light, Opened};
use plano::protocol::receipt::{Item, Receipt, What};
use plano::protocol::sealed::SealedEntry;
use plano::store::{Ledger, OutcomeKind};
use plano::sync::{End, Equipment, Event, Events, Link, SyncError, Until, Worker};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::mpsc;

use super::crooked::{Crooked, Seen, position};
use super::virtual_time::VirtualTime;
use super::{central, election, ledger};

/// One station and its way to central.
pub(crate) struct Scripted {
    folder: tempfile::TempDir,
    recorder: Ledger,
    pub(crate) chain: Vec<SealedEntry>,
    pub(crate) uplink: Crooked,
    pub(crate) time: VirtualTime,
    pub(crate) events: Arc<Mutex<Vec<Event>>>,
    seed: u64,
}

/// Memory instead of a disk where there is one: thousands of ledgers sync tens of thousands of times.
fn scratch() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder")
}

impl Scripted {
    /// A station with `entries` entries after the opening one; every second one names a photo. All of them are appended.
    pub(crate) fn new(entries: usize, seed: u64) -> Self {
        let station = Self::prepared(entries, seed);
        station.append_up_to(entries + 1);
        station
    }

    /// The same with nothing appended yet.
    pub(crate) fn prepared(entries: usize, seed: u64) -> Self {
        Self::naming(entries, seed, ledger::photo)
    }

    /// The same where entries name photos in this way; the light copies that they name are kept beside the photos.
    pub(crate) fn naming(entries: usize, seed: u64, photo: fn(&[u8]) -> Body) -> Self {
        let folder = scratch();
        let founding = ledger::founding();
        let mut central = central::in_memory(&founding.election);
        let accreditations = central::enrol_both(&mut central, founding.station);
        let opened = Opened { election: founding.election.digest(), accreditations, program: "plano 0.1.0".into() };
        let mut chain = vec![ledger::entry(None, Body::Opened(opened))];
        let photos = Folder::open(folder.path().join("photos")).expect("a folder of photos");
        for number in 0..entries {
            let content = format!("photo {} of {seed}", number / 2);
            // The photo first: durable before the entry that names it.
            let body = if number % 2 == 1 {
                photos.put(content.as_bytes(), 1_000).expect("stores");
                let body = photo(content.as_bytes());
                if body.image().is_some_and(|image| image.light.is_some()) {
                    photos.put(ledger::light_of(content.as_bytes()).as_slice(), 1_000).expect("stores");
                }
                body
            } else {
                ledger::incident(&content)
            };
            let last = chain.last().map(|entry| ChainHead { seq: entry.entry().seq, digest: entry.digest() });
            chain.push(ledger::entry(last, body));
        }
        let path = folder.path().join("ledger.db");
        let recorder = Ledger::create(&path, &founding, "http://central.test", ledger::moment(0)).expect("creates");
        let time = VirtualTime::starting(ledger::moment(1_000));
        let uplink = Crooked::new(central, time.clone());
        Self { folder, recorder, chain, uplink, time, events: Arc::default(), seed }
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(&self.folder.path().join("ledger.db")).expect("opens")
    }

    pub(crate) fn photos(&self) -> Folder {
        Folder::open(self.folder.path().join("photos")).expect("opens")
    }

    /// Overwrites a photo's file, as a failing disk or a careless hand does.
    pub(crate) fn damage(&self, sha256: &Digest, content: &[u8]) {
        std::fs::write(self.photo_file(sha256), content).expect("writes");
    }

    pub(crate) fn photo_file(&self, sha256: &Digest) -> PathBuf {
        self.folder.path().join("photos").join(sha256.to_string())
    }

    pub(crate) fn append_up_to(&self, entries: usize) {
        for entry in &self.chain[..entries.min(self.chain.len())] {
            self.recorder.append(entry).expect("appends, or has it already");
        }
    }

    /// A new program: its own connection, an empty memory.
    pub(crate) fn worker(&self) -> (Worker<Crooked, VirtualTime>, mpsc::UnboundedReceiver<Event>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let (uplink, pace, events) = (self.uplink.clone(), self.time.clone(), Events::to(sender));
        let equipment = Equipment { ledger: self.ledger(), photos: self.photos(), uplink, pace, events };
        let mut random = StdRng::seed_from_u64(self.seed);
        (Worker::new(equipment, move || random.next_u64()), receiver)
    }

    /// Runs programs one after the other until one ends by itself; how many it took stands beside the end.
    pub(crate) async fn deliver(&self, until: Until) -> Result<(End, usize), SyncError> {
        for programs in 1.. {
            let cancel = self.uplink.restarted();
            let (mut worker, mut events) = self.worker();
            let end = worker.run(until, &cancel).await?;
            while let Ok(event) = events.try_recv() {
                self.events.lock().expect("no test panicked here").push(event);
            }
            if end != End::Cancelled {
                return Ok((end, programs));
            }
        }
        unreachable!("the loop has no end of its own")
    }

    /// Everything is delivered, once, in order, and the record says what happened.
    pub(crate) fn assert_delivered(&self) {
        self.assert_received();
        self.assert_record(&self.recorder);
    }

    /// Everything is delivered, once.
    pub(crate) fn assert_received(&self) {
        assert_eq!(self.recorder.pending().expect("reads"), []);
        self.assert_receipts(&self.recorder);
        self.assert_central();
    }

    pub(crate) fn items(&self) -> Vec<Item> {
        let links: Vec<_> = self.chain.iter().map(Link::of).collect();
        links.iter().map(|link| link.entry).chain(links.iter().filter_map(|link| link.photo)).collect()
    }

    /// The light copies that entries name.
    pub(crate) fn light(&self) -> Vec<Item> {
        let images = self.chain.iter().filter_map(|entry| entry.entry().body.image()?.light);
        let item =
            |light: Light| Item { station: ledger::station(), what: What::Photo(light.bytes), digest: light.sha256 };
        images.map(item).collect()
    }

    /// No item counts as received without central's own receipt for it.
    fn assert_receipts(&self, ledger: &Ledger) {
        let receipts = ledger.receipts().expect("reads");
        assert_eq!(receipts.len(), self.items().len());
        for (item, bytes) in receipts {
            let receipt = Receipt::verify(&bytes, &election::central().public()).expect("holds");
            receipt.covers(&item).expect("is of this item");
        }
    }

    /// Central lacks nothing, and its log holds every item once.
    fn assert_central(&self) {
        let shared = self.uplink.shared();
        let missing = shared.central.missing(ledger::station()).expect("takes part");
        let head = missing.head.expect("a head");
        let last = self.chain.last().expect("an entry");
        assert_eq!((head.seq, head.digest), (last.entry().seq, last.digest()));
        assert_eq!(missing.photos, []);
        let has_come = |item: &&Item| shared.central.holds_photo(item.station, &item.digest).is_ok();
        let copies = self.light().iter().filter(has_come).count();
        assert_eq!(shared.central.health().log_size, (self.items().len() + copies) as u64);
        assert_eq!(shared.central.diverged(), 0);
    }

    /// The ledger has a row for every request, with the outcome that it had, in order. A row without an outcome may stand for a
    /// request of which the program did not live to hear, or for one that it did not live to make.
    fn assert_record(&self, ledger: &Ledger) {
        let shared = self.uplink.shared();
        let rows = ledger.attempts().expect("reads");
        for item in self.items() {
            let recorded: Vec<_> = rows.iter().filter(|row| row.item == item).map(|row| row.outcome).collect();
            let requests = shared.requests.iter().filter(|request| request.item == item);
            let made: Vec<_> = requests.map(|request| kind(request.seen)).collect();
            let (mut left, mut heard) = (made.iter(), recorded.iter().filter(|outcome| outcome.is_some()));
            let in_order = heard.all(|outcome| left.any(|made| made == outcome));
            assert!(in_order && made.len() <= recorded.len(), "{item}: recorded {recorded:?}, made {made:?}");
        }
    }

    /// The alarms so far, in words.
    pub(crate) fn alarms(&self) -> Vec<String> {
        let events = self.events.lock().expect("no test panicked here");
        let alarms = events.iter().filter_map(|event| match event {
            Event::Alarm(alarm) => Some(alarm.to_string()),
            _ => None,
        });
        alarms.collect()
    }

    /// Whenever a photo was sent, the entry that names it had been received; entries went in order, none after a gap.
    pub(crate) fn assert_numbers_first(&self) {
        let named: Vec<(Digest, u64)> = self
            .chain
            .iter()
            .flat_map(|entry| {
                let image = entry.entry().body.image();
                let light = image.and_then(|image| image.light).map(|light| light.sha256);
                let named = image.map(|image| image.sha256).into_iter().chain(light);
                named.map(|named| (named, entry.entry().seq.get()))
            })
            .collect();
        let mut received = 0;
        for request in &self.uplink.shared().requests {
            match (position(&request.item), request.item.what) {
                (Some(seq), _) => {
                    let in_order = request.behind || seq.get() <= received + 1;
                    assert!(in_order, "entry {seq} before its predecessor was received");
                    if request.seen == Seen::Stored {
                        received = received.max(seq.get());
                    }
                }
                (None, What::Photo(_)) => {
                    let by = named.iter().find(|(photo, _)| *photo == request.item.digest).expect("named").1;
                    assert!(by <= received, "a photo before entry {by}, which names it, was received");
                }
                (None, What::Entry(_)) => unreachable!("an entry has a position"),
            }
        }
    }
}

const fn kind(seen: Seen) -> Option<OutcomeKind> {
    match seen {
        Seen::Stored => Some(OutcomeKind::Stored),
        Seen::Later => Some(OutcomeKind::Later),
        Seen::Refused => Some(OutcomeKind::Refused),
        Seen::Diverged => Some(OutcomeKind::Diverged),
        Seen::Nothing => None,
    }
}

/// The first entries of a chain that names these photos.
pub(crate) fn chain_naming(central: &mut Central, photos: &[&[u8]]) -> Vec<SealedEntry> {
    let founding = ledger::founding();
    let accreditations = central::enrol_both(central, founding.station);
    let opened = Opened { election: founding.election.digest(), accreditations, program: "plano 0.1.0".into() };
    let mut chain = vec![ledger::entry(None, Body::Opened(opened))];
    for photo in photos {
        let head = chain.last().map(|entry| ChainHead { seq: entry.entry().seq, digest: entry.digest() });
        chain.push(ledger::entry(head, ledger::photo(photo)));
    }
    for entry in &chain {
        let bytes = entry.bytes().to_vec();
        central.put_entry(founding.station, entry.entry().seq, bytes, ledger::moment(0)).expect("accepts");
    }
    chain
}

/// A central that holds the first entries of a station's chain.
pub(crate) fn central_knowing(entries: &[SealedEntry]) -> Central {
    let founding = ledger::founding();
    let mut central = central::in_memory(&founding.election);
    central::enrol_both(&mut central, founding.station);
    for entry in entries {
        let (seq, bytes) = (entry.entry().seq, entry.bytes().to_vec());
        central.put_entry(founding.station, seq, bytes, ledger::moment(0)).expect("accepts");
    }
    central
}
