//! The rehearsal from the first enrolment to the report: stations recorded ahead, each delivering when its time has come.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use super::codes::Codes;
use super::deliver::{Delivered, Ready, ahead, deliver};
use super::meter::{Book, Try};
use super::numbers::{Log, Numbers, Spread};
use super::profile::{Profile, shuffled};
use super::report;
use super::series::slices;
use super::sums::{compare, published};
use crate::central::http::{Config as Listen, Server};
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;
use crate::protocol::key::{PrivateKey, PublicKey};
use crate::rehearsal::delivery::Shared;
use crate::rehearsal::demo::{Scale, codes, make_folder, set_up, studios, taking_part};
use crate::rehearsal::{DemoError, city};
use crate::sync::http::{Config, HttpUplink};

/// What a rehearsal is to be.
#[derive(Debug)]
pub struct Drive {
    /// How many stations; all that can when there are fewer is an error.
    pub tps: u16,
    /// Over how long they come.
    pub span: Duration,
    /// By which curve.
    pub profile: Profile,
    /// Folder in which everything is left; new or empty.
    pub folder: PathBuf,
    /// The central to drive; none means one of its own, on this machine, in the folder.
    pub remote: Option<Remote>,
    /// Height of the photos in pixels.
    pub long_side: u32,
    /// Stations that record or deliver at the same time.
    pub at_once: usize,
    /// Seed of figures, handwriting, photos, stories and of who comes when.
    pub seed: u64,
}

/// A central that runs elsewhere.
#[derive(Debug)]
pub struct Remote {
    /// Its address, and whom to trust there.
    pub way: Config,
    /// Its public key.
    pub key: PublicKey,
    /// The election file that it has.
    pub election: Election,
    /// Enrolment codes of the stations that may take part.
    pub codes: Codes,
}

/// What happened, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A station's day is recorded.
    Ready(StationId),
    /// A station's delivery has come to its end.
    Delivered(StationId),
}

/// What a rehearsal came to.
#[derive(Debug)]
pub struct Rehearsed {
    /// Everything counted and measured.
    pub numbers: Numbers,
    /// The report, one file of HTML.
    pub report: PathBuf,
    /// The commands that verify central's log without this program's word.
    pub commands: Vec<String>,
}

/// Drives a central with simulated stations until the last receipt, or until stopped; the report is written either way.
///
/// # Errors
/// [`DemoError`] with whatever made it impossible; what was made until then stays in the folder.
pub fn rehearse(drive: &Drive, seen: &Sender<Seen>, stop: &CancellationToken) -> Result<Rehearsed, DemoError> {
    let runtime = Runtime::new().map_err(DemoError::Runtime)?;
    let (shared, stations, server) = against(drive, &runtime)?;
    let uplink = HttpUplink::new(&shared.way).map_err(DemoError::Uplink)?;
    let health = runtime.block_on(uplink.health()).map_err(DemoError::Asked)?;
    if health.election != shared.election.digest() {
        return Err(DemoError::OtherElection);
    }
    let began = Instant::now();
    let ready = record_all(drive, &shared, stations, (seen, stop))?;
    let ahead_seconds = began.elapsed().as_secs_f64();
    let before = runtime.block_on(published(&uplink, &ready))?;
    let log = runtime.block_on(uplink.health()).map_err(DemoError::Asked)?.log_size;
    let evening = deliver_all(drive, &shared, &ready, (seen, stop))?;
    let after = runtime.block_on(async { (published(&uplink, &ready).await, uplink.health().await) });
    let mut numbers = blank(drive, &ready, stop.is_cancelled(), ahead_seconds);
    numbers.log = Log { before: log, after: after.1.ok().map(|health| health.log_size) };
    numbers.recap = after.0.ok().map(|after| compare(&shared.election, &ready, (&before, &after)));
    numbers.deliveries(&evening.deliveries);
    numbers.tries(&evening.tries);
    let slices = slices(&evening.planned, &evening.tries);
    numbers.backlog_max = slices.iter().map(super::series::Slice::backlog).max().unwrap_or_default();
    let central = server.as_ref().map(|_| drive.folder.join("central"));
    let told = report::Told {
        election: &shared.election,
        key: &shared.central,
        url: &shared.way.url,
        own: central.as_deref(),
    };
    let report = report::write(&drive.folder, &numbers, (&slices, &evening.tries), &told)?;
    let commands = report::commands(&drive.folder, &told);
    if let Some(server) = server {
        runtime.block_on(server.shutdown());
    }
    Ok(Rehearsed { numbers, report, commands })
}

/// Who watches, and who may stop it.
type Company<'a> = (&'a Sender<Seen>, &'a CancellationToken);

/// Records the days of all stations; fewer of them when stopped.
fn record_all(
    drive: &Drive,
    shared: &Shared,
    stations: Vec<StationId>,
    (seen, stop): Company<'_>,
) -> Result<Vec<Ready>, DemoError> {
    // Drawing and photographing needs a processor and some memory; more at the same time would only need more memory.
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    side_by_side(processors.min(drive.at_once), stations, |id| {
        if stop.is_cancelled() {
            return Ok(None);
        }
        let ready = ahead(shared, id)?;
        // Nobody has to watch.
        let _ = seen.send(Seen::Ready(id));
        Ok(Some(ready))
    })
}

