//! The station as a source of evidence for an audit bundle.

use std::io::Read;

use super::{RecorderError, Station};
use crate::audit::source::{KeptReceipt, ReceiptOf, Source};
use crate::digest::Digest;
use crate::protocol::ids::StationId;

impl Source for Station {
    type Error = RecorderError;

    fn election(&self) -> Result<Vec<u8>, RecorderError> {
        Ok(Self::election(self).note().bytes().to_vec())
    }

    fn central_key(&self) -> Result<Option<String>, RecorderError> {
        Ok(Some(self.ledger().founding().central.to_string()))
    }

    /// Witnesses cosign what central publishes; a station keeps receipts.
    fn cosigned(&self) -> Result<Vec<Vec<u8>>, RecorderError> {
        Ok(Vec::new())
    }

    fn stations(&self) -> Result<Vec<StationId>, RecorderError> {
        Ok(vec![self.id()])
    }

    fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, RecorderError> {
        let roster = if station == self.id() { self.ledger().roster()? } else { return Ok(Vec::new()) };
        Ok(roster.all().iter().map(|known| known.note().bytes().to_vec()).collect())
    }

    fn entries(&self, station: StationId) -> Result<Vec<Vec<u8>>, RecorderError> {
        if station != self.id() {
            return Ok(Vec::new());
        }
        Ok(self.ledger().entries()?.iter().map(|sealed| sealed.bytes().to_vec()).collect())
    }

    /// A station has one history.
    fn conflicts(&self, _: StationId) -> Result<Vec<Vec<u8>>, RecorderError> {
        Ok(Vec::new())
    }

    fn receipts(&self, station: StationId) -> Result<Vec<KeptReceipt>, RecorderError> {
        if station != self.id() {
            return Ok(Vec::new());
        }
        let kept = self.ledger().receipts()?.into_iter();
        let mut kept: Vec<_> = kept.map(|(item, bytes)| KeptReceipt { of: ReceiptOf::from(&item), bytes }).collect();
        kept.sort_by_key(|receipt| receipt.of);
        Ok(kept)
    }

    fn attempts(&self, station: StationId) -> Result<Option<String>, RecorderError> {
        if station != self.id() {
            return Ok(None);
        }
        // Texts and whole numbers alone: serde_json has nothing to refuse.
        let line = |attempt| serde_json::to_string(attempt).unwrap_or_default() + "\n";
        Ok(Some(self.ledger().attempts()?.iter().map(line).collect()))
    }

    fn photos(&self, station: StationId) -> Result<Vec<Digest>, RecorderError> {
        if station == self.id() { Ok(Self::photos(self).list()?) } else { Ok(Vec::new()) }
    }

    fn open_photo(&self, photo: &Digest) -> Result<Option<Box<dyn Read + '_>>, RecorderError> {
        let photos = Self::photos(self);
        if photos.contains(photo) { Ok(Some(Box::new(photos.open_file(photo)?.0))) } else { Ok(None) }
    }
}
