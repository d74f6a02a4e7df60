//! One try at one item: a row before, the bytes, a row after.

use tokio_util::sync::CancellationToken;

use super::Worker;
use crate::photo::{Folder, FolderError};
use crate::protocol::receipt::{Item, What};
use crate::store::StoreError;
use crate::sync::SyncError;
use crate::sync::answer::{Answer, Later};
use crate::sync::believe::{believe, in_full};
use crate::sync::event::{Event, Progress};
use crate::sync::pace::Pace;
use crate::sync::trouble::Trouble;
use crate::sync::uplink::{Body, Shipment, Uplink};

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Sends `item` once and writes down what came of it.
    ///
    /// Cancelled or dropped before the answer, the try stays without an outcome: nobody knows what became of it.
    pub(super) async fn send(&mut self, item: Item, cancel: &CancellationToken) -> Result<(), SyncError> {
        let failures = self.failures_of(&item)?;
        let attempt = self.ledger.begin(&item, self.pace.now())?;
        self.tally.attempts += 1;
        let answer = match self.body(&item).await? {
            Err(answer) => answer,
            Ok(body) => {
                let (bytes, try_number) = (body.bytes(), failures.saturating_add(1));
                self.events.tell(Event::Sending { item, bytes, try_number });
                let progress = Progress::new(item, self.events.clone());
                let answer = tokio::select! {
                    biased;
                    () = cancel.cancelled() => None,
                    answer = self.uplink.put(Shipment { item, body }, progress.clone()) => Some(answer),
                };
                self.tally.bytes_sent += progress.sent();
                let Some(answer) = answer else { return Ok(()) };
                believe(answer, &item, &self.ledger.founding().central)
            }
        };
        self.settle(item, attempt, failures, answer)?;
        Ok(())
    }

    fn failures_of(&self, item: &Item) -> Result<u32, StoreError> {
        let pending = self.ledger.pending()?;
        let known = pending.iter().find(|pending| pending.item == *item).map(|pending| pending.failures);
        Ok(known.unwrap_or_else(|| self.memory.repair.failures()))
    }

    /// The bytes of `item`, or what to write down when this machine cannot give them. Takes `&mut self` because a
    /// connection to the ledger may move between threads but not be shared by them.
    async fn body(&mut self, item: &Item) -> Result<Result<Body, Answer>, StoreError> {
        match item.what {
            What::Entry(seq) => Ok(self.entry(seq)?),
            What::Photo(_) => {
                let (photos, digest) = (self.photos.clone(), item.digest);
                let opened = tokio::task::spawn_blocking(move || open_sound(&photos, &digest)).await;
                Ok(opened.unwrap_or_else(|lost| Err(Answer::Later(Later::new(Trouble::Disk, in_full(&lost))))))
            }
        }
    }

    fn entry(&self, seq: crate::protocol::ids::Seq) -> Result<Result<Body, Answer>, StoreError> {
        let gone = || Answer::Refused { reason: format!("not sent: entry {seq} is not in the ledger") };
        Ok(self.ledger.entry(seq)?.map(|entry| Body::Entry(entry.bytes().to_vec())).ok_or_else(gone))
    }
}

/// Opens a photo whose bytes still are those that were recorded. Damaged bytes are never sent: central would have to
/// refuse them, and a person has to look for a good copy in either case.
fn open_sound(photos: &Folder, digest: &crate::digest::Digest) -> Result<Body, Answer> {
    let opened = photos.verify(digest).and_then(|_| photos.open_file(digest));
    opened.map(|(file, bytes)| Body::Photo(file, bytes)).map_err(|error| match error {
        FolderError::Missing { .. } | FolderError::Damaged { .. } => {
            Answer::Refused { reason: format!("not sent: {}", in_full(&error)) }
        }
        passing => Answer::Later(Later::new(Trouble::Disk, in_full(&passing))),
    })
}
