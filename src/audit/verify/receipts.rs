//! Receipts against what they are kept for, against each other, and the record of attempts to deliver.

use super::Inquiry;
use super::logbook::Contradiction;
use crate::audit::dossier::Dossier;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::audit::role::receipt_path;
use crate::audit::source::ReceiptOf;
use crate::protocol::bundle;
use crate::protocol::receipt::{Receipt, ReceiptError};

impl Inquiry<'_> {
    pub(super) fn receipts(&mut self, dossier: &Dossier, record: &Record) {
        self.report.checked_mut().receipts += dossier.receipts.len() as u64;
        for (of, error) in &record.refused {
            let other = matches!(error, ReceiptError::OtherItem(_));
            let kind = if other { Kind::ReceiptOfOther } else { Kind::Receipt };
            self.add(kind, self.receipt_place(record, *of), Detail::cause(error));
        }
        for (of, receipt) in &record.orphans {
            let about = Detail::About(receipt.received().item.to_string());
            self.add(Kind::ReceiptOrphan, self.receipt_place(record, *of), about);
        }
        let holding = record.receipts.iter().map(|(of, receipt)| (*of, receipt));
        for (of, receipt) in holding.chain(record.orphans.iter().map(|(of, receipt)| (*of, receipt))) {
            self.enter(receipt, &self.receipt_place(record, of));
        }
        self.not_received(dossier, record);
    }

    fn enter(&mut self, receipt: &Receipt, place: &Place) {
        let contradictions = self.log.enter(receipt);
        self.contradicted(contradictions, place);
    }

    /// Says what a place of the log, or a root of it, contradicts.
    pub(super) fn contradicted(&mut self, contradictions: impl IntoIterator<Item = Contradiction>, place: &Place) {
        for contradiction in contradictions {
            let (kind, about, [before, now]) = match contradiction {
                Contradiction::Leaf { index, hashes } => (Kind::LogForked, index, hashes),
                Contradiction::Root { size, roots } => (Kind::RootForked, size, roots),
            };
            self.add(kind, place.clone(), Detail::About(format!("{about}: {before} / {now}")));
        }
    }

    /// Things without any receipt; one that does not hold has been found already.
    fn not_received(&mut self, dossier: &Dossier, record: &Record) {
        let kept = |of: ReceiptOf| dossier.receipts.iter().any(|kept| kept.of == of);
        let entries = record.steps.iter().map(|step| step.entry.entry().seq);
        for seq in entries.filter(|seq| !kept(ReceiptOf::Entry(*seq))) {
            self.add(Kind::NotReceived, Place::entry(self.side, record.station, seq), Detail::None);
        }
        let mut photos: Vec<_> = record.state.photos().iter().map(|photo| &photo.image).collect();
        photos.sort_by_key(|image| image.sha256);
        photos.dedup_by_key(|image| image.sha256);
        for image in photos.into_iter().filter(|image| !kept(ReceiptOf::Photo(image.sha256))) {
            let path = bundle::photo(&image.sha256, image.kind);
            let place = Place::station(self.side, record.station).with_file(path);
            self.add(Kind::NotReceived, place, Detail::None);
        }
    }

    fn receipt_place(&self, record: &Record, of: ReceiptOf) -> Place {
        let place = Place::station(self.side, record.station).with_file(receipt_path(record.station, of));
        match of {
            ReceiptOf::Entry(seq) => Place { seq: Some(seq), ..place },
            ReceiptOf::Photo(_) => place,
        }
    }

    /// Every line is a JSON object; what stands in them is the station's own word and proves nothing.
    pub(super) fn attempts(&mut self, dossier: &Dossier) {
        let lines = dossier.attempts.iter().flat_map(|text| text.lines()).enumerate();
        let object = |line: &str| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).is_ok();
        let bad = lines.filter(|(_, line)| !object(line)).map(|(at, _)| at + 1).next();
        if let Some(line) = bad {
            let place = Place::station(self.side, dossier.station).with_file(bundle::attempts(dossier.station));
            self.add(Kind::Attempts, place, Detail::Line(line));
        }
    }
}
