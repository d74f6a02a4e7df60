//! What one bundle holds, in short: enough to make its tables again and to compare it with another.

use std::collections::{BTreeMap, BTreeSet};

use super::recap::Recount;
use crate::audit::dossier::Dossier;
use crate::audit::record::Record;
use crate::audit::source::ReceiptOf;
use crate::audit::tables::{TableError, Tables};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::ids::{Region, Seq, StationId};
use crate::protocol::key::PublicKey;
use crate::protocol::state::Shows;

/// One bundle in short.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) election: Option<Election>,
    /// Central's key as it stands in the bundle.
    pub(super) central: Option<PublicKey>,
    pub(super) stations: BTreeMap<StationId, Held>,
    /// Made from the entries while they streamed past; none without an election file.
    pub(super) tables: Option<Result<Tables, TableError>>,
    /// Central's published sums, made again while the entries streamed past; none when none are published.
    pub(super) recount: Option<Recount>,
    /// When it says that it was exported.
    pub(super) exported_at: Option<Timestamp>,
}

impl Outline {
    /// Whether the election file is known, and says that no TPS stands in `region`.
    pub(super) fn has_none_in(&self, region: Region) -> bool {
        self.election.as_ref().is_some_and(|election| election.stations_in(region).is_empty())
    }
}

/// What a bundle holds of one station.
#[derive(Default)]
pub(super) struct Held {
    pub(super) entries: BTreeMap<Seq, Digest>,
    /// When central received what, by receipts that hold.
    pub(super) receipts: BTreeMap<ReceiptOf, Timestamp>,
    /// Photos that entries name and whose bytes are here, without light copies: whether one travelled says nothing.
    pub(super) photos: BTreeSet<Digest>,
    /// Light copies that entries name and that are here.
    pub(super) light: BTreeSet<Digest>,
    /// What each entry says a photo shows.
    pub(super) filed: Vec<(Digest, Shows)>,
    /// Entries of second histories.
    pub(super) conflicts: BTreeSet<Digest>,
}

impl Held {
    pub(super) fn of(dossier: &Dossier, record: &Record, here: &BTreeSet<Digest>) -> Self {
        let named: BTreeSet<Digest> = record.state.photos().iter().map(|kept| kept.image.sha256).collect();
        let (photos, light) = here.iter().copied().partition(|photo| named.contains(photo));
        let entries = record.steps.iter().map(|step| (step.entry.entry().seq, step.entry.digest()));
        let orphans = record.orphans.iter().map(|(of, receipt)| (*of, receipt.received().at));
        let receipts = record.receipts.iter().map(|(of, receipt)| (*of, receipt.received().at)).chain(orphans);
        let filed = record.state.photos().iter().map(|kept| (kept.image.sha256, kept.shows.clone())).collect();
        let conflicts = dossier.conflicts.iter().map(|bytes| Digest::of(bytes)).collect();
        Self { entries: entries.collect(), receipts: receipts.collect(), photos, light, filed, conflicts }
    }
}

impl Outline {
    pub(super) fn add(&mut self, dossier: &Dossier, record: &Record, here: &BTreeSet<Digest>) {
        self.stations.insert(record.station, Held::of(dossier, record, here));
        if let Some(Ok(tables)) = &mut self.tables
            && let Err(error) = tables.add(record)
        {
            self.tables = Some(Err(error));
        }
    }
}
