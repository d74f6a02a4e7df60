//! A bundle on disk: the files that are safe to open, found without following a link.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::kind::Kind;
use super::role::Role;
use crate::protocol::bundle;
use crate::protocol::ids::StationId;

/// Deeper folders than `data/entries/{station}/` are not entered.
const DEPTH: usize = 3;
/// A province has some 60,000 TPS and each some 60 files.
const MOST_FILES: usize = 4_000_000;

/// Why a path is no bundle at all.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be read as a folder.
    #[error("the folder {} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// Nothing of a bundle is in it.
    #[error("the folder {} is no bundle: it has neither bagit.txt nor data", path.display())]
    NotABundle {
        /// Which.
        path: PathBuf,
    },
    /// More files than any bundle has.
    #[error("the folder {} holds more than {MOST_FILES} files", path.display())]
    TooMany {
        /// Which.
        path: PathBuf,
    },
}

/// A bundle on disk. What is not safe to open is named apart and otherwise not there.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    files: BTreeMap<String, u64>,
    refused: Vec<(String, Kind)>,
    stations: BTreeSet<StationId>,
}

impl Folder {
    /// Lists a bundle; no file is opened yet.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let mut folder =
            Self { root: root.to_owned(), files: BTreeMap::new(), refused: Vec::new(), stations: BTreeSet::new() };
        folder.walk(root, "", 0)?;
        let in_data = |path: &String| path.starts_with("data/");
        if !folder.files.contains_key(bundle::DECLARATION) && !folder.files.keys().any(in_data) {
            return Err(FolderError::NotABundle { path: root.to_owned() });
        }
        folder.stations = folder.files.keys().filter_map(|path| Role::of(path)?.station()).collect();
        Ok(folder)
    }

    fn walk(&mut self, at: &Path, prefix: &str, depth: usize) -> Result<(), FolderError> {
        let read = |source| FolderError::Read { path: at.to_owned(), source };
        for item in fs::read_dir(at).map_err(read)? {
            let item = item.map_err(read)?;
            let Some(name) = safe_name(&item.file_name()) else {
                self.refused.push((format!("{prefix}{}", item.file_name().to_string_lossy()), Kind::Unsafe));
                continue;
            };
            // Of the directory entry itself: a link is not followed.
            let facts = item.metadata().map_err(read)?;
            let path = format!("{prefix}{name}");
            if facts.is_dir() && depth < DEPTH {
                self.walk(&item.path(), &format!("{path}/"), depth + 1)?;
            } else if facts.is_file() {
                self.file(path, facts.len());
            } else {
                self.refused.push((path, Kind::Unsafe));
            }
            if self.files.len() + self.refused.len() > MOST_FILES {
                return Err(FolderError::TooMany { path: self.root.clone() });
            }
        }
        Ok(())
    }

    fn file(&mut self, path: String, bytes: u64) {
        if bytes > Role::of(&path).map_or(Role::limit_of_unknown(), Role::limit) {
            self.refused.push((path, Kind::TooLarge));
        } else {
            self.files.insert(path, bytes);
        }
    }

    /// Every file that may be opened, and its length in bytes as listed.
    pub(super) const fn files(&self) -> &BTreeMap<String, u64> {
        &self.files
    }

    /// Files and folders that were not opened, and why.
    pub(super) fn refused(&self) -> &[(String, Kind)] {
        &self.refused
    }

    /// Stations to which any file belongs.
    pub(super) const fn station_ids(&self) -> &BTreeSet<StationId> {
        &self.stations
    }

    /// Paths below a folder that ends in a slash, or that begin with a name.
    pub(super) fn below(&self, prefix: &str) -> impl Iterator<Item = &str> {
        let from = self.files.range(prefix.to_owned()..);
        from.map(|(path, _)| path.as_str()).take_while(move |path| path.starts_with(prefix))
    }

    /// Opens a listed file; reading ends one byte behind its limit, whatever grew there meanwhile.
    pub(super) fn reader(&self, path: &str) -> io::Result<io::Take<File>> {
        if !self.files.contains_key(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let limit = Role::of(path).map_or(Role::limit_of_unknown(), Role::limit);
        Ok(File::open(self.root.join(path))?.take(limit + 1))
    }

    /// The bytes of a listed file; `None` when it is not there or cannot be read, which the sums report.
    pub(super) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader(path).and_then(|mut file| file.read_to_end(&mut bytes)).ok()?;
        Some(bytes)
    }
}

/// A name of the letters that export uses; anything else could lead out of the folder or deceive a reader.
fn safe_name(name: &std::ffi::OsStr) -> Option<String> {
    let name = name.to_str()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (name != "." && name != ".." && name.bytes().all(plain)).then(|| name.to_owned())
}
