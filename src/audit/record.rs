//! A station's entries folded into its state: what the tables are made from and what the verifier judges.

use std::collections::{BTreeMap, BTreeSet};

use super::dossier::Dossier;
use super::source::ReceiptOf;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Finding, check};
use crate::protocol::StatementError;
use crate::protocol::election::Election;
use crate::protocol::entry::Body;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::key::PublicKey;
use crate::protocol::receipt::{Item, Receipt, ReceiptError, What};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::{State, Violation};

/// One entry, with what stood against it at its moment.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) entry: SealedEntry,
    pub(super) violations: Vec<Violation>,
    /// What the rules of the form say about the figures of a reading or result, judged before the entry is folded in.
    pub(super) findings: Vec<Finding>,
}

/// A station's day.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) station: StationId,
    pub(super) steps: Vec<Step>,
    /// Entries that cannot be read, by their place in the source, from 0.
    pub(super) unreadable: Vec<(usize, StatementError)>,
    /// Entries of other stations that were kept with this one's.
    pub(super) foreign: Vec<SealedEntry>,
    pub(super) state: State,
    /// Receipts that hold and are of what they are kept for.
    pub(super) receipts: BTreeMap<ReceiptOf, Receipt>,
    /// Receipts that do not.
    pub(super) refused: Vec<(ReceiptOf, ReceiptError)>,
    /// Receipts that hold, of something that is not here.
    pub(super) orphans: Vec<(ReceiptOf, Receipt)>,
}

impl Record {
    /// Folds what can be read; `central` is the key that receipts are checked with, none of them holds without it.
    pub(super) fn fold(election: &Election, central: Option<&PublicKey>, dossier: &Dossier) -> Self {
        let mut record = Self {
            station: dossier.station,
            steps: Vec::new(),
            unreadable: Vec::new(),
            foreign: Vec::new(),
            state: State::new(election, dossier.station),
            receipts: BTreeMap::new(),
            refused: Vec::new(),
            orphans: Vec::new(),
        };
        for (at, bytes) in dossier.entries.iter().enumerate() {
            match SealedEntry::parse(bytes.clone()) {
                Ok(entry) if entry.entry().station == dossier.station => record.step(entry),
                Ok(entry) => record.foreign.push(entry),
                Err(fault) => record.unreadable.push((at, fault)),
            }
        }
        for kept in &dossier.receipts {
            if let Some(central) = central {
                record.receipt(kept.of, Receipt::verify(&kept.bytes, central));
            }
        }
        record
    }

    fn step(&mut self, entry: SealedEntry) {
        let findings = self.findings(&entry);
        let violations = self.state.apply(&entry);
        self.steps.push(Step { entry, violations, findings });
    }

    fn findings(&self, entry: &SealedEntry) -> Vec<Finding> {
        let (contest, boxes, head, known) = match &entry.entry().body {
            Body::Read(read) => {
                let Some(slot) = entry.entry().by.alone() else { return Vec::new() };
                (&read.contest, &read.boxes, &read.head, self.state.reading_context(&read.contest, slot))
            }
            Body::Result(result) => {
                (&result.contest, &result.boxes, &result.head, self.state.result_context(&result.contest))
            }
            _ => return Vec::new(),
        };
        let form = self.state.election().form(contest);
        let counts = form.and_then(|form| boxes.counts(form).ok());
        counts.map_or_else(Vec::new, |counts| check::findings(&counts, head, &known))
    }

    fn receipt(&mut self, of: ReceiptOf, receipt: Result<Receipt, ReceiptError>) {
        match (receipt, self.item(of)) {
            (Err(fault), _) => self.refused.push((of, fault)),
            (Ok(receipt), None) => self.orphans.push((of, receipt)),
            (Ok(receipt), Some(item)) => match receipt.covers(&item) {
                Ok(()) => drop(self.receipts.insert(of, receipt)),
                Err(fault) => self.refused.push((of, fault)),
            },
        }
    }

    /// The thing that a receipt is kept for, as the entries know it; `None` when it is not among them.
    pub(super) fn item(&self, of: ReceiptOf) -> Option<Item> {
        let (what, digest) = match of {
            ReceiptOf::Entry(seq) => (What::Entry(seq), self.at(seq)?.entry.digest()),
            ReceiptOf::Photo(digest) => (What::Photo(self.length(&digest)?), digest),
        };
        Some(Item { station: self.station, what, digest })
    }

    /// The length of a photo, or of a light copy, as the first entry that names it says.
    fn length(&self, photo: &Digest) -> Option<u64> {
        let images = || self.state.photos().iter().map(|kept| &kept.image);
        let light = || images().filter_map(|image| image.light).find(|light| light.sha256 == *photo);
        let named = images().find(|image| image.sha256 == *photo).map(|image| image.bytes);
        named.or_else(|| light().map(|light| light.bytes))
    }

    /// The light copies that entries name.
    pub(super) fn light(&self) -> BTreeSet<Digest> {
        self.state.photos().iter().filter_map(|kept| kept.image.light).map(|light| light.sha256).collect()
    }

    /// The step at a position; the first, when a hostile source holds two.
    pub(super) fn at(&self, seq: Seq) -> Option<&Step> {
        self.steps.iter().find(|step| step.entry.entry().seq == seq)
    }

    /// When central received a thing, by its own clock.
    pub(super) fn received_at(&self, of: ReceiptOf) -> Option<Timestamp> {
        self.receipts.get(&of).map(|receipt| receipt.received().at)
    }

    /// When central received the photo, by its own clock.
    pub(super) fn photo_received_at(&self, photo: Digest) -> Option<Timestamp> {
        self.received_at(ReceiptOf::Photo(photo))
    }
}
