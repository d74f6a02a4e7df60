//! All uploads of a central, and who works on which: one request at a time on one upload.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::error::UploadError;
use super::folder::Parts;
use super::piece::Piece;
use super::upload::{Upload, UploadId, Wanted};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::photo::FolderError;
use crate::protocol::ids::StationId;
use crate::protocol::tus::Checksum;

/// So many unfinished uploads of one photo may there be. One more takes the place of that which has come least far.
const OF_ONE_PHOTO: usize = 3;
/// How long a finished upload is remembered, for a sender whose last answer was lost.
const REMEMBERED: Duration = Duration::from_hours(1);
/// How often a look is taken for what has expired.
const SWEEP: Duration = Duration::from_mins(1);
/// How long a request that is ended for a newer one may take to bring to disk what it has.
const PATIENCE: Duration = Duration::from_secs(10);

/// All uploads.
pub(in crate::central) struct Shelf {
    parts: Parts,
    slots: Mutex<Slots>,
}

struct Slots {
    stations: HashMap<StationId, HashMap<UploadId, Slot>>,
    swept: Timestamp,
}

struct Slot {
    upload: Upload,
    holder: Option<Holder>,
}

/// A request that works on an upload.
#[derive(Clone, Default)]
struct Holder {
    /// Asks it to come to its end.
    stop: CancellationToken,
    /// Cancelled when it has.
    done: CancellationToken,
}

impl Shelf {
    /// What the folder at `path` holds, after an orderly end and after a crash alike; without a path a temporary folder.
    ///
    /// # Errors
    /// [`FolderError`] when the folder cannot be made or read.
    pub(in crate::central) fn open(path: Option<&Path>, now: Timestamp) -> Result<Self, FolderError> {
        let parts = Parts::open(path)?;
        let mut slots = Slots { stations: HashMap::new(), swept: now };
        for (id, upload) in parts.load()? {
            slots.add(id, Slot { upload, holder: None });
        }
        slots.sweep(&parts, now);
        Ok(Self { parts, slots: Mutex::new(slots) })
    }

    /// Begins an upload of a photo that is wanted, and holds it. **Durable when it returns.** Blocks.
    ///
    /// # Errors
    /// [`UploadError::Crowded`], [`UploadError::Disk`].
    pub(in crate::central) fn create(self: &Arc<Self>, wanted: Wanted, now: Timestamp) -> Result<Held, UploadError> {
        let (id, holder, upload) = (UploadId::random(), Holder::default(), Upload::new(wanted, now));
        {
            let mut slots = self.slots();
            slots.sweep_sometimes(&self.parts, now);
            slots.make_room(&self.parts, &upload.wanted)?;
            slots.add(id, Slot { upload: upload.clone(), holder: Some(holder.clone()) });
        }
        let held = Held { shelf: Arc::clone(self), id, upload, holder, gone: false };
        match self.parts.create(id, &held.upload) {
            Ok(()) => Ok(held),
            Err(error) => {
                held.remove();
                Err(error.into())
            }
        }
    }

    /// An upload that has nothing left to send, for a photo that is held already.
    pub(in crate::central) fn finished(&self, wanted: Wanted, now: Timestamp) -> (UploadId, Upload) {
        let mut slots = self.slots();
        let expires = now.after(REMEMBERED);
        let upload = Upload { offset: wanted.length, finished: true, expires, ..Upload::new(wanted, now) };
        let known = slots.of_photo(&upload.wanted).find(|(_, slot)| slot.upload.finished).map(|(id, _)| id);
        let id = known.unwrap_or_else(UploadId::random);
        slots.add(id, Slot { upload: upload.clone(), holder: None });
        (id, upload)
    }

    /// Where an upload stands.
    ///
    /// # Errors
    /// [`UploadError::Unknown`], [`UploadError::Expired`].
    pub(in crate::central) fn look(
        &self,
        station: StationId,
        id: UploadId,
        now: Timestamp,
    ) -> Result<Upload, UploadError> {
        let mut slots = self.slots();
        Ok(slots.at(station, id, now)?.upload.clone())
    }

    /// Holds an upload: nobody else works on it until [`Held`] is dropped.
    ///
    /// # Errors
    /// [`UploadError::Unknown`], [`UploadError::Expired`], [`UploadError::Locked`].
    pub(in crate::central) fn hold(
        self: &Arc<Self>,
        station: StationId,
        id: UploadId,
        now: Timestamp,
    ) -> Result<Held, UploadError> {
        let mut slots = self.slots();
        let slot = slots.at(station, id, now)?;
        if slot.holder.is_some() {
            return Err(UploadError::Locked);
        }
        let holder = slot.holder.insert(Holder::default()).clone();
        Ok(Held { shelf: Arc::clone(self), id, upload: slot.upload.clone(), holder, gone: false })
    }

    /// Ends the request that works on an upload, if there is one, and waits until what it received is on disk.
    ///
    /// A sender that asks where it stands has given the earlier connection up, which central may notice only minutes later.
    ///
    /// # Errors
    /// [`UploadError::Locked`] when that request does not come to its end.
    pub(in crate::central) async fn free(&self, station: StationId, id: UploadId) -> Result<(), UploadError> {
        let holder = self.slots().stations.get(&station).and_then(|of| of.get(&id)?.holder.clone());
        let Some(holder) = holder else { return Ok(()) };
        holder.stop.cancel();
        tokio::time::timeout(PATIENCE, holder.done.cancelled()).await.map_err(|_| UploadError::Locked)
    }

