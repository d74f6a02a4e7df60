//! The folder of a bundle while it is written: every byte hashed on its way, all durable before it gets its name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use super::durable;
use super::error::BagError;
use super::info::Payload;
use crate::audit::seen;
use crate::digest::{Digest, Hasher};
use crate::protocol::bundle;

/// A bundle under way. It stays a partial folder unless [`Bag::finish`] is reached.
#[derive(Debug)]
pub(super) struct Bag {
    to: PathBuf,
    partial: PathBuf,
    sums: BTreeMap<String, Digest>,
    photos: BTreeSet<Digest>,
    bytes: u64,
}

impl Bag {
    /// Makes the partial folder beside `to`, under the first number that is free.
    pub(super) fn begin(to: &Path) -> Result<Self, BagError> {
        if to.symlink_metadata().is_ok() {
            return Err(BagError::Exists { path: to.to_owned() });
        }
        let name = to.file_name().ok_or_else(|| BagError::NoName { path: to.to_owned() })?;
        let mut number = 1_u32;
        let partial = loop {
            let mut name = name.to_owned();
            name.push(format!(".partial-{number}"));
            let partial = to.with_file_name(name);
            match fs::create_dir(&partial) {
                Ok(()) => break partial,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(source) => return Err(BagError::Write { path: partial, source }),
            }
        };
        Ok(Self { to: to.to_owned(), partial, sums: BTreeMap::new(), photos: BTreeSet::new(), bytes: 0 })
    }

    /// Whether something has this path already.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.sums.contains_key(path)
    }

    /// Whether this photo is written already; stations may share one.
    pub(super) fn holds_photo(&self, photo: &Digest) -> bool {
        self.photos.contains(photo)
    }

    /// How much is below `data/` so far.
    pub(super) fn payload(&self) -> Payload {
        Payload { bytes: self.bytes, files: self.sums.len() as u64 }
    }

    /// Writes a file below `data/`.
    pub(super) fn file(&mut self, path: &str, mut bytes: &[u8]) -> Result<(), BagError> {
        self.stream(path.to_owned(), &mut bytes)
    }

    /// Writes a photo under its name and the extension of its kind.
    pub(super) fn photo(&mut self, photo: &Digest, bytes: &mut dyn Read) -> Result<(), BagError> {
        self.photos.insert(*photo);
        let start = seen::start(bytes).map_err(|source| BagError::Read { path: format!("photo {photo}"), source })?;
        let path = match seen::kind(&start) {
            Some(kind) => bundle::photo(photo, kind),
            None => format!("{}{photo}.bin", bundle::PHOTOS),
        };
        self.stream(path, &mut start.chain(bytes))
    }

    fn stream(&mut self, path: String, bytes: &mut dyn Read) -> Result<(), BagError> {
        let (digest, length) = self.copy(&path, bytes)?;
        self.bytes += length;
        self.sums.insert(path, digest);
        Ok(())
    }

    /// Writes a new file, which [`Bag::finish`] makes durable; answers its digest and length in bytes.
    fn copy(&self, path: &str, bytes: &mut dyn Read) -> Result<(Digest, u64), BagError> {
        let to = self.partial.join(path);
        let write = |source| BagError::Write { path: to.clone(), source };
        fs::create_dir_all(parent(&to)).map_err(write)?;
        let mut file = File::create_new(&to).map_err(write)?;
        let mut hasher = Hasher::default();
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let read = bytes.read(&mut buffer).map_err(|source| BagError::Read { path: path.to_owned(), source })?;
            if read == 0 {
                return Ok(hasher.finish());
            }
            hasher.update(&buffer[..read]);
            file.write_all(&buffer[..read]).map_err(write)?;
        }
    }

    /// Writes the tag files, makes everything durable and gives the bundle its name; answers the tag manifest's digest.
    pub(super) fn finish(self, info: &str) -> Result<Digest, BagError> {
        let manifest: String = self.sums.iter().map(|(path, digest)| bundle::manifest_line(digest, path)).collect();
        let tags = [
            (bundle::INFO, info),
            (bundle::DECLARATION, bundle::DECLARATION_TEXT),
            (bundle::MANIFEST, manifest.as_str()),
        ];
        let line = |(path, text): &(&str, &str)| bundle::manifest_line(&Digest::of(text.as_bytes()), path);
        let tag_manifest: String = tags.iter().map(line).collect();
        for (path, text) in tags.into_iter().chain([(bundle::TAG_MANIFEST, tag_manifest.as_str())]) {
            self.copy(path, &mut text.as_bytes())?;
        }
        durable::tree(&self.partial).map_err(|source| BagError::Write { path: self.partial.clone(), source })?;
        if self.to.symlink_metadata().is_ok() {
            return Err(BagError::Exists { path: self.to });
        }
        let named = fs::rename(&self.partial, &self.to).and_then(|()| durable::names(parent(&self.to)));
        named.map_err(|source| BagError::Write { path: self.to.clone(), source })?;
        Ok(Digest::of(tag_manifest.as_bytes()))
    }
}

/// The folder that holds `path`; a bare name is in the current one.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
