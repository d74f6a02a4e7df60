//! What a file of a bundle is, by its path alone, and how large it may be.

use super::source::ReceiptOf;
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::ids::{Region, Seq, Slot, StationId};
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::limits;

/// The files a bundle consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `bagit.txt`, `bag-info.txt` or a manifest.
    Tag,
    Election,
    CentralKey,
    Guide,
    Accreditation(StationId),
    Entry(StationId, Seq),
    Conflict(StationId),
    Photo(Digest),
    Receipt(StationId, ReceiptOf),
    Attempts(StationId),
    Annotation(Digest),
    AnnotationProof(Digest),
    Checkpoint(u64),
    Table,
    Recap(Region),
}

/// The largest election file, manifest, table, or record of attempts that is opened: a province fits.
const LARGE: u64 = 512 * 1024 * 1024;
/// The largest note or receipt.
const SMALL: u64 = limits::ENTRY_BYTES;

impl Role {
    /// What the file at `path` is; `None` when nothing of a bundle has that path.
    pub(super) fn of(path: &str) -> Option<Self> {
        match path {
            bundle::DECLARATION | bundle::INFO | bundle::MANIFEST | bundle::TAG_MANIFEST => return Some(Self::Tag),
            bundle::ELECTION => return Some(Self::Election),
            bundle::CENTRAL_KEY => return Some(Self::CentralKey),
            bundle::VERIFY => return Some(Self::Guide),
            _ => {}
        }
        let role = in_folder(path)?;
        // Only the one spelling that export writes: no second file can pass for the same thing.
        (role.path().is_none_or(|spelled| spelled == path)).then_some(role)
    }

    /// The station it belongs to, when it belongs to one.
    pub(super) const fn station(self) -> Option<StationId> {
        match self {
            Self::Accreditation(station)
            | Self::Entry(station, _)
            | Self::Conflict(station)
            | Self::Receipt(station, _)
            | Self::Attempts(station) => Some(station),
            Self::Tag
            | Self::Election
            | Self::CentralKey
            | Self::Guide
            | Self::Photo(_)
            | Self::Annotation(_)
            | Self::AnnotationProof(_)
            | Self::Checkpoint(_)
            | Self::Table
            | Self::Recap(_) => None,
        }
    }

    /// How large such a file may be, in bytes.
    pub(super) const fn limit(self) -> u64 {
        match self {
            Self::Tag | Self::Election | Self::Attempts(_) | Self::Table | Self::Recap(_) => LARGE,
            Self::CentralKey
            | Self::Guide
            | Self::Accreditation(_)
            | Self::Entry(..)
            | Self::Conflict(_)
            | Self::Annotation(_)
            | Self::AnnotationProof(_)
            | Self::Checkpoint(_)
            | Self::Receipt(..) => SMALL,
            Self::Photo(_) => limits::PHOTO_BYTES,
        }
    }

    /// How large a file of no role may be to be hashed, in bytes.
    pub(super) const fn limit_of_unknown() -> u64 {
        LARGE
    }

    /// The one path it has, when its role fixes that.
    fn path(self) -> Option<String> {
        match self {
            Self::Entry(station, seq) => Some(bundle::entry(station, seq)),
            Self::Receipt(station, of) => Some(receipt_path(station, of)),
            Self::Attempts(station) => Some(bundle::attempts(station)),
            Self::Annotation(digest) => Some(bundle::annotation(&digest)),
            Self::AnnotationProof(digest) => Some(bundle::annotation_proof(&digest)),
            Self::Recap(region) => Some(bundle::recap(region)),
            Self::Checkpoint(size) => Some(bundle::checkpoint(size)),
            _ => None,
        }
    }
}

/// Path of the receipt that is kept for something of a station.
pub(super) fn receipt_path(station: StationId, of: ReceiptOf) -> String {
    // The path depends neither on an entry's digest nor on a photo's length.
    let (what, digest) = match of {
        ReceiptOf::Entry(seq) => (What::Entry(seq), Digest::of(b"")),
        ReceiptOf::Photo(digest) => (What::Photo(0), digest),
    };
    bundle::receipt(&Item { station, what, digest })
}