/// What was planned and what came of it.
struct Evening {
    /// Each station's time, and how many items it has.
    planned: Vec<(Duration, u64)>,
    deliveries: Vec<Delivered>,
    tries: Vec<Try>,
}

/// Lets every station deliver when its time has come.
fn deliver_all(
    drive: &Drive,
    shared: &Shared,
    ready: &[Ready],
    (seen, stop): Company<'_>,
) -> Result<Evening, DemoError> {
    let arrivals = drive.profile.arrivals(u32::try_from(ready.len()).unwrap_or(u32::MAX), drive.span);
    let queue: Vec<_> = shuffled(ready.iter().collect(), drive.seed).into_iter().zip(arrivals).collect();
    let planned = queue.iter().map(|(ready, due)| (*due, ready.items.len() as u64)).collect();
    let book = Book::begin(shared.central.clone());
    let due: Vec<_> = queue.iter().map(|(ready, due)| (ready.id, *due)).collect();
    let deliveries = side_by_side(drive.at_once, due, |due| {
        let delivered = deliver(shared, due, &book, stop)?;
        // Nobody has to watch.
        let _ = seen.send(Seen::Delivered(due.0));
        Ok(delivered)
    })?;
    Ok(Evening { planned, deliveries, tries: book.tries() })
}

/// The central to drive, and the stations that can.
fn against(drive: &Drive, runtime: &Runtime) -> Result<(Shared, Vec<StationId>, Option<Server>), DemoError> {
    let most = usize::from(drive.tps);
    let shared = |election: Election, central, way, codes| -> Result<Shared, DemoError> {
        let studios = studios(&election, drive.long_side)?;
        let root = drive.folder.join("stations");
        Ok(Shared { election, central, way, root, codes, studios, seed: drive.seed })
    };
    let (shared, stations, server) = if let Some(remote) = &drive.remote {
        make_folder(&drive.folder)?;
        let all = taking_part(&remote.election, Scale::City);
        let stations: Vec<_> = all.into_iter().filter(|id| remote.codes.contains_key(id)).take(most).collect();
        let shared = shared(remote.election.clone(), remote.key.clone(), remote.way.clone(), remote.codes.clone())?;
        (shared, stations, None)
    } else {
        let election = city::election(&PrivateKey::from_seed("kpu.example/gladi", &rand::random())?)?;
        let home = set_up(&drive.folder, &election)?;
        let stations = taking_part(&election, Scale::Stations(most));
        let codes = codes(&home, &election, &stations)?;
        let (central, key) = (home.open()?, home.public_key()?);
        let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        // To code the photos is the work of the laptops at the TPS: one machine that plays all of them would measure itself.
        let listen = Listen { plain_photos: true, ..Listen::plain(listen) };
        let server = runtime.block_on(async { Server::start(&listen, central, None) })?;
        let way = Config::new(format!("http://{}", server.addr()));
        (shared(election, key, way, codes)?, stations, Some(server))
    };
    if stations.len() < most {
        return Err(DemoError::FewStations { found: stations.len(), wanted: most });
    }
    Ok((shared, stations, server))
}

/// Does `work` for each of the list in its order, so many at the same time; the first error ends it.
fn side_by_side<T: Send, R: Send>(
    at_once: usize,
    list: Vec<T>,
    work: impl Fn(T) -> Result<Option<R>, DemoError> + Sync,
) -> Result<Vec<R>, DemoError> {
    let threads = at_once.clamp(1, list.len().max(1));
    let queue = Mutex::new(VecDeque::from(list));
    let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
    let line = || -> Result<Vec<R>, DemoError> {
        let mut done = Vec::new();
        while let Some(one) = next() {
            done.extend(work(one)?);
        }
        Ok(done)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(line)).collect();
        let mut done = Vec::new();
        for thread in threads {
            done.extend(thread.join().map_err(|_| DemoError::Thread)??);
        }
        Ok(done)
    })
}

/// What is known before anything was delivered.
fn blank(drive: &Drive, ready: &[Ready], stopped: bool, ahead_seconds: f64) -> Numbers {
    let items = || ready.iter().flat_map(|ready| &ready.items);
    let entries = items().filter(|item| matches!(item.what, crate::protocol::receipt::What::Entry(_))).count() as u64;
    Numbers {
        profile: drive.profile.name(),
        planned_seconds: drive.span.as_secs_f64(),
        stations: drive.tps.into(),
        stations_complete: 0,
        stopped,
        ahead_seconds,
        seconds: 0.0,
        entries,
        entries_received: 0,
        photos: items().count() as u64 - entries,
        photos_received: 0,
        receipts_verified: 0,
        set_aside: 0,
        bytes: 0,
        bytes_sent: 0,
        tries: 0,
        retries: 0,
        troubles: std::collections::BTreeMap::new(),
        entry_receipt: Spread::default(),
        photo_receipt: Spread::default(),
        station: Spread::default(),
        behind: Spread::default(),
        backlog_max: 0,
        log: Log { before: 0, after: None },
        alone: drive.remote.is_none(),
        recap: None,
    }
}
