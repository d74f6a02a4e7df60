//! Packing at the station: what is to go, in how many parts, and the bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::archive::{ParcelError, Writer};
use super::label::Label;
use super::piece;
use crate::clock::Timestamp;
use crate::photo::Folder;
use crate::protocol::receipt::Item;
use crate::protocol::sealed::SealedEntry;
use crate::store::{Ledger, StoreError};
use crate::sync::reconcile::Link;

/// What is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What central has not signed for.
    Open,
    /// Everything that was recorded.
    All,
}

/// One thing that goes into a parcel.
#[derive(Debug)]
enum Good {
    Entry(Box<SealedEntry>),
    Photo { item: Item, bytes: u64, name: String },
}

impl Good {
    fn bytes(&self) -> u64 {
        match self {
            Self::Entry(entry) => entry.bytes().len() as u64,
            Self::Photo { bytes, .. } => *bytes,
        }
    }
}

/// Everything that is to go, entries first: the figures of a form are worth more than its pictures.
#[derive(Debug)]
pub struct Packing {
    label: Label,
    goods: Vec<Good>,
    /// Photos whose files are missing or damaged at this station: a person has to look for a good copy.
    pub left: Vec<Item>,
}

impl Packing {
    /// Looks up what is to go. Photos are read once to see that they are sound.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn of(ledger: &Ledger, photos: &Folder, scope: Scope, now: Timestamp) -> Result<Self, StoreError> {
        let founding = ledger.founding();
        let election = founding.election.digest();
        let label = Label::new(founding.station, election, ledger.central_url()?, founding.central.clone(), now);
        let open: BTreeSet<Item> = ledger.pending()?.into_iter().map(|pending| pending.item).collect();
        let goes = |item: &Item| scope == Scope::All || open.contains(item);
        let (mut entries, mut pictures, mut left) = (Vec::new(), BTreeMap::new(), Vec::new());
        for (at, entry) in ledger.entries()?.into_iter().enumerate() {
            let link = Link::of(&entry);
            if let Some((image, item)) = entry.entry().body.image().zip(link.photo).filter(|(_, item)| goes(item)) {
                pictures.entry(item).or_insert((at, piece::photo(&item.digest, image.kind)));
            }
            if goes(&link.entry) {
                entries.push(Good::Entry(Box::new(entry)));
            }
        }
        let mut pictures: Vec<_> = pictures.into_iter().map(|(item, (at, name))| (at, item, name)).collect();
        pictures.sort_unstable_by_key(|(at, ..)| *at);
        let mut goods = entries;
        for (_, item, name) in pictures {
            match photos.verify(&item.digest) {
                Ok(bytes) => goods.push(Good::Photo { item, bytes, name }),
                Err(_) => left.push(item),
            }
        }
        Ok(Self { label, goods, left })
    }

    /// How many items are to go.
    #[must_use]
    pub const fn items(&self) -> usize {
        self.goods.len()
    }

    /// In how many parts of at most `most` bytes each everything goes; an item larger than that has a part of its own.
    #[must_use]
    pub fn parts(&self, most: Option<u64>) -> usize {
        self.split(most).len().max(1)
    }

    fn split(&self, most: Option<u64>) -> Vec<&[Good]> {
        let most = most.unwrap_or(u64::MAX);
        let (mut parts, mut from, mut filled) = (Vec::new(), 0, 0_u64);
        for (at, good) in self.goods.iter().enumerate() {
            if at > from && filled.saturating_add(good.bytes()) > most {
                parts.push(&self.goods[from..at]);
                (from, filled) = (at, 0);
            }
            filled += good.bytes();
        }
        if from < self.goods.len() {
            parts.push(&self.goods[from..]);
        }
        parts
    }

    /// Writes part `part` (from 0) and gives back what was written to.
    ///
    /// # Errors
    /// [`ParcelError::Write`] when the file cannot be written, or a photo cannot be read any more.
    pub fn write<W: Write>(
        &self,
        photos: &Folder,
        (part, most): (usize, Option<u64>),
        out: W,
    ) -> Result<W, ParcelError> {
        let parts = self.split(most);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let goods = parts.get(part).copied().unwrap_or_default();
        let part = [number(part + 1), number(parts.len().max(1))];
        let mut writer = Writer::new(out, &Label { part, items: number(goods.len()), ..self.label.clone() })?;
        for good in goods {
            match good {
                Good::Entry(entry) => {
                    let name = piece::entry(entry.entry().seq, &entry.digest());
                    writer.add(&name, entry.bytes().len() as u64, entry.bytes())?;
                }
                Good::Photo { item, bytes, name } => {
                    let opened = photos.open_file(&item.digest);
                    let (file, _) = opened.map_err(|error| ParcelError::Write(std::io::Error::other(error)))?;
                    writer.add(name, *bytes, file)?;
                }
            }
        }
        writer.end()
    }
}
