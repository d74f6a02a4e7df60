//! The two halves of a simulated station: its day recorded ahead, and its delivery when its time has come.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::meter::{Book, Metered};
use crate::protocol::ids::StationId;
use crate::protocol::receipt::{Item, Receipt};
use crate::protocol::state::State;
use crate::recorder::{Station, Undelivered};
use crate::rehearsal::DemoError;
use crate::rehearsal::delivery::{Shared, close, record, runtime};
use crate::store::{Delivery, Ledger, Pending};
use crate::sync::http::HttpUplink;
use crate::sync::{Equipment, Events, Until, WallClock, Worker};

/// A station whose whole day is recorded, closed and on its disk; nothing of it has been sent.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) id: StationId,
    /// What is to be delivered.
    pub(super) items: Vec<Item>,
    /// Where each of its forms stands.
    pub(super) state: State,
}

/// Enrols the officers of a station with central and records their whole day.
pub(super) fn ahead(shared: &Shared, id: StationId) -> Result<Ready, DemoError> {
    let (mut station, people, _) = record(shared, id, &runtime()?)?;
    close(&mut station, &people, Undelivered::Accept)?;
    let items = station.ledger().pending()?.iter().map(|pending: &Pending| pending.item).collect();
    let mut state = State::new(&shared.election, id);
    for entry in station.ledger().entries()? {
        state.apply(&entry);
    }
    Ok(Ready { id, items, state })
}

/// How the delivery of one station went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Delivered {
    /// When it was to begin, from the beginning of the rehearsal.
    pub(super) due: Duration,
    /// When it began.
    pub(super) began: Duration,
    /// When it had come to its end.
    pub(super) ended: Duration,
    /// How far it came.
    pub(super) delivery: Delivery,
    /// Receipts on the station's disk that were read again and hold.
    pub(super) receipts: u64,
    /// Bytes handed to the network, repeated ones counted again.
    pub(super) sent: u64,
}

/// Waits for the station's time and delivers with the same worker as on the day; `None` when stopped before its time.
pub(super) fn deliver(
    shared: &Shared,
    (id, due): (StationId, Duration),
    book: &Book,
    stop: &CancellationToken,
) -> Result<Option<Delivered>, DemoError> {
    let runtime = runtime()?;
    let wait = due.saturating_sub(book.elapsed());
    // The sleep is made inside the runtime, which it needs from its first moment.
    let due_now = async { stop.run_until_cancelled(tokio::time::sleep(wait)).await };
    if runtime.block_on(due_now).is_none() {
        return Ok(None);
    }
    let began = book.elapsed();
    let sync = |source| DemoError::Sync { station: id, source: Box::new(source) };
    let station = Station::open(shared.place(id)).map_err(DemoError::recorder(id))?;
    let (path, photos) = (station.ledger().path().to_owned(), station.photos().clone());
    // One open ledger for each station is enough for the system's limit of open files.
    drop(station);
    let uplink = HttpUplink::new(&shared.way).map_err(sync)?;
    let mut worker = Worker::new(
        Equipment {
            ledger: Ledger::open(&path)?,
            photos,
            uplink: Metered { uplink, book: book.clone() },
            pace: WallClock,
            events: Events::default(),
        },
        rand::random,
    );
    runtime.block_on(worker.run(Until::Settled, stop)).map_err(sync)?;
    let ended = book.elapsed();
    let sent = worker.tally().bytes_sent;
    drop(worker);
    let ledger = Ledger::open(&path)?;
    let holds = |(item, bytes): &(Item, Vec<u8>)| {
        Receipt::verify(bytes, &shared.central).and_then(|receipt| receipt.covers(item)).is_ok()
    };
    let receipts = ledger.receipts()?.iter().filter(|kept| holds(kept)).count() as u64;
    let delivery = ledger.delivery()?;
    Ok(Some(Delivered { due, began, ended, delivery, receipts, sent }))
}