fn in_folder(path: &str) -> Option<Role> {
    if let Some(rest) = path.strip_prefix(bundle::ENTRIES) {
        let (station, name) = rest.split_once('/')?;
        return Some(Role::Entry(station.parse().ok()?, seq(name.strip_suffix(".note")?)?));
    }
    if let Some(rest) = path.strip_prefix(bundle::CONFLICTS) {
        let (station, name) = rest.split_once('/')?;
        let (number, digest) = name.strip_suffix(".note")?.split_once('-')?;
        let (station, digest): (StationId, Digest) = (station.parse().ok()?, digest.parse().ok()?);
        return (bundle::conflict(station, seq(number)?, &digest) == path).then_some(Role::Conflict(station));
    }
    if let Some(rest) = path.strip_prefix(bundle::RECEIPTS) {
        let (station, name) = rest.split_once('/')?;
        let name = name.strip_suffix(".tlog-proof")?;
        let of = name.parse().map_or_else(|_| seq(name).map(ReceiptOf::Entry), |photo| Some(ReceiptOf::Photo(photo)));
        return Some(Role::Receipt(station.parse().ok()?, of?));
    }
    if let Some(rest) = path.strip_prefix(bundle::ACCREDITATIONS) {
        let (rest, from) = rest.strip_suffix(".note")?.rsplit_once('-')?;
        let (station, slot) = rest.rsplit_once('-')?;
        let (station, slot): (StationId, Slot) = (station.parse().ok()?, slot.parse().ok()?);
        return (bundle::accreditation(station, slot, seq(from)?) == path).then_some(Role::Accreditation(station));
    }
    if let Some(rest) = path.strip_prefix(bundle::PHOTOS) {
        let (name, extension) = rest.split_once('.')?;
        return matches!(extension, "jpg" | "png" | "bin").then(|| name.parse().ok().map(Role::Photo))?;
    }
    if let Some(rest) = path.strip_prefix(bundle::ATTEMPTS) {
        return Some(Role::Attempts(rest.strip_suffix(".jsonl")?.parse().ok()?));
    }
    if let Some(rest) = path.strip_prefix(bundle::ANNOTATIONS) {
        return annotation(rest);
    }
    if let Some(rest) = path.strip_prefix(bundle::RECAP) {
        return Some(Role::Recap(rest.strip_suffix(".json")?.parse().ok()?));
    }
    if let Some(rest) = path.strip_prefix(bundle::CHECKPOINTS) {
        return Some(Role::Checkpoint(rest.strip_suffix(".note")?.parse().ok()?));
    }
    let table = path.strip_prefix(bundle::TABLES)?;
    super::tables::NAMES.contains(&table).then_some(Role::Table)
}

fn annotation(name: &str) -> Option<Role> {
    let (name, extension) = name.split_once('.')?;
    let digest = name.parse().ok()?;
    match extension {
        "note" => Some(Role::Annotation(digest)),
        "tlog-proof" => Some(Role::AnnotationProof(digest)),
        _ => None,
    }
}

fn seq(text: &str) -> Option<Seq> {
    text.parse().ok().and_then(Seq::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_that_export_writes_has_its_role_and_no_other_spelling() {
        let station: StationId = "35.74.03.1001-001".parse().expect("station");
        let (seq, digest) = (Seq::new(7).expect("seq"), Digest::of(b"x"));
        let table = [
            (bundle::entry(station, seq), Role::Entry(station, seq)),
            (bundle::conflict(station, seq, &digest), Role::Conflict(station)),
            (receipt_path(station, ReceiptOf::Entry(seq)), Role::Receipt(station, ReceiptOf::Entry(seq))),
            (receipt_path(station, ReceiptOf::Photo(digest)), Role::Receipt(station, ReceiptOf::Photo(digest))),
            (bundle::accreditation(station, Slot::P2, seq), Role::Accreditation(station)),
            (bundle::attempts(station), Role::Attempts(station)),
            (bundle::annotation(&digest), Role::Annotation(digest)),
            (bundle::annotation_proof(&digest), Role::AnnotationProof(digest)),
            (format!("{}{digest}.png", bundle::PHOTOS), Role::Photo(digest)),
            (bundle::checkpoint(7), Role::Checkpoint(7)),
            (format!("{}recap.csv", bundle::TABLES), Role::Table),
            (bundle::recap(station.kelurahan()), Role::Recap(station.kelurahan())),
        ];
        for (path, role) in table {
            assert_eq!(Role::of(&path), Some(role), "{path}");
            for other in [path.replace("000007", "7"), path.replace("35.74.03.1001", "3574031001"), path.clone() + "x"]
            {
                assert!(other == path || Role::of(&other).is_none(), "{other}");
            }
        }
    }
}
