//! A meter on a station's way to central: how long every request took, what it carried, how it ended.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::protocol::ids::StationId;
use crate::protocol::key::PublicKey;
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::Missing;
use crate::sync::{Answer, Later, Progress, Shipment, Told, Uplink, believe};

/// One try to deliver an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Try {
    /// What was sent.
    pub(super) item: Item,
    /// Its length in bytes.
    pub(super) bytes: u64,
    /// Bytes of it that went out in this try.
    pub(super) sent: u64,
    /// When it began, from the beginning of the rehearsal.
    pub(super) began: Duration,
    /// From the first byte to the whole answer.
    pub(super) took: Duration,
    /// Why there is no receipt; none when there is one that holds.
    pub(super) trouble: Option<&'static str>,
}

impl Try {
    /// Whether an entry was sent; a photo otherwise.
    pub(super) const fn is_entry(&self) -> bool {
        matches!(self.item.what, What::Entry(_))
    }

    /// When the answer had come, from the beginning of the rehearsal.
    pub(super) fn ended(&self) -> Duration {
        self.began + self.took
    }
}

/// All that the meters of a rehearsal have read.
#[derive(Debug, Clone)]
pub(super) struct Book {
    began: Instant,
    central: PublicKey,
    tries: Arc<Mutex<Vec<Try>>>,
}

impl Book {
    /// An empty book; the rehearsal begins now.
    pub(super) fn begin(central: PublicKey) -> Self {
        Self { began: Instant::now(), central, tries: Arc::default() }
    }

    /// How long the rehearsal has been going on.
    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Every try so far, in the order of their ends.
    pub(super) fn tries(&self) -> Vec<Try> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn write(&self, one: Try) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }
}

/// The trouble of an entry that went behind one without a receipt, and of which nothing was said.
const WAITS: &str = "waits";

/// Why there is no receipt.
const fn trouble(answer: &Answer) -> Option<&'static str> {
    match answer {
        Answer::Stored(_) => None,
        Answer::Later(later) => Some(later.trouble.word()),
        Answer::Refused { .. } => Some("refused"),
        Answer::Gap { .. } => Some("gap"),
        Answer::Diverged { .. } => Some("diverged"),
    }
}

/// A way to central with a meter on it.
#[derive(Debug)]
pub(super) struct Metered<U> {
    /// The way.
    pub(super) uplink: U,
    /// Where it is written down.
    pub(super) book: Book,
}

impl<U: Uplink> Uplink for Metered<U> {
    async fn put(&self, shipment: Shipment, progress: Progress) -> Answer {
        let (item, bytes) = (shipment.item, shipment.body.bytes());
        let began = self.book.elapsed();
        let answer = self.uplink.put(shipment, progress.clone()).await;
        let took = self.book.elapsed().saturating_sub(began);
        let answer = believe(answer, &item, &self.book.central);
        self.book.write(Try { item, bytes, sent: progress.sent(), began, took, trouble: trouble(&answer) });
        answer
    }

    /// Each entry is a try of its own that took as long as all; what went out together stands with the first.
    async fn put_entries(&self, entries: Vec<(Item, Vec<u8>)>, progress: Progress) -> Told {
        let sizes: Vec<_> = entries.iter().map(|(item, bytes)| (*item, bytes.len() as u64)).collect();
        let began = self.book.elapsed();
        let mut told = self.uplink.put_entries(entries, progress.clone()).await;
        let took = self.book.elapsed().saturating_sub(began);
        let mut sent = progress.sent();
        let mut answers = std::mem::take(&mut told.answers).into_iter();
        for (item, bytes) in sizes {
            let answer = answers.next().map(|answer| believe(answer, &item, &self.book.central));
            let trouble = answer.as_ref().map_or(Some(WAITS), trouble);
            self.book.write(Try { item, bytes, sent: std::mem::take(&mut sent), began, took, trouble });
            told.answers.extend(answer);
        }
        told
    }

    fn lanes(&self) -> usize {
        self.uplink.lanes()
    }

    fn rate(&self) -> Option<u64> {
        self.uplink.rate()
    }

    async fn missing(&self, station: StationId) -> Result<Missing, Later> {
        self.uplink.missing(station).await
    }
}
