//! The main job in one command: a temporary election, a central with faults, many stations, one night, one audit bundle.

use std::collections::{BTreeMap, VecDeque};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::runtime::Runtime;

use super::DemoError;
use super::city;
use super::delivery::{Shared, StationDay, live};
use super::figures::figures;
use super::officers::Told;
use crate::audit::{self, Exported, Maker, Report, Scope, Trust};
use crate::central::faults::{Faults, Script, Tally as FaultTally};
use crate::central::http::{Config, Server};
use crate::central::{Central, Home, officers};
use crate::clock;
use crate::form::Registered;
use crate::paper::{Place, Sheet, Studio};
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;
use crate::protocol::key::PrivateKey;

/// The fault script of a demo that names none.
const NIGHT: &str = include_str!("../../fixtures/faults/polling-night.toml");

/// How many stations take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Those of one kelurahan.
    Kelurahan,
    /// The first so many of the city.
    Stations(usize),
    /// All 328.
    City,
}

/// What a demo is to be.
#[derive(Debug, Clone)]
pub struct Demo {
    /// How many stations.
    pub scale: Scale,
    /// Folder in which everything is left; new or empty.
    pub folder: PathBuf,
    /// Text of a fault script; none means the one in the program.
    pub faults: Option<String>,
    /// Height of the photos in pixels; 4000 is what a phone of 12 megapixels takes.
    pub long_side: u32,
    /// Stations that work at the same time.
    pub at_once: usize,
    /// Seed of figures, handwriting, photos and stories.
    pub seed: u64,
}

/// What a demo came to.
#[derive(Debug)]
pub struct Outcome {
    /// Stations that took part.
    pub stations: usize,
    /// What the officers lived through, all stations together.
    pub told: Told,
    /// Entries recorded, all receipted.
    pub entries: u64,
    /// Photos recorded, all receipted.
    pub photos: u64,
    /// Attempts to deliver.
    pub attempts: u64,
    /// Bytes of entries and photos handed to the network, repeated ones counted again.
    pub bytes_sent: u64,
    /// Attempts and questions that failed and were repeated, by kind.
    pub troubles: BTreeMap<String, u64>,
    /// Faults that central's fault layer brought about.
    pub faults: Vec<FaultTally>,
    /// Leaves of central's log: one for each entry and each photo, none twice.
    pub log_size: u64,
    /// The bundle.
    pub exported: Exported,
    /// The verifier's report on it.
    pub report: Report,
}

