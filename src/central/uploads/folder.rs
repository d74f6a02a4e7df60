//! The folder of parts: for each upload one file with its bytes and one that says what they are to become.
//!
//! How far an upload has come is the length of its file, and stands nowhere else: nothing can contradict it.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::scratch::Scratch;
use super::upload::{Upload, UploadId, Wanted};
use crate::central::file;
use crate::clock::Timestamp;
use crate::photo::{FolderError, Incoming, sweep, sync_folder};

/// What the second file says.
#[derive(Serialize, Deserialize)]
struct Record {
    wanted: Wanted,
    expires: Timestamp,
}

/// The folder.
#[derive(Debug)]
pub(super) struct Parts {
    path: PathBuf,
    _scratch: Option<Scratch>,
}

impl Parts {
    /// The folder at `path`, made where needed; without a path a temporary one.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, FolderError> {
        let Some(path) = path else {
            let made = Scratch::new().map_err(|source| FolderError::write(&std::env::temp_dir(), source))?;
            return Ok(Self { path: made.path().to_owned(), _scratch: Some(made) });
        };
        file::make_folder(path).map_err(|source| FolderError::write(path, source))?;
        sweep(path).map_err(|source| FolderError::read(path, source))?;
        Ok(Self { path: path.to_owned(), _scratch: None })
    }

    /// Every upload that a run before has left; what belongs to none is removed.
    pub(super) fn load(&self) -> Result<HashMap<UploadId, Upload>, FolderError> {
        let failed = |source| FolderError::read(&self.path, source);
        let mut found = HashMap::new();
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let id = path.file_stem().and_then(OsStr::to_str).and_then(|stem| stem.parse::<UploadId>().ok());
            let Some(id) = id else { continue };
            match self.read(id) {
                Some(upload) => drop(found.insert(id, upload)),
                None => self.remove(id),
            }
        }
        Ok(found)
    }

    fn read(&self, id: UploadId) -> Option<Upload> {
        let record: Record = serde_json::from_slice(&fs::read(self.record(id)).ok()?).ok()?;
        let offset = fs::metadata(self.bytes(id)).ok()?.len();
        let upload = Upload { wanted: record.wanted, expires: record.expires, offset, finished: false };
        (offset <= upload.wanted.length).then_some(upload)
    }

    /// Makes room for a new upload. **Durable when it returns.** The bytes' file comes first: a record without one is none.
    pub(super) fn create(&self, id: UploadId, upload: &Upload) -> Result<(), FolderError> {
        let (bytes, record) = (self.bytes(id), self.record(id));
        File::create_new(&bytes)
            .and_then(|file| file.sync_all())
            .map_err(|source| FolderError::write(&bytes, source))?;
        let text = Record { wanted: upload.wanted.clone(), expires: upload.expires };
        let text = serde_json::to_vec(&text).map_err(|source| FolderError::write(&record, source.into()))?;
        let mut incoming = Incoming::create(&self.path).map_err(|(path, source)| FolderError::write(&path, source))?;
        let written = incoming.write(&text).and_then(|()| incoming.keep_as(&record));
        written.map_err(|source| FolderError::write(&record, source))?;
        sync_folder(&self.path)
    }

    /// Where the bytes are.
    pub(super) fn bytes(&self, id: UploadId) -> PathBuf {
        self.path.join(id.to_string())
    }

    fn record(&self, id: UploadId) -> PathBuf {
        self.path.join(format!("{id}.json"))
    }

    /// Removes an upload, the record first: bytes without one are removed when the folder is opened again.
    pub(super) fn remove(&self, id: UploadId) {
        for path in [self.record(id), self.bytes(id)] {
            // What cannot be removed now is found and removed when it has expired or the folder is opened again.
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::protocol::coding::Coding;

    fn upload(length: u64) -> Upload {
        let station = "35.74.03.1001-001".parse().expect("station");
        let wanted = Wanted {
            station,
            sha256: Digest::of(b"x"),
            length,
            coding: Coding::Lepton,
            metadata: "sha256 eA==".into(),
        };
        Upload::new(wanted, Timestamp::from_millis(5).expect("in range"))
    }

    #[test]
    fn what_was_created_is_found_again_and_ruins_are_cleared() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = || Parts::open(Some(folder.path())).expect("opens");
        let [good, long, bare, torn] = [(); 4].map(|()| UploadId::random());
        parts().create(good, &upload(9)).expect("creates");
        fs::write(parts().bytes(good), b"1234").expect("writes");
        parts().create(long, &upload(3)).expect("creates");
        fs::write(parts().bytes(long), b"1234").expect("writes");
        fs::write(parts().bytes(bare), b"bytes without a record").expect("writes");
        fs::write(parts().record(torn), b"{").expect("writes");
        fs::write(folder.path().join("notes.txt"), b"not ours").expect("writes");
        let found = parts().load().expect("reads");
        assert_eq!(found, HashMap::from([(good, Upload { offset: 4, ..upload(9) })]));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3, "two files of one upload, one not ours");
        parts().remove(good);
        assert_eq!(parts().load().expect("reads"), HashMap::new());
    }

    #[test]
    fn a_temporary_folder_goes_with_its_central() {
        let parts = Parts::open(None).expect("opens");
        parts.create(UploadId::random(), &upload(1)).expect("creates");
        let path = parts.path.clone();
        drop(parts);
        assert!(!path.exists());
    }
}
