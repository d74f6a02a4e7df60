//! Central as a source of evidence: what an auditor exports a kelurahan or a city from.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use super::keeper::{Central, CentralError};
use super::refusal::Refusal;
use crate::audit::{KeptAnnotation, KeptReceipt, ReceiptOf, Source};
use crate::digest::Digest;
use crate::protocol::annotation::Annotation;
use crate::protocol::ids::{Region, Seq, StationId};
use crate::protocol::receipt::{Item, What};

impl Source for Central {
    type Error = Refusal;

    fn election(&self) -> Result<Vec<u8>, Refusal> {
        Ok(self.election.note().bytes().to_vec())
    }

    fn central_key(&self) -> Result<Option<String>, Refusal> {
        Ok(Some(self.public_key().to_string()))
    }

    fn cosigned(&self) -> Result<Vec<Vec<u8>>, Refusal> {
        Ok(self.cosigned_checkpoints())
    }

    fn stations(&self) -> Result<Vec<StationId>, Refusal> {
        let something = self
            .index
            .stations()
            .filter(|(_, holding)| holding.state.head().is_some() || !holding.officers.accredited().is_empty());
        Ok(something.map(|(station, _)| station).collect())
    }

    /// Of two accreditations of one officer from the same position on, only the later was ever in force.
    fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, Refusal> {
        let known = self.index.held(station).map(|holding| holding.officers.accredited()).unwrap_or_default();
        let known = known.iter().map(|known| &known.accreditation);
        let in_force: BTreeMap<_, _> =
            known.map(|known| ((known.slot(), known.from_seq()), known.note().bytes().to_vec())).collect();
        Ok(in_force.into_values().collect())
    }

    fn entries(&self, station: StationId) -> Result<Vec<Vec<u8>>, Refusal> {
        self.positions(station).map(|seq| self.entry(station, seq)).collect()
    }

    fn conflicts(&self, station: StationId) -> Result<Vec<Vec<u8>>, Refusal> {
        self.ledger.diverged(station).map_err(|error| Refusal::Central(Arc::new(CentralError::Ledger(error))))
    }

    fn receipts(&self, station: StationId) -> Result<Vec<KeptReceipt>, Refusal> {
        let mut receipts = Vec::new();
        for seq in self.positions(station) {
            receipts.push(KeptReceipt { of: ReceiptOf::Entry(seq), bytes: self.entry_receipt(station, seq)? });
        }
        for (digest, bytes) in self.photos_of(station) {
            let item = Item { station, what: What::Photo(bytes), digest };
            let found = self.receipt(&item)?;
            receipts.extend(found.map(|bytes| KeptReceipt { of: ReceiptOf::Photo(digest), bytes }));
        }
        Ok(receipts)
    }

    /// Attempts are the station's knowledge; central sees only those that reached it.
    fn attempts(&self, _station: StationId) -> Result<Option<String>, Refusal> {
        Ok(None)
    }

    fn photos(&self, station: StationId) -> Result<Vec<Digest>, Refusal> {
        Ok(self.photos_of(station).into_keys().collect())
    }

    fn annotations(&self) -> Result<Vec<KeptAnnotation>, Refusal> {
        let kept = |said: &Annotation| {
            let proof = Some(self.annotation_proof(&said.digest())?);
            Ok(KeptAnnotation { note: said.note().bytes().to_vec(), proof })
        };
        Central::annotations(self).iter().map(kept).collect()
    }

    fn open_photo(&self, photo: &Digest) -> Result<Option<Box<dyn Read + '_>>, Refusal> {
        let found = self.photos.open(photo).map_err(Refusal::PhotoStore)?;
        Ok(found.map(|(reader, _)| reader as Box<dyn Read>))
    }

    fn recap(&self, region: Region) -> Result<Option<Vec<u8>>, Refusal> {
        let page = self.index.recap().page(&self.election, region, self.last_update()?);
        Ok(page.map(|page| page.bytes()))
    }
}

impl Central {
    fn positions(&self, station: StationId) -> impl Iterator<Item = Seq> + use<> {
        let head = self.index.held(station).and_then(|holding| holding.state.head());
        (1..=head.map_or(0, |head| head.seq.get())).filter_map(Seq::new)
    }

    fn photos_of(&self, station: StationId) -> BTreeMap<Digest, u64> {
        self.index.held(station).map(super::holding::Holding::photos).unwrap_or_default()
    }
}