    /// Ends every request that works on an upload, and waits until what they received is on disk.
    pub(in crate::central) async fn end(&self) {
        let slots = |slots: &Slots| {
            let of = slots.stations.iter().flat_map(|(station, of)| of.keys().map(|id| (*station, *id)));
            of.collect::<Vec<_>>()
        };
        let all = slots(&self.slots());
        for (station, id) in all {
            if self.free(station, id).await.is_err() {
                tracing::warn!(%station, "a piece of a photo was still being written at the end");
            }
        }
    }

    fn slots(&self) -> std::sync::MutexGuard<'_, Slots> {
        // No code panics while it holds the lock, so what it guards is whole even if the lock says otherwise.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slots {
    fn add(&mut self, id: UploadId, slot: Slot) {
        self.stations.entry(slot.upload.wanted.station).or_default().insert(id, slot);
    }

    fn at(&mut self, station: StationId, id: UploadId, now: Timestamp) -> Result<&mut Slot, UploadError> {
        let slot = self.stations.get_mut(&station).and_then(|of| of.get_mut(&id)).ok_or(UploadError::Unknown)?;
        if slot.upload.is_over(now) { Err(UploadError::Expired) } else { Ok(slot) }
    }

    fn of_photo(&self, wanted: &Wanted) -> impl Iterator<Item = (UploadId, &Slot)> {
        let sha256: Digest = wanted.sha256;
        let of = self.stations.get(&wanted.station).into_iter().flatten();
        of.filter(move |(_, slot)| slot.upload.wanted.sha256 == sha256).map(|(id, slot)| (*id, slot))
    }

    /// Whoever knows a photo's name can begin an upload of it: a flood of them must neither fill the disk nor push out
    /// the one that is getting on.
    fn make_room(&mut self, parts: &Parts, wanted: &Wanted) -> Result<(), UploadError> {
        let open: Vec<_> = self.of_photo(wanted).filter(|(_, slot)| !slot.upload.finished).collect();
        if open.len() < OF_ONE_PHOTO {
            return Ok(());
        }
        let idle = open.iter().filter(|(_, slot)| slot.holder.is_none());
        let least = idle.min_by_key(|(_, slot)| slot.upload.offset).map(|(id, _)| *id);
        let least = least.ok_or(UploadError::Crowded(OF_ONE_PHOTO))?;
        self.remove(parts, wanted.station, least);
        Ok(())
    }

    fn remove(&mut self, parts: &Parts, station: StationId, id: UploadId) {
        if let Some(of) = self.stations.get_mut(&station) {
            of.remove(&id);
            if of.is_empty() {
                self.stations.remove(&station);
            }
        }
        parts.remove(id);
    }

    fn sweep_sometimes(&mut self, parts: &Parts, now: Timestamp) {
        if now.since(self.swept) >= SWEEP {
            self.sweep(parts, now);
        }
    }

    fn sweep(&mut self, parts: &Parts, now: Timestamp) {
        self.swept = now;
        let all = self.stations.iter().flat_map(|(station, of)| of.iter().map(move |(id, slot)| (*station, *id, slot)));
        let over: Vec<_> = all
            .filter(|(_, _, slot)| slot.upload.is_over(now) && slot.holder.is_none())
            .map(|(station, id, _)| (station, id))
            .collect();
        for (station, id) in over {
            self.remove(parts, station, id);
        }
    }
}

/// An upload that one request works on. Dropped, it is free again and stands where the request left it.
pub(in crate::central) struct Held {
    shelf: Arc<Shelf>,
    id: UploadId,
    upload: Upload,
    holder: Holder,
    gone: bool,
}

impl Held {
    pub(in crate::central) const fn id(&self) -> UploadId {
        self.id
    }

    /// Where it stands.
    pub(in crate::central) const fn upload(&self) -> &Upload {
        &self.upload
    }

    /// Cancelled when a newer request asks for this upload.
    pub(in crate::central) fn stop(&self) -> CancellationToken {
        self.holder.stop.clone()
    }

    /// The file with the bytes so far.
    pub(in crate::central) fn path(&self) -> std::path::PathBuf {
        self.shelf.parts.bytes(self.id)
    }

    /// Begins a piece at `offset`; `announced` is its length where the sender says it. Blocks.
    ///
    /// # Errors
    /// [`UploadError::Offset`], [`UploadError::TooLong`], [`UploadError::Disk`].
    pub(in crate::central) fn begin(
        &self,
        offset: u64,
        announced: Option<u64>,
        checksum: Option<Checksum>,
    ) -> Result<Piece, UploadError> {
        let room = self.upload.room(offset, announced)?;
        Piece::begin(self.path(), offset, room, checksum)
    }

    /// So many bytes are durable now.
    pub(in crate::central) const fn stands_at(&mut self, offset: u64) {
        self.upload.offset = offset;
    }

    /// The photo is in the store of photos and in the log: its parts are not needed any more. Blocks.
    pub(in crate::central) fn finish(&mut self, now: Timestamp) {
        self.upload.finished = true;
        self.upload.expires = now.after(REMEMBERED);
        self.shelf.parts.remove(self.id);
    }

    /// Ends the upload: its name is unknown from now on. Blocks.
    pub(in crate::central) fn remove(mut self) {
        self.gone = true;
        self.shelf.slots().remove(&self.shelf.parts, self.upload.wanted.station, self.id);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut slots = self.shelf.slots();
        let slot = slots.stations.get_mut(&self.upload.wanted.station).and_then(|of| of.get_mut(&self.id));
        if let Some(slot) = slot.filter(|_| !self.gone) {
            slot.upload = self.upload.clone();
            slot.holder = None;
        }
        drop(slots);
        self.holder.done.cancel();
    }
}
