//! What the other end of the link has: receipts in Plano's case, whole files in everybody else's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use plano::digest::Digest;
use plano::protocol::receipt::What;
use plano::protocol::sealed::SealedEntry;

use super::peers::Place;
use crate::support::two_forms::TwoForms;

/// How much was received.
#[derive(Clone, Copy)]
pub(super) struct Received {
    /// Every entry: figures, seals, what names the photos.
    pub(super) numbers: bool,
    /// The photos too.
    pub(super) all: bool,
}

/// Writes the entries and the photos as files, named so that the numbers come first, and makes the other folders of a run.
pub(super) fn write_files(two: &TwoForms) -> Vec<String> {
    for folder in ["files", "received", "state"] {
        std::fs::create_dir(two.path().join(folder)).expect("makes");
    }
    let entries = (1..).zip(&two.day.entries).map(|(at, entry)| (format!("1-entry-{at:02}.note"), entry.bytes()));
    let photos = (1..).zip(&two.day.photos).map(|(at, photo)| (format!("2-photo-{at}.jpg"), photo.as_slice()));
    let write = |(name, bytes): (String, &[u8])| {
        std::fs::write(two.path().join("files").join(&name), bytes).expect("writes");
        name
    };
    entries.chain(photos).map(write).collect()
}

/// Looks whether the station has receipts.
pub(super) fn by_receipts(two: &TwoForms) -> Box<dyn FnMut() -> Received> {
    let ledger = two.ledger();
    Box::new(move || {
        let pending = ledger.pending().expect("reads");
        let numbers = pending.iter().all(|open| !matches!(open.item.what, What::Entry(_)));
        Received { numbers, all: pending.is_empty() }
    })
}

/// Looks whether the server has files with the bytes, whatever their names are.
pub(super) fn by_files(two: &TwoForms, place: &Place) -> Box<dyn FnMut() -> Received> {
    let digests = |all: Vec<&[u8]>| -> BTreeMap<Digest, u64> {
        all.into_iter().map(|bytes| (Digest::of(bytes), bytes.len() as u64)).collect()
    };
    let mut numbers = digests(two.day.entries.iter().map(SealedEntry::bytes).collect());
    let mut photos = digests(two.day.photos.iter().map(Vec::as_slice).collect());
    let (folder, mut known) = (place.received(), BTreeSet::new());
    Box::new(move || {
        for (path, length) in files(&folder) {
            if known.contains(&path) || !numbers.values().chain(photos.values()).any(|wanted| *wanted == length) {
                continue;
            }
            // A file that goes away while it is looked at comes again under its own name.
            let digest = Digest::of(&std::fs::read(&path).unwrap_or_default());
            if numbers.remove(&digest).or_else(|| photos.remove(&digest)).is_some() {
                known.insert(path);
            }
        }
        Received { numbers: numbers.is_empty(), all: numbers.is_empty() && photos.is_empty() }
    })
}

/// The files of a folder with their lengths.
fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let items = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    let file = |item: std::fs::DirEntry| {
        item.metadata().ok().filter(std::fs::Metadata::is_file).map(|known| (item.path(), known.len()))
    };
    items.filter_map(file).collect()
}
