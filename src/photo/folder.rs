//! The folder of photos: each file is named by the SHA-256 of its content.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::FolderError;
use super::incoming::{Incoming, sweep};
use crate::digest::{Digest, Hasher};

/// A content-addressed folder. Files come in and are never changed or removed.
///
/// Several processes may use one folder at the same time.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

/// What was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The SHA-256 of the content, which is also its name.
    pub digest: Digest,
    /// The length in bytes.
    pub bytes: u64,
}

impl Folder {
    /// Opens the folder at `path`, creating it where needed, and removes what a crash left half written.
    ///
    /// # Errors
    /// [`FolderError`] when the folder cannot be made or listed.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, FolderError> {
        let path = path.into();
        if !path.is_dir() {
            fs::create_dir_all(&path).map_err(|source| FolderError::write(&path, source))?;
            if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                sync_folder(parent)?;
            }
        }
        sweep(&path).map_err(|source| FolderError::read(&path, source))?;
        Ok(Self { path })
    }

    /// Stores all that `reader` yields, at most `limit` bytes. **Durable when it returns**: content and name are on disk.
    ///
    /// The same content again gives the same answer and rewrites nothing, unless the copy on disk has been damaged since:
    /// then the good bytes take its place. Memory use does not depend on the length.
    ///
    /// # Errors
    /// [`FolderError`]; nothing is stored then.
    pub fn put(&self, mut reader: impl Read, limit: u64) -> Result<Stored, FolderError> {
        let mut incoming = Incoming::create(&self.path).map_err(|(path, source)| FolderError::write(&path, source))?;
        let mut hasher = Hasher::default();
        let mut received = 0;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let piece = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => &buffer[..length],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(FolderError::Receive { source }),
            };
            received += piece.len() as u64;
            if received > limit {
                return Err(FolderError::TooManyBytes { limit });
            }
            hasher.update(piece);
            incoming.write(piece).map_err(|source| FolderError::write(incoming.path(), source))?;
        }
        let (digest, bytes) = hasher.finish();
        self.settle(incoming, &digest)?;
        Ok(Stored { digest, bytes })
    }

    /// Gives a complete file its name, unless a sound copy has it already.
    fn settle(&self, incoming: Incoming, digest: &Digest) -> Result<(), FolderError> {
        if self.verify(digest).is_err() {
            let name = self.name(digest);
            incoming.keep_as(&name).map_err(|source| FolderError::write(&name, source))?;
        }
        // Also for a copy that was there: another process may have named it a moment ago and not synced the folder yet.
        sync_folder(&self.path)
    }

    /// Whether a photo of this digest is here. Its content is not looked at.
    #[must_use]
    pub fn contains(&self, digest: &Digest) -> bool {
        self.name(digest).is_file()
    }

    /// Opens a photo for streaming, and gives its length in bytes. The content is not checked; [`Self::verify`] does that.
    ///
    /// # Errors
    /// [`FolderError::Missing`] or [`FolderError::Read`].
    pub fn open_file(&self, digest: &Digest) -> Result<(File, u64), FolderError> {
        let path = self.name(digest);
        let file = File::open(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => FolderError::Missing { digest: *digest, folder: self.path.clone() },
            _ => FolderError::read(&path, source),
        })?;
        let length = file.metadata().map_err(|source| FolderError::read(&path, source))?.len();
        Ok((file, length))
    }

    /// Reads a whole photo and checks it against its digest.
    ///
    /// # Errors
    /// [`FolderError::Missing`], [`FolderError::Damaged`] or [`FolderError::Read`].
    pub fn read(&self, digest: &Digest) -> Result<Vec<u8>, FolderError> {
        let (mut file, _) = self.open_file(digest)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|source| FolderError::read(&self.name(digest), source))?;
        expect_digest(digest, Digest::of(&bytes))?;
        Ok(bytes)
    }

    /// Hashes a photo again and gives its length in bytes.
    ///
    /// # Errors
    /// [`FolderError::Missing`], [`FolderError::Damaged`] or [`FolderError::Read`].
    pub fn verify(&self, digest: &Digest) -> Result<u64, FolderError> {
        let (file, _) = self.open_file(digest)?;
        let (found, bytes) = Digest::of_reader(file).map_err(|source| FolderError::read(&self.name(digest), source))?;
        expect_digest(digest, found)?;
        Ok(bytes)
    }

    /// The digests of all photos here, in ascending order. Files with other names are passed over.
    ///
    /// # Errors
    /// [`FolderError::Read`] when the folder cannot be listed.
    pub fn list(&self) -> Result<Vec<Digest>, FolderError> {
        let failed = |source| FolderError::read(&self.path, source);
        let mut digests = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            digests.extend(name.to_str().and_then(|name| name.parse::<Digest>().ok()));
        }
        digests.sort_unstable();
        Ok(digests)
    }

    fn name(&self, digest: &Digest) -> PathBuf {
        self.path.join(digest.to_string())
    }
}

fn expect_digest(digest: &Digest, found: Digest) -> Result<(), FolderError> {
    if found == *digest { Ok(()) } else { Err(FolderError::Damaged { digest: *digest, found }) }
}

/// Brings new names in `folder` to disk. Windows has no such call; there a rename is written through.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), FolderError> {
    if cfg!(unix) {
        File::open(folder).and_then(|open| open.sync_all()).map_err(|source| FolderError::write(folder, source))?;
    }
    Ok(())
}
