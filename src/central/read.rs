//! What central tells whoever asks. Reading changes nothing, so it needs no turn in the line ([`super::reading`]).

use std::sync::Arc;

use super::filed::Filed;
use super::holding::{Holding, Waiting};
use super::keeper::Central;
use super::refusal::Refusal;
use super::store::{LedgerError, Logged, OpenPhoto, Photos};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::annotation::Annotation;
use crate::protocol::election::Election;
use crate::protocol::ids::{Region, Seq, StationId};
use crate::protocol::recap::{AsOf, RegionPage};
use crate::protocol::receipt::{Item, What};
use crate::protocol::state::State;
use crate::protocol::wire::{Health, Missing, SERVICE, limits};

impl Central {
    /// The election.
    #[must_use]
    pub const fn election(&self) -> &Election {
        &self.election
    }

    /// Head and photos still lacking of a station.
    ///
    /// # Errors
    /// [`Refusal::UnknownStation`].
    pub fn missing(&self, station: StationId) -> Result<Missing, Refusal> {
        self.takes_part(station)?;
        let held = self.index.held(station);
        Ok(held.map_or(Missing { head: None, photos: Vec::new(), codings: Vec::new() }, Holding::missing))
    }

    /// The exact bytes of an accepted entry.
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::UnknownStation`], [`Refusal::Central`].
    pub fn entry(&self, station: StationId, seq: Seq) -> Result<Vec<u8>, Refusal> {
        self.takes_part(station)?;
        let found = self.ledger.entry(station, seq).map_err(broken)?;
        found.ok_or_else(|| Refusal::NotHere(format!("entry {seq} of {station}")))
    }

    /// The receipt of an accepted entry.
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::UnknownStation`], [`Refusal::Central`].
    pub fn entry_receipt(&self, station: StationId, seq: Seq) -> Result<Vec<u8>, Refusal> {
        let digest = Digest::of(&self.entry(station, seq)?);
        let item = Item { station, what: What::Entry(seq), digest };
        self.receipt(&item)?.ok_or_else(|| Refusal::NotHere(item.to_string()))
    }

    /// The exact bytes of a station's accreditations, in the order in which they were given.
    ///
    /// # Errors
    /// [`Refusal::UnknownStation`].
    pub fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, Refusal> {
        self.takes_part(station)?;
        let known = self.index.held(station).map(|holding| holding.officers.accredited()).unwrap_or_default();
        Ok(known.iter().map(|known| known.accreditation.note().bytes().to_vec()).collect())
    }

    /// A photo of a station, opened for reading.
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::UnknownStation`], [`Refusal::PhotoStore`].
    pub fn photo(&self, station: StationId, sha256: &Digest) -> Result<OpenPhoto, Refusal> {
        self.holds_photo(station, sha256)?;
        let found = self.photos.open(sha256).map_err(Refusal::PhotoStore)?;
        found.ok_or_else(|| Refusal::NotHere(format!("photo {}", sha256.short())))
    }

    /// The receipt of a photo.
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::UnknownStation`], [`Refusal::Central`].
    pub fn photo_receipt(&self, station: StationId, sha256: &Digest) -> Result<Vec<u8>, Refusal> {
        self.takes_part(station)?;
        let absent = || Refusal::NotHere(format!("photo {} of {station}", sha256.short()));
        let bytes = self.index.held(station).and_then(|holding| holding.received(sha256)).ok_or_else(absent)?;
        let item = Item { station, what: What::Photo(bytes), digest: *sha256 };
        self.receipt(&item)?.ok_or_else(absent)
    }

    /// Whether a photo of a station has come whole.
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::UnknownStation`].
    pub fn holds_photo(&self, station: StationId, sha256: &Digest) -> Result<(), Refusal> {
        self.takes_part(station)?;
        let held = self.index.held(station).and_then(|holding| holding.received(sha256));
        held.map(drop).ok_or_else(|| Refusal::NotHere(format!("photo {} of {station}", sha256.short())))
    }

    /// The newest signed head of the log, with the cosignatures that it has already; `None` while the log is empty.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn checkpoint(&self) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(last) = self.index.log_size().checked_sub(1) else { return Ok(None) };
        Ok(self.ledger.covering(last).map_err(broken)?.map(|bytes| self.with_cosignatures(bytes)))
    }

    /// How central is, and what it takes.
    #[must_use]
    pub fn health(&self) -> Health {
        Health {
            service: SERVICE.into(),
            election: self.election.digest(),
            origin: self.public_key().name().into(),
            log_size: self.index.log_size(),
            entry_bytes: limits::ENTRY_BYTES,
            photo_bytes: limits::PHOTO_BYTES,
        }
    }

    /// Everything filed about a station's entries.
    ///
    /// # Errors
    /// [`Refusal::UnknownStation`], [`Refusal::Central`].
    pub fn filed(&self, station: StationId) -> Result<Vec<Filed>, Refusal> {
        self.takes_part(station)?;
        self.ledger.filed(station).map_err(broken)
    }

    /// The recapitulation of a region.
    ///
    /// # Errors
    /// [`Refusal::NotHere`] when no TPS of this election lies in it; [`Refusal::Central`].
    pub fn recap(&self, region: Region) -> Result<RegionPage, Refusal> {
        let page = self.index.recap().page(&self.election, region, self.last_update()?);
        page.ok_or_else(|| Refusal::NotHere(format!("a TPS in region {region}")))
    }

    /// When an item was received, by central's clock; `None` when it is not held.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn received_at(&self, item: &Item) -> Result<Option<Timestamp>, Refusal> {
        let place = self.ledger.place(item).map_err(broken)?;
        place.map(|index| self.leaf_time(index)).transpose()
    }

    fn leaf_time(&self, index: u64) -> Result<Timestamp, Refusal> {
        let damaged = || broken(LedgerError::Damaged { what: format!("leaf {index}") });
        let leaf = self.ledger.leaf(index).map_err(broken)?.ok_or_else(damaged)?;
        Ok(match leaf.of {
            Logged::Received(received) => received.at,
            Logged::Annotated(digest) => self.index.remarks().find(&digest).ok_or_else(damaged)?.at(),
        })
    }

    /// Size of the log, and when its last leaf was made; `None` while it is empty.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn last_update(&self) -> Result<Option<AsOf>, Refusal> {
        let log_size = self.index.log_size();
        let Some(last) = log_size.checked_sub(1) else { return Ok(None) };
        Ok(Some(AsOf { log_size, at: self.leaf_time(last)? }))
    }

    /// How many entries of second histories are kept. Each is an alarm.
    #[must_use]
    pub fn diverged(&self) -> usize {
        self.index.diverged()
    }

    /// A station's day as central holds it; `None` before anything came.
    #[must_use]
    pub fn state(&self, station: StationId) -> Option<&State> {
        self.index.held(station).map(|holding| &holding.state)
    }

    /// The store of photos, to be shared with whoever streams into it.
    #[must_use]
    pub fn photos(&self) -> Arc<dyn Photos> {
        Arc::clone(&self.photos)
    }

    /// When a station was heard of first and last, by central's clock.
    #[must_use]
    pub fn heard(&self, station: StationId) -> Option<[Timestamp; 2]> {
        self.index.held(station).and_then(Holding::heard)
    }

    /// An entry of a station that came before the one it follows; since central was started.
    #[must_use]
    pub fn waiting(&self, station: StationId) -> Option<Waiting> {
        self.index.held(station).and_then(Holding::waiting)
    }

    /// Every annotation, in the order in which they were made.
    #[must_use]
    pub fn annotations(&self) -> &[Annotation] {
        self.index.remarks().all()
    }

    /// What was said about a finding or alarm about an entry, in order.
    pub fn handled(&self, entry: Digest, code: &str) -> impl Iterator<Item = &Annotation> {
        self.index.remarks().handled(entry, code)
    }

    /// The zero state, when it was recorded before the start.
    #[must_use]
    pub fn zero(&self) -> Option<&Annotation> {
        self.index.remarks().zero()
    }

    /// Place of an annotation in the log, from 0; `None` when it is not there.
    #[must_use]
    pub fn annotation_place(&self, annotation: &Digest) -> Option<u64> {
        self.index.remarks().place(annotation)
    }

    /// The proof that an annotation stands in the log (C2SP tlog-proof).
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::Central`].
    pub fn annotation_proof(&self, annotation: &Digest) -> Result<Vec<u8>, Refusal> {
        let missing = || Refusal::NotHere(format!("annotation {}", annotation.short()));
        let index = self.annotation_place(annotation).ok_or_else(missing)?;
        self.receipt_at(index)?.ok_or_else(missing)
    }

    pub(super) fn takes_part(&self, station: StationId) -> Result<(), Refusal> {
        super::checked::takes_part(&self.election, station)
    }
}

pub(super) fn broken(error: LedgerError) -> Refusal {
    Refusal::Central(Arc::new(error.into()))
}