/// Walks the whole day. `done` hears of every station that has come to its end.
///
/// # Errors
/// [`DemoError`] with whatever stopped it; what was made until then stays in the folder.
pub fn run(demo: &Demo, done: &Sender<StationId>) -> Result<Outcome, DemoError> {
    let authority = PrivateKey::from_seed("kpu.example/demo", &rand::random())?;
    let election = city::election(&authority)?;
    let stations = taking_part(&election, demo.scale);
    let home = set_up(demo, &election)?;
    let runtime = Runtime::new().map_err(DemoError::Runtime)?;
    let faults = Faults::new(Script::parse(demo.faults.as_deref().unwrap_or(NIGHT))?);
    let config = Config::plain(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let central = home.open()?;
    let server = runtime.block_on(async { Server::start(&config, central, Some(&faults)) })?;
    let shared = Shared {
        central: home.public_key()?,
        url: format!("http://{}", server.addr()),
        root: demo.folder.join("stations"),
        codes: codes(&home, &election, &stations)?,
        studios: studios(&election, demo.long_side)?,
        seed: demo.seed,
        election,
    };
    let days = all_days(&shared, &stations, demo.at_once, done)?;
    // The server hands central back once everything in its queue is on disk.
    let central = runtime.block_on(server.shutdown()).ok_or(DemoError::Thread)?;
    finish(demo, &shared, &central, &authority, (days, faults.tally()))
}

fn taking_part(election: &Election, scale: Scale) -> Vec<StationId> {
    let all = election.plan().stations.iter().map(|station| station.id);
    match scale {
        Scale::City => all.collect(),
        Scale::Stations(most) => all.take(most).collect(),
        Scale::Kelurahan => {
            let first = city::kelurahan(election).first().copied();
            all.filter(|id| Some(id.kelurahan()) == first).collect()
        }
    }
}

fn set_up(demo: &Demo, election: &Election) -> Result<Home, DemoError> {
    for folder in [demo.folder.clone(), demo.folder.join("stations")] {
        std::fs::create_dir_all(&folder).map_err(|source| DemoError::Folder { path: folder, source })?;
    }
    let home = Home::at(demo.folder.join("central"));
    home.init("central.example/demo", election, &rand::random())?;
    Ok(home)
}

fn codes(
    home: &Home,
    election: &Election,
    stations: &[StationId],
) -> Result<BTreeMap<StationId, [String; 2]>, DemoError> {
    let wanted: Vec<_> = officers(election).filter(|(station, _)| stations.contains(station)).collect();
    let day = Duration::from_hours(24);
    let issued = home.issue_codes(wanted, day, clock::now(), &mut rand::rng())?;
    let mut codes: BTreeMap<StationId, [String; 2]> = BTreeMap::new();
    for one in issued {
        codes.entry(one.station).or_default()[one.slot as usize] = one.code.to_string();
    }
    Ok(codes)
}

/// Printed sheets for every contest; the figures on the sample do not matter.
fn studios(election: &Election, long_side: u32) -> Result<BTreeMap<String, Studio>, DemoError> {
    let mut studios = BTreeMap::new();
    for (contest, form) in election.plan().contests.iter().zip(election.forms()) {
        let sample = figures(form, Registered { l: 270, p: 277 }, 0);
        let nowhere = Place {
            provinsi: String::new(),
            kota: String::new(),
            kecamatan: String::new(),
            kelurahan: String::new(),
            tps: 1,
        };
        let sheet = Sheet::new(sample.counts, sample.head, nowhere, time::Date::MIN, contest.pairs.clone())?;
        studios.insert(contest.id.clone(), Studio::new(&sheet, long_side));
    }
    Ok(studios)
}

/// The days of all stations, so many at the same time.
fn all_days(
    shared: &Shared,
    stations: &[StationId],
    at_once: usize,
    done: &Sender<StationId>,
) -> Result<Vec<StationDay>, DemoError> {
    let queue = Mutex::new(stations.iter().copied().collect::<VecDeque<_>>());
    let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
    let work = || -> Result<Vec<StationDay>, DemoError> {
        let mut days = Vec::new();
        while let Some(id) = next() {
            days.push(live(shared, id)?);
            // Nobody has to watch.
            let _ = done.send(id);
        }
        Ok(days)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once.max(1)).map(|_| scope.spawn(work)).collect();
        let mut days = Vec::new();
        for thread in threads {
            days.extend(thread.join().map_err(|_| DemoError::Thread)??);
        }
        Ok(days)
    })
}

fn finish(
    demo: &Demo,
    shared: &Shared,
    central: &Central,
    authority: &PrivateKey,
    (days, faults): (Vec<StationDay>, Vec<FaultTally>),
) -> Result<Outcome, DemoError> {
    let bundle = demo.folder.join("bundle");
    let by = concat!("plano ", env!("CARGO_PKG_VERSION"), ", demo");
    let maker = Maker { at: clock::now(), by };
    let exported =
        audit::export(central, &Scope::All, &bundle, &maker).map_err(|error| DemoError::Export(Box::new(error)))?;
    let report = verify(&bundle, shared, authority)?;
    let mut outcome = Outcome {
        stations: days.len(),
        told: Told::default(),
        entries: 0,
        photos: 0,
        attempts: 0,
        bytes_sent: 0,
        troubles: BTreeMap::new(),
        faults,
        log_size: central.health().log_size,
        exported,
        report,
    };
    for day in &days {
        outcome.add(day);
    }
    Ok(outcome)
}

/// Verifies with the keys that the demo itself has made: nothing is taken from the bundle.
fn verify(bundle: &Path, shared: &Shared, authority: &PrivateKey) -> Result<Report, DemoError> {
    let trust =
        Trust { central_key: Some(shared.central.clone()), authority: Some(authority.public()), ..Trust::default() };
    Ok(audit::verify(bundle, None, &trust)?)
}

impl Outcome {
    fn add(&mut self, day: &StationDay) {
        let (told, more) = (&mut self.told, &day.told);
        told.slips += more.slips;
        told.wrong_sums += more.wrong_sums;
        told.corrections += more.corrections;
        told.retakes += more.retakes;
        told.photo_findings += more.photo_findings;
        told.incidents += more.incidents;
        told.refusals += more.refusals;
        self.entries += day.delivery.entries_received;
        self.photos += day.delivery.photos_received;
        self.attempts += day.tally.attempts;
        self.bytes_sent += day.tally.bytes_sent;
        for (kind, count) in &day.tally.troubles {
            *self.troubles.entry(kind.to_string()).or_default() += count;
        }
    }

    /// Whether every entry and every photo is in central's log exactly once and the bundle is sound.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.log_size == self.entries + self.photos && self.report.verdict() == audit::Verdict::Sound
    }
}
