//! Photos and their light copies: several at a time, so that one uses the link while another waits for an answer; entries overtake
//! all, and light copies overtake photos.

use std::fs::File;
use std::pin::pin;
use std::sync::Arc;

use futures_util::stream::{FuturesUnordered, Stream, StreamExt as _};
use tokio_util::sync::CancellationToken;

use super::lanes::{Errand, Lane, Lanes};
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

/// Carries one photo, and says which it was.
async fn carry(uplink: Arc<impl Uplink>, shipment: Shipment, progress: Progress) -> (Item, Answer) {
    let item = shipment.item;
    (item, uplink.put(shipment, progress).await)
}

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// Sends `first` and the photos and light copies whose turn comes, until none is on its way. Meanwhile every entry whose
    /// turn comes overtakes them: a photo can take minutes on a poor network, and a result must not wait for it. No byte of a
    /// photo is handed to the network while an entry is on its way, and none of another piece while a light copy is.
    pub(super) async fn send_photos(&mut self, first: Errand, cancel: &CancellationToken) -> Result<(), StoreError> {
        let (mut lanes, mut puts) = (Lanes::default(), FuturesUnordered::new());
        let mut next = Some(first);
        loop {
            while let Some(errand) = next {
                if let Some((lane, shipment)) = self.open_lane(errand).await? {
                    puts.push(carry(Arc::clone(&self.uplink), shipment, lane.progress.clone()));
                    lanes.open(lane);
                }
                next = self.photo_due(&lanes)?;
            }
            if lanes.len() == 0 {
                return Ok(());
            }
            lanes.give_way();
            tokio::select! {
                biased;
                () = cancel.cancelled() => return self.leave(lanes),
                Some((item, answer)) = puts.next() => self.close_lane(&mut lanes, &item, answer)?,
                (item, is_photo, url) = lanes.told() => self.keep_upload(&item, is_photo, url)?,
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

    /// The photo or light copy that may go now beside those in `lanes`. None that is under way is given up for a light copy,
    /// but no further photo begins while one goes.
    fn photo_due(&mut self, lanes: &Lanes) -> Result<Option<Errand>, StoreError> {
        Ok(match self.planned_beside(&lanes.items())? {
            Step::Light(copy) => Some(Errand::Light(copy)).filter(|_| lanes.light() < self.uplink.lanes()),
            Step::Send(item) if matches!(item.what, What::Photo(_)) => {
                Some(Errand::Photo(item)).filter(|_| lanes.len() < self.uplink.lanes() && lanes.light() == 0)
            }
            Step::Send(_) | Step::Ask | Step::Wait { .. } | Step::Stuck | Step::Done => None,
        })
    }

    /// Begins a try; none when that has come to its end already.
    async fn open_lane(&mut self, errand: Errand) -> Result<Option<(Lane, Shipment)>, StoreError> {
        let (item, begun) = match errand {
            Errand::Light(item) => (item, None),
            Errand::Photo(item) => {
                let Some(begun) = self.begin(&[item])?.pop() else { return Ok(None) };
                (item, Some(begun))
            }
        };
        let (photos, digest) = (self.photos.clone(), item.digest);
        let opened = tokio::task::spawn_blocking(move || open_sound(&photos, &digest)).await;
        let opened = opened.unwrap_or_else(|lost| Err(Answer::Later(Later::new(Trouble::Disk, in_full(&lost)))));
        let (mut upload, told) = match opened {
            Ok((file, bytes)) => Upload::new(file, bytes),
            Err(answer) => return self.end_errand(item, begun.as_ref(), false, answer).map(|()| None),
        };
        let light = &self.memory.light;
        upload.begun = if begun.is_some() { self.ledger.upload(&item)? } else { light.url(&item.digest) };
        let failures = begun.as_ref().map_or_else(|| light.failures(&item.digest), |begun| begun.failures);
        self.tell_sending(item, upload.bytes, failures);
        let progress = Progress::new(item, self.events.clone());
        Ok(Some((Lane { item, begun, progress, told }, Shipment { item, body: Body::Photo(upload) })))
    }

    fn close_lane(&mut self, lanes: &mut Lanes, item: &Item, answer: Answer) -> Result<(), StoreError> {
        let Some(mut lane) = lanes.take(item) else { return Ok(()) };
        self.account(&mut lane)?;
        let gained = lane.progress.gained() > 0;
        if gained {
            // The link carries: that it broke is no reason to wait as long as after tries that brought nothing.
            self.memory.breaker.answered();
            if let Some(begun) = &mut lane.begun {
                begun.failures = 0;
            }
        }
        self.end_errand(lane.item, lane.begun.as_ref(), gained, answer)
    }

    fn end_errand(
        &mut self,
        item: Item,
        begun: Option<&Begun>,
        gained: bool,
        answer: Answer,
    ) -> Result<(), StoreError> {
        if let Some(begun) = begun {
            return self.end(begun, answer);
        }
        self.end_light(item, gained, answer);
        Ok(())
    }

    /// The tries stay without an outcome.
    fn leave(&mut self, lanes: Lanes) -> Result<(), StoreError> {
        lanes.into_all().into_iter().try_for_each(|mut lane| self.account(&mut lane))
    }

    /// What stays of a try whatever came of it: bytes that went, and where its upload is.
    fn account(&mut self, lane: &mut Lane) -> Result<(), StoreError> {
        self.tally.bytes_sent += lane.progress.sent();
        while let Ok(url) = lane.told.try_recv() {
            self.keep_upload(&lane.item, lane.begun.is_some(), url)?;
        }
        Ok(())
    }

    /// Where central takes the bytes: of a photo for ever, of a light copy for this run.
    fn keep_upload(&mut self, item: &Item, is_photo: bool, url: String) -> Result<(), StoreError> {
        if is_photo {
            return self.ledger.keep_upload(item, &url, self.pace.now());
        }
        self.memory.light.begun(&item.digest, url);
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
