//! One try at one item: a row before, the bytes, a row after.

use std::fs::File;
use std::pin::pin;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::{LOOK, Worker};
use crate::digest::Digest;
use crate::photo::{Folder, FolderError};
use crate::protocol::ids::Seq;
use crate::protocol::receipt::{Item, What};
use crate::store::{AttemptId, StoreError};
use crate::sync::answer::{Answer, Later};
use crate::sync::believe::{believe, in_full};
use crate::sync::event::Event;
use crate::sync::pace::Pace;
use crate::sync::plan::Step;
use crate::sync::progress::Progress;
use crate::sync::trouble::Trouble;
use crate::sync::uplink::{Body, Shipment, Uplink, Upload};

/// A try that has begun: its row is on disk.
struct Begun {
    item: Item,
    attempt: AttemptId,
    /// Failures in a row before it.
    failures: u32,
}

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Sends `item` once and writes down what came of it. Entries that are recorded while a photo is on its way overtake it.
    ///
    /// Cancelled or dropped before the answer, the try stays without an outcome: nobody knows what became of it.
    pub(super) async fn send(&mut self, item: Item, cancel: &CancellationToken) -> Result<(), StoreError> {
        match item.what {
            What::Entry(seq) => self.send_entry(item, seq, cancel).await,
            What::Photo(_) => self.send_photo(item, cancel).await,
        }
    }

    async fn send_entry(&mut self, item: Item, seq: Seq, cancel: &CancellationToken) -> Result<(), StoreError> {
        let begun = self.begin(item)?;
        let Some(entry) = self.ledger.entry(seq)? else {
            let reason = format!("not sent: entry {seq} is not in the ledger");
            return self.end(&begun, Answer::Refused { reason });
        };
        let (shipment, progress) = self.load(&begun, Body::Entry(entry.bytes().to_vec()));
        let uplink = Arc::clone(&self.uplink);
        let answer = tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            answer = uplink.put(shipment, progress.clone()) => Some(answer),
        };
        self.tally.bytes_sent += progress.sent();
        answer.map_or(Ok(()), |answer| self.end(&begun, answer))
    }

    async fn send_photo(&mut self, item: Item, cancel: &CancellationToken) -> Result<(), StoreError> {
        let mut begun = self.begin(item)?;
        let (photos, digest) = (self.photos.clone(), item.digest);
        let opened = tokio::task::spawn_blocking(move || open_sound(&photos, &digest)).await;
        let opened = opened.unwrap_or_else(|lost| Err(Answer::Later(Later::new(Trouble::Disk, in_full(&lost)))));
        let (mut upload, mut told) = match opened {
            Ok((file, bytes)) => Upload::new(file, bytes),
            Err(answer) => return self.end(&begun, answer),
        };
        upload.begun = self.ledger.upload(&item)?;
        let (shipment, progress) = self.load(&begun, Body::Photo(upload));
        let answer = self.put_overtaken(shipment, progress.clone(), &mut told, cancel).await?;
        self.tally.bytes_sent += progress.sent();
        while let Ok(url) = told.try_recv() {
            self.ledger.keep_upload(&item, &url, self.pace.now())?;
        }
        if progress.gained() > 0 {
            // The link carries: that it broke is no reason to wait as long as after tries that brought nothing.
            self.memory.breaker.answered();
            begun.failures = 0;
        }
        answer.map_or(Ok(()), |answer| self.end(&begun, answer))
    }

    /// Sends a photo, and meanwhile every entry whose turn comes: a photo can take minutes on a poor network, and a result
    /// must not wait for it. No byte of the photo is handed to the network meanwhile. `None` when cancelled.
    async fn put_overtaken(
        &mut self,
        shipment: Shipment,
        progress: Progress,
        told: &mut UnboundedReceiver<String>,
        cancel: &CancellationToken,
    ) -> Result<Option<Answer>, StoreError> {
        let (uplink, item) = (Arc::clone(&self.uplink), shipment.item);
        let mut put = pin!(uplink.put(shipment, progress.clone()));
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Ok(None),
                answer = &mut put => return Ok(Some(answer)),
                Some(url) = told.recv() => self.ledger.keep_upload(&item, &url, self.pace.now())?,
                // The network's time, not the pace's: a photo on its way takes what it takes.
                () = tokio::time::sleep(LOOK) => {}
            }
            while let Some((item, seq)) = self.entry_due()? {
                let mut early = None;
                progress.pause(true);
                let mut entry = pin!(self.send_entry(item, seq, cancel));
                loop {
                    tokio::select! {
                        biased;
                        answer = &mut put, if early.is_none() => early = Some(answer),
                        sent = &mut entry => break sent?,
                    }
                }
                progress.pause(false);
                if early.is_some() || cancel.is_cancelled() {
                    return Ok(early);
                }
            }
        }
    }

    /// The entry that may go at this moment.
    fn entry_due(&mut self) -> Result<Option<(Item, Seq)>, StoreError> {
        Ok(match self.planned()? {
            Step::Send(item) => match item.what {
                What::Entry(seq) => Some((item, seq)),
                What::Photo(_) => None,
            },
            Step::Ask | Step::Wait { .. } | Step::Stuck | Step::Done => None,
        })
    }

    fn begin(&mut self, item: Item) -> Result<Begun, StoreError> {
        let pending = self.ledger.pending()?;
        let known = pending.iter().find(|pending| pending.item == item).map(|pending| pending.failures);
        let failures = known.unwrap_or_else(|| self.memory.repair.failures());
        let attempt = self.ledger.begin(&item, self.pace.now())?;
        self.tally.attempts += 1;
        Ok(Begun { item, attempt, failures })
    }

    fn load(&self, begun: &Begun, body: Body) -> (Shipment, Progress) {
        let (item, bytes) = (begun.item, body.bytes());
        self.events.tell(Event::Sending { item, bytes, try_number: begun.failures.saturating_add(1) });
        (Shipment { item, body }, Progress::new(item, self.events.clone()))
    }

    fn end(&mut self, begun: &Begun, answer: Answer) -> Result<(), StoreError> {
        let answer = believe(answer, &begun.item, &self.ledger.founding().central);
        self.settle(begun.item, begun.attempt, begun.failures, answer)
    }
}

/// Opens a photo whose bytes still are those that were recorded. Damaged bytes are never sent: central would have to
/// refuse them, and a person has to look for a good copy in either case.
fn open_sound(photos: &Folder, digest: &Digest) -> Result<(File, u64), Answer> {
    photos.verify(digest).and_then(|_| photos.open_file(digest)).map_err(|error| match error {
        FolderError::Missing { .. } | FolderError::Damaged { .. } => {
            Answer::Refused { reason: format!("not sent: {}", in_full(&error)) }
        }
        passing => Answer::Later(Later::new(Trouble::Disk, in_full(&passing))),
    })
}
