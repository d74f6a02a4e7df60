//! What central tells whoever asks. Reading changes nothing, so it needs no turn in the line ([`super::reading`]).

use std::sync::Arc;

use super::filed::Filed;
use super::holding::Holding;
use super::keeper::Central;
use super::recap::{self, RegionPage};
use super::refusal::Refusal;
use super::store::{LedgerError, OpenPhoto, Photos};
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::ids::{Region, Seq, StationId};
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
        Ok(held.map_or(Missing { head: None, photos: Vec::new() }, Holding::missing))
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

    /// Whether a photo of a station has come whole.
    ///
    /// # Errors
    /// [`Refusal::NotHere`], [`Refusal::UnknownStation`].
    pub fn holds_photo(&self, station: StationId, sha256: &Digest) -> Result<(), Refusal> {
        self.takes_part(station)?;
        let held = self.index.held(station).and_then(|holding| holding.received(sha256));
        held.map(drop).ok_or_else(|| Refusal::NotHere(format!("photo {} of {station}", sha256.short())))
    }

    /// The newest signed head of the log; `None` while the log is empty.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn checkpoint(&self) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(last) = self.index.log_size().checked_sub(1) else { return Ok(None) };
        self.ledger.covering(last).map_err(broken)
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
    /// [`Refusal::NotHere`] when no TPS of this election lies in it.
    pub fn recap(&self, region: Region) -> Result<RegionPage, Refusal> {
        let states = self.index.stations_of(region).map(|(_, holding)| &holding.state);
        let page = recap::page(&self.election, self.index.recap(), region, states);
        page.ok_or_else(|| Refusal::NotHere(format!("a TPS in region {region}")))
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

    pub(super) fn takes_part(&self, station: StationId) -> Result<(), Refusal> {
        super::checked::takes_part(&self.election, station)
    }
}

pub(super) fn broken(error: LedgerError) -> Refusal {
    Refusal::Central(Arc::new(error.into()))
}
