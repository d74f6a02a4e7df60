//! What a source holds of one station, read at once; photos stay where they are.

use super::source::{KeptReceipt, Source};
use crate::protocol::ids::StationId;

/// The raw evidence of one station.
#[derive(Debug)]
pub(super) struct Dossier {
    pub(super) station: StationId,
    pub(super) accreditations: Vec<Vec<u8>>,
    pub(super) entries: Vec<Vec<u8>>,
    pub(super) conflicts: Vec<Vec<u8>>,
    pub(super) receipts: Vec<KeptReceipt>,
    pub(super) attempts: Option<String>,
}

impl Dossier {
    pub(super) fn read<S: Source>(source: &S, station: StationId) -> Result<Self, S::Error> {
        Ok(Self {
            station,
            accreditations: source.accreditations(station)?,
            entries: source.entries(station)?,
            conflicts: source.conflicts(station)?,
            receipts: source.receipts(station)?,
            attempts: source.attempts(station)?,
        })
    }
}
