//! The photos: content-addressed bytes.

use std::io::Read;

use crate::digest::Digest;
use crate::photo::{Folder, FolderError, Stored};

/// A photo opened for reading, and its length in bytes.
pub type OpenPhoto = (Box<dyn Read + Send>, u64);

/// Keeps photos by their SHA-256. Shared by all requests.
pub trait Photos: Send + Sync {
    /// Stores all that `reader` yields, at most `limit` bytes. **Durable when it returns.** The same photo again is harmless.
    ///
    /// # Errors
    /// [`FolderError`]; nothing is stored then.
    fn put(&self, reader: &mut dyn Read, limit: u64) -> Result<Stored, FolderError>;

    /// Opens a photo; `None` when it is not here.
    ///
    /// # Errors
    /// [`FolderError`].
    fn open(&self, digest: &Digest) -> Result<Option<OpenPhoto>, FolderError>;
}

impl Photos for Folder {
    fn put(&self, reader: &mut dyn Read, limit: u64) -> Result<Stored, FolderError> {
        Self::put(self, reader, limit)
    }

    fn open(&self, digest: &Digest) -> Result<Option<OpenPhoto>, FolderError> {
        match self.open_file(digest) {
            Ok((file, length)) => Ok(Some((Box::new(file), length))),
            Err(FolderError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
