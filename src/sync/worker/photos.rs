//! Photos: two at a time, so that one uses the link while the other waits for an answer; entries overtake both.

use std::fs::File;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use futures_util::stream::{FuturesUnordered, Stream, StreamExt as _};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::sending::Begun;
use super::{LOOK, Worker};
use crate::digest::Digest;
use crate::photo::{Folder, FolderError};
use crate::protocol::receipt::{Item, What};
use crate::store::StoreError;
use crate::sync::answer::{Answer, Later};
use crate::sync::believe::in_full;
use crate::sync::pace::Pace;
use crate::sync::plan::Step;
use crate::sync::progress::Progress;
use crate::sync::trouble::Trouble;
use crate::sync::uplink::{Body, Shipment, Uplink, Upload};

/// So many photos are on their way at one time. More would share the link among more halves of photos, and a page that is
/// whole says more than two that are half.
const LANES: usize = 2;

/// A photo on its way.
struct Lane {
    begun: Begun,
    progress: Progress,
    told: UnboundedReceiver<String>,
}

/// Photos on their way, each by its item.
struct Lanes(Vec<Lane>);

impl Lanes {
    fn items(&self) -> Vec<Item> {
        self.0.iter().map(|lane| lane.begun.item).collect()
    }

    fn pause(&self, paused: bool) {
        for lane in &self.0 {
            lane.progress.pause(paused);
        }
    }

    /// The next address at which one of them is uploaded, once one is told.
    async fn told(&mut self) -> (Item, String) {
        poll_fn(|context| {
            for lane in &mut self.0 {
                if let Poll::Ready(Some(url)) = lane.told.poll_recv(context) {
                    return Poll::Ready((lane.begun.item, url));
                }
            }
            Poll::Pending
        })
        .await
    }

    fn take(&mut self, item: &Item) -> Option<Lane> {
        let at = self.0.iter().position(|lane| lane.begun.item == *item)?;
        Some(self.0.remove(at))
    }
}

/// Carries one photo, and says which it was.
async fn carry(uplink: Arc<impl Uplink>, shipment: Shipment, progress: Progress) -> (Item, Answer) {
    let item = shipment.item;
    (item, uplink.put(shipment, progress).await)
}

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Sends `first` and the photos whose turn comes, until none is on its way. Meanwhile every entry whose turn comes
    /// overtakes them: a photo can take minutes on a poor network, and a result must not wait for it. No byte of a photo is
    /// handed to the network while an entry is on its way.
    pub(super) async fn send_photos(&mut self, first: Item, cancel: &CancellationToken) -> Result<(), StoreError> {
        let (mut lanes, mut puts) = (Lanes(Vec::new()), FuturesUnordered::new());
        let mut next = Some(first);
        loop {
            while let Some(item) = next {
                if let Some((lane, shipment)) = self.open_lane(item).await? {
                    puts.push(carry(Arc::clone(&self.uplink), shipment, lane.progress.clone()));
                    lanes.0.push(lane);
                }
                next = self.photo_due(&lanes)?;
            }
            if lanes.0.is_empty() {
                return Ok(());
            }
            tokio::select! {
                biased;
                () = cancel.cancelled() => return self.leave(lanes),
                Some((item, answer)) = puts.next() => self.close_lane(&mut lanes, &item, answer)?,
                (item, url) = lanes.told() => self.ledger.keep_upload(&item, &url, self.pace.now())?,
                // The network's time, not the pace's: a photo on its way takes what it takes.
                () = tokio::time::sleep(LOOK) => {}
            }
            while let Some(item) = self.entry_due(&lanes.items())? {
                lanes.pause(true);
                let early = self.overtake(item, &mut puts, cancel).await?;
                lanes.pause(false);
                for (item, answer) in early {
                    self.close_lane(&mut lanes, &item, answer)?;
                }
                if cancel.is_cancelled() {
                    return self.leave(lanes);
                }
            }
            next = self.photo_due(&lanes)?;
        }
    }

    /// Sends the entry `item` with those that go with it; gives the photos that came to their end meanwhile.
    async fn overtake(
        &mut self,
        item: Item,
        puts: &mut (impl Stream<Item = (Item, Answer)> + Unpin),
        cancel: &CancellationToken,
    ) -> Result<Vec<(Item, Answer)>, StoreError> {
        let mut early = Vec::new();
        let mut entries = pin!(self.send_entries(item, cancel));
        loop {
            tokio::select! {
                biased;
                Some(done) = puts.next() => early.push(done),
                sent = &mut entries => return sent.map(|()| early),
            }
        }
    }

    /// The photo that may go now beside those in `lanes`.
    fn photo_due(&mut self, lanes: &Lanes) -> Result<Option<Item>, StoreError> {
        if lanes.0.len() >= LANES {
            return Ok(None);
        }
        Ok(match self.planned_beside(&lanes.items())? {
            Step::Send(item) => Some(item).filter(|item| matches!(item.what, What::Photo(_))),
            Step::Ask | Step::Wait { .. } | Step::Stuck | Step::Done => None,
        })
    }

    /// Begins a try at a photo; none when that has come to its end already.
    async fn open_lane(&mut self, item: Item) -> Result<Option<(Lane, Shipment)>, StoreError> {
        let Some(begun) = self.begin(&[item])?.pop() else { return Ok(None) };
        let (photos, digest) = (self.photos.clone(), item.digest);
        let opened = tokio::task::spawn_blocking(move || open_sound(&photos, &digest)).await;
        let opened = opened.unwrap_or_else(|lost| Err(Answer::Later(Later::new(Trouble::Disk, in_full(&lost)))));
        let (mut upload, told) = match opened {
            Ok((file, bytes)) => Upload::new(file, bytes),
            Err(answer) => return self.end(&begun, answer).map(|()| None),
        };
        upload.begun = self.ledger.upload(&item)?;
        self.tell_sending(&begun, upload.bytes);
        let progress = Progress::new(item, self.events.clone());
        Ok(Some((Lane { begun, progress, told }, Shipment { item, body: Body::Photo(upload) })))
    }

    fn close_lane(&mut self, lanes: &mut Lanes, item: &Item, answer: Answer) -> Result<(), StoreError> {
        let Some(mut lane) = lanes.take(item) else { return Ok(()) };
        self.account(&mut lane)?;
        if lane.progress.gained() > 0 {
            // The link carries: that it broke is no reason to wait as long as after tries that brought nothing.
            self.memory.breaker.answered();
            lane.begun.failures = 0;
        }
        self.end(&lane.begun, answer)
    }

    /// The tries stay without an outcome.
    fn leave(&mut self, lanes: Lanes) -> Result<(), StoreError> {
        lanes.0.into_iter().try_for_each(|mut lane| self.account(&mut lane))
    }

    /// What stays of a try whatever came of it: bytes that went, and where its upload is.
    fn account(&mut self, lane: &mut Lane) -> Result<(), StoreError> {
        self.tally.bytes_sent += lane.progress.sent();
        while let Ok(url) = lane.told.try_recv() {
            self.ledger.keep_upload(&lane.begun.item, &url, self.pace.now())?;
        }
        Ok(())
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
