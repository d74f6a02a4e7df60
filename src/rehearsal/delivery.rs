//! One station's way to central in a rehearsal: enrolment, delivery, closing; the same worker as on the day.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

use super::DemoError;
use super::officers::{Cast, PEOPLE, Told, walk};
use super::story::Story;
use crate::clock;
use crate::paper::Studio;
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;
use crate::protocol::key::PublicKey;
use crate::recorder::{Both, Closing, Officer, Pin, Place, Setup, Station, Undelivered};
use crate::store::{Delivery, Ledger};
use crate::sync::http::{Config, EnrolError, HttpUplink, Limits};
use crate::sync::{Equipment, Events, Tally, Until, WallClock, Worker};

/// How often an enrolment is sent again over a bad link.
const ENROL_TRIES: u32 = 20;

/// What every station of a rehearsal shares.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) election: Election,
    pub(super) central: PublicKey,
    /// The way to central, as every station sets up its own client.
    pub(super) way: Config,
    pub(super) root: PathBuf,
    pub(super) codes: BTreeMap<StationId, [String; 2]>,
    pub(super) studios: BTreeMap<String, Studio>,
    pub(super) seed: u64,
}

/// What one station's day came to.
#[derive(Debug)]
pub(super) struct StationDay {
    pub(super) told: Told,
    pub(super) delivery: Delivery,
    pub(super) tally: Tally,
}

/// The whole day of one station, from setting it up to the receipt of its last entry.
pub(super) fn live(shared: &Shared, id: StationId) -> Result<StationDay, DemoError> {
    let runtime = runtime()?;
    let sync = |source| DemoError::Sync { station: id, source: Box::new(source) };
    let (mut station, people, told) = record(shared, id, &runtime)?;
    let mut worker = Worker::new(
        Equipment {
            ledger: Ledger::open(station.ledger().path())?,
            photos: station.photos().clone(),
            uplink: HttpUplink::new(&shared.way).map_err(sync)?,
            pace: WallClock,
            events: Events::default(),
        },
        rand::random,
    );
    let cancel = CancellationToken::new();
    runtime.block_on(worker.run(Until::Settled, &cancel)).map_err(sync)?;
    close(&mut station, &people, Undelivered::Refuse)?;
    runtime.block_on(worker.run(Until::Settled, &cancel)).map_err(sync)?;
    let delivery = station.ledger().delivery()?;
    Ok(StationDay { told, delivery, tally: worker.tally().clone() })
}

/// Each station has its own client and its own patience, as each has its own laptop.
pub(super) fn runtime() -> Result<Runtime, DemoError> {
    Builder::new_current_thread().enable_all().build().map_err(DemoError::Runtime)
}

/// Sets a station up, enrols its officers with central and records their whole day; nothing is sent and nothing closed.
pub(super) fn record(
    shared: &Shared,
    id: StationId,
    runtime: &Runtime,
) -> Result<(Station, [Officer; 2], Told), DemoError> {
    let uplink = HttpUplink::new(&shared.way);
    let uplink = uplink.map_err(|source| DemoError::Sync { station: id, source: Box::new(source) })?;
    let setup = Setup {
        station: id,
        election: shared.election.clone(),
        central: shared.central.clone(),
        url: shared.way.url.clone(),
    };
    let mut station = Station::init(shared.place(id), &setup, clock::now()).map_err(DemoError::recorder(id))?;
    let people = enrol(&mut station, shared, runtime, &uplink)?;
    let seed = shared.seed ^ id.digits().parse::<u64>().unwrap_or_default();
    let cast = Cast { story: Story::of(seed), seed, studios: &shared.studios };
    let told = walk(&mut station, &people, &cast)?;
    Ok((station, people, told))
}

impl Shared {
    /// The folder of a station.
    pub(super) fn place(&self, id: StationId) -> Place {
        Place::new(self.root.join(id.to_string()))
    }
}

/// A demo does not wait as long for a silent central as a village does.
pub(super) fn impatient() -> Limits {
    let seconds = Duration::from_secs;
    Limits { answer: seconds(2), idle: seconds(5), ..Limits::default() }
}

fn enrol(
    station: &mut Station,
    shared: &Shared,
    runtime: &Runtime,
    uplink: &HttpUplink,
) -> Result<[Officer; 2], DemoError> {
    let id = station.id();
    let recorder = DemoError::recorder(id);
    let mut people = Vec::new();
    for slot in PEOPLE {
        // Practice PINs, written out here: they protect nothing.
        let pin = Pin::chosen(format!("latihan-{slot}-{}", id.digits()))?;
        let code = shared.codes.get(&id).map(|codes| codes[slot as usize].as_str()).unwrap_or_default();
        let applicant = station.enrol((slot, &pin), code, &mut rand::rngs::SysRng, clock::now()).map_err(&recorder)?;
        let note = runtime.block_on(persistently(uplink, applicant.wish.bytes()));
        let note = note.map_err(|source| DemoError::Enrol { station: id, source: Box::new(source) })?;
        station.accredit(note, clock::now()).map_err(&recorder)?;
        people.push(applicant.officer);
    }
    let people: [Officer; 2] = people.try_into().map_err(|_| DemoError::Thread)?;
    station.open_day(&people[1], clock::now()).map_err(&recorder)?;
    Ok(people)
}

/// Sends the same enrolment until central answers it, as a person would.
async fn persistently(uplink: &HttpUplink, wish: &[u8]) -> Result<Vec<u8>, EnrolError> {
    let mut tries = 1;
    loop {
        match uplink.enrol(wish.to_vec()).await {
            Err(EnrolError::Later(_)) if tries < ENROL_TRIES => tries += 1,
            other => return other,
        }
    }
}

/// Both officers close the day.
pub(super) fn close(station: &mut Station, people: &[Officer; 2], undelivered: Undelivered) -> Result<(), DemoError> {
    let recorder = DemoError::recorder(station.id());
    let both = Both::new(&people[0], &people[1]).map_err(&recorder)?;
    let closing = Closing { undelivered, ..Closing::default() };
    station.close(both, &closing, clock::now()).map_err(&recorder).map(drop)
}
