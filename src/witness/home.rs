//! The folder of a witness: for each log the last checkpoint that it cosigned, written before anybody sees it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::WitnessError;
use crate::digest::Digest;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::cosignature::WitnessKey;
use crate::protocol::key::PublicKey;
use crate::store::durable;

/// Folder of the last cosigned checkpoints.
const LOGS: &str = "logs";
/// Held while a witness works.
const LOCK: &str = "witness.lock";

/// The folder, locked for one witness.
#[derive(Debug)]
pub struct Home {
    pub(super) folder: PathBuf,
    _lock: File,
}

impl Home {
    /// Opens the folder at `path`, making it where there is none. The lock ends with the process, however that ends.
    ///
    /// # Errors
    /// [`WitnessError::InUse`], [`WitnessError::Folder`].
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, WitnessError> {
        let folder = path.into();
        make(&folder.join(LOGS))?;
        let path = folder.join(LOCK);
        let opened = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = opened.map_err(|source| failed(&path, source))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(WitnessError::InUse(folder)),
            Err(TryLockError::Error(source)) => Err(failed(&path, source)),
        }
    }

    /// The last checkpoint of the log of `key` that `witness` cosigned; both signatures are checked.
    ///
    /// # Errors
    /// [`WitnessError`]. A file that does not hold is never passed over: the witness would begin anew and could be led
    /// into a second history.
    pub fn kept(&self, key: &PublicKey, witness: &WitnessKey) -> Result<Option<Checkpoint>, WitnessError> {
        let path = self.path(key.name());
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed(&path, source)),
        };
        let checkpoint =
            Checkpoint::verify(bytes, key).map_err(|source| WitnessError::Kept { path: path.clone(), source })?;
        witness.verify(&checkpoint).map_err(|source| WitnessError::KeptByOther { path, source })?;
        Ok(Some(checkpoint))
    }

    /// Keeps a cosigned checkpoint in place of the one before. **Durable when it returns.**
    ///
    /// # Errors
    /// [`WitnessError::Folder`]; the one before is kept then.
    pub fn keep(&mut self, cosigned: &Checkpoint) -> Result<(), WitnessError> {
        let path = self.path(cosigned.origin());
        durable::write(&path, cosigned.note().bytes()).map_err(|source| failed(&path, source))
    }

    /// A log's name may hold anything; its digest is a file name everywhere. The name stands in the file's first line.
    fn path(&self, origin: &str) -> PathBuf {
        self.folder.join(LOGS).join(format!("{}.note", Digest::of(origin.as_bytes())))
    }
}

pub(super) fn make(folder: &Path) -> Result<(), WitnessError> {
    durable::make_folder(folder).map_err(|source| failed(folder, source))
}

pub(super) fn failed(path: &Path, source: io::Error) -> WitnessError {
    WitnessError::Folder { path: path.to_owned(), source }
}
