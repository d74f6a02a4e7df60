//! A bundle on disk as a source of evidence: whatever can be read of it.

use std::convert::Infallible;
use std::io::Read;

use super::folder::Folder;
use super::role::Role;
use super::source::{KeptAnnotation, KeptReceipt, Source};
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::ids::{Region, StationId};
use crate::protocol::sealed::SealedEntry;

impl Folder {
    /// Paths below `prefix` that `key` gives a place, in the order of these places.
    fn ordered<K: Ord>(&self, prefix: &str, key: impl Fn(Role) -> Option<K>) -> Vec<(K, &str)> {
        let mut all: Vec<_> =
            self.below(prefix).filter_map(|path| Some((Role::of(path).and_then(&key)?, path))).collect();
        all.sort();
        all
    }

    /// The file that holds a photo: the first, should there be one for each extension.
    pub(super) fn photo_path(&self, photo: &Digest) -> Option<&str> {
        self.below(&format!("{}{photo}.", bundle::PHOTOS)).find(|path| Role::of(path).is_some())
    }
}

/// A file that is missing or unreadable is absent here; that it should be there is for the manifest, the chain and the
/// entries to say.
impl Source for Folder {
    type Error = Infallible;

    fn election(&self) -> Result<Vec<u8>, Infallible> {
        Ok(self.bytes(bundle::ELECTION).unwrap_or_default())
    }

    fn central_key(&self) -> Result<Option<String>, Infallible> {
        let text = self.bytes(bundle::CENTRAL_KEY).and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(text.map(|text| text.trim_end_matches('\n').to_owned()))
    }

    fn cosigned(&self) -> Result<Vec<Vec<u8>>, Infallible> {
        let paths = self.ordered(bundle::CHECKPOINTS, |role| match role {
            Role::Checkpoint(size) => Some(size),
            _ => None,
        });
        Ok(paths.into_iter().filter_map(|(_, path)| self.bytes(path)).collect())
    }

    fn stations(&self) -> Result<Vec<StationId>, Infallible> {
        Ok(self.station_ids().iter().copied().collect())
    }

    fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        let prefix = format!("{}{station}-", bundle::ACCREDITATIONS);
        let paths = self.below(&prefix).filter(|path| Role::of(path).is_some());
        Ok(paths.filter_map(|path| self.bytes(path)).collect())
    }

    fn entries(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        let paths = self.ordered(&format!("{}{station}/", bundle::ENTRIES), |role| match role {
            Role::Entry(_, seq) => Some(seq),
            _ => None,
        });
        Ok(paths.into_iter().filter_map(|(_, path)| self.bytes(path)).collect())
    }

    fn conflicts(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        let prefix = format!("{}{station}/", bundle::CONFLICTS);
        let paths = self.below(&prefix).filter(|path| Role::of(path).is_some());
        Ok(paths.filter_map(|path| self.bytes(path)).collect())
    }

    fn receipts(&self, station: StationId) -> Result<Vec<KeptReceipt>, Infallible> {
        let paths = self.ordered(&format!("{}{station}/", bundle::RECEIPTS), |role| match role {
            Role::Receipt(_, of) => Some(of),
            _ => None,
        });
        Ok(paths.into_iter().filter_map(|(of, path)| Some(KeptReceipt { of, bytes: self.bytes(path)? })).collect())
    }

    fn attempts(&self, station: StationId) -> Result<Option<String>, Infallible> {
        let bytes = self.bytes(&bundle::attempts(station));
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Those that the station's entries name, light copies among them: a photo without an entry belongs to no station of a bundle.
    fn photos(&self, station: StationId) -> Result<Vec<Digest>, Infallible> {
        let entries = self.entries(station)?.into_iter().filter_map(|bytes| SealedEntry::parse(bytes).ok());
        let images = entries.filter_map(|sealed| sealed.entry().body.image().cloned());
        let named = images.flat_map(|image| [Some(image.sha256), image.light.map(|light| light.sha256)]).flatten();
        let mut here: Vec<_> = named.filter(|photo| self.photo_path(photo).is_some()).collect();
        here.sort_unstable();
        here.dedup();
        Ok(here)
    }

    fn annotations(&self) -> Result<Vec<KeptAnnotation>, Infallible> {
        let notes = self.below(bundle::ANNOTATIONS).filter_map(|path| match Role::of(path) {
            Some(Role::Annotation(digest)) => Some((digest, self.bytes(path)?)),
            _ => None,
        });
        let kept =
            notes.map(|(digest, note)| KeptAnnotation { note, proof: self.bytes(&bundle::annotation_proof(&digest)) });
        Ok(kept.collect())
    }

    fn open_photo(&self, photo: &Digest) -> Result<Option<Box<dyn Read + '_>>, Infallible> {
        let file = self.photo_path(photo).and_then(|path| self.reader(path).ok());
        Ok(file.map(|file| Box::new(file) as Box<dyn Read>))
    }

    fn recap(&self, region: Region) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.bytes(&bundle::recap(region)))
    }
}
