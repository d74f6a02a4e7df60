//! Central's folder: key, election file, ledger, photos.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rand::Rng;

use super::enrol::{IssuedCode, issue};
use super::file;
use super::keeper::{Central, CentralError};
use super::operator::Register;
use super::store::{LedgerError, OpenLedgerError, SqliteLedger};
use super::witnesses::Witnesses;
use crate::clock::Timestamp;
use crate::photo::{Folder, FolderError};
use crate::protocol::cosignature::WitnessKey;
use crate::protocol::election::{Election, ElectionError};
use crate::protocol::ids::{Slot, StationId};
use crate::protocol::key::{KeyError, PrivateKey, PublicKey};

/// The secret key, one line; only its owner may read the file.
const SECRET: &str = "central.key";
/// The public key, one line: what stations and auditors need.
const PUBLIC: &str = "central.pub";
/// The election file.
const ELECTION: &str = "election.note";
/// The ledger.
const LEDGER: &str = "central.sqlite";
/// The photos.
const PHOTOS: &str = "photos";
/// Photos on their way.
const UPLOADS: &str = "uploads";
/// The operators and what their passwords are checked with; only its owner may read the file.
const OPERATORS: &str = "operators";
/// What witnesses cosigned last, one file each.
const COSIGNED: &str = "cosigned";

/// What central was doing with its folder, and why it failed.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// There is a central in this folder.
    #[error("{} holds a central already; choose another folder", .0.display())]
    Taken(PathBuf),
    /// Reading one of its files.
    #[error("reading {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Writing one of its files.
    #[error("writing {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// A key.
    #[error("the key in {} cannot be used", path.display())]
    Key {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: KeyError,
    },
    /// The election file.
    #[error("the election file of central cannot be used")]
    Election(#[from] ElectionError),
    /// The ledger's file.
    #[error("opening the ledger of central")]
    OpenLedger(#[from] OpenLedgerError),
    /// The folder of photos.
    #[error("opening the photos of central")]
    Photos(#[from] FolderError),
    /// Central, starting from what the ledger holds.
    #[error("starting central")]
    Central(#[from] CentralError),
    /// Issuing codes.
    #[error("issuing codes")]
    Issue(#[source] LedgerError),
}

/// A folder that holds everything of one central.
#[derive(Debug, Clone)]
pub struct Home(PathBuf);

impl Home {
    /// The folder at `path`, which [`Home::init`] has made or will make.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Makes the folder: a key named `origin` out of 32 secret random bytes, the election file, an empty ledger.
    ///
    /// The secret key is written last: a folder with a key is whole, one without is made anew.
    ///
    /// # Errors
    /// [`HomeError`].
    pub fn init(&self, origin: &str, election: &Election, seed: &[u8; 32]) -> Result<PublicKey, HomeError> {
        let secret = self.file(SECRET);
        if secret.exists() {
            return Err(HomeError::Taken(self.0.clone()));
        }
        let key = PrivateKey::from_seed(origin, seed).map_err(|source| HomeError::Key { path: secret, source })?;
        let photos = self.file(PHOTOS);
        fs::create_dir_all(&photos).map_err(|source| HomeError::Write { path: photos, source })?;
        self.write(ELECTION, election.note().bytes(), 0o644)?;
        self.write(PUBLIC, format!("{}\n", key.public()).as_bytes(), 0o644)?;
        drop(SqliteLedger::open(&self.file(LEDGER), key.public())?);
        self.write(SECRET, format!("{}\n", key.to_secret_text()).as_bytes(), 0o600)?;
        Ok(key.public())
    }

    /// Starts central on what the folder holds: after [`Home::init`], after an orderly end and after a crash alike.
    ///
    /// # Errors
    /// [`HomeError`].
    pub fn open(&self) -> Result<Central, HomeError> {
        let key = self.secret_key()?;
        let ledger = SqliteLedger::open(&self.file(LEDGER), key.public())?;
        self.start(key, ledger)
    }

    /// The election file.
    ///
    /// # Errors
    /// [`HomeError::Read`], [`HomeError::Election`].
    pub fn election(&self) -> Result<Election, HomeError> {
        Ok(Election::parse(self.bytes(ELECTION)?)?)
    }

    /// The public key.
    ///
    /// # Errors
    /// [`HomeError::Read`], [`HomeError::Key`].
    pub fn public_key(&self) -> Result<PublicKey, HomeError> {
        let path = self.file(PUBLIC);
        self.text(PUBLIC)?.trim().parse().map_err(|source| HomeError::Key { path, source })
    }

    /// Issues codes; also while central works on the folder. Each code is seen this once.
    ///
    /// # Errors
    /// [`HomeError`]; no code works then.
    pub fn issue_codes(
        &self,
        officers: impl IntoIterator<Item = (StationId, Slot)>,
        valid_for: Duration,
        now: Timestamp,
        rng: &mut impl Rng,
    ) -> Result<Vec<IssuedCode>, HomeError> {
        let mut ledger = SqliteLedger::open_to_issue(&self.file(LEDGER), self.public_key()?)?;
        issue(&mut ledger, officers, valid_for, now, rng, None).map_err(HomeError::Issue)
    }

    /// What the folder holds at this moment, to be exported or verified; also while central works on it.
    /// Whatever is handed in there is refused.
    ///
    /// # Errors
    /// [`HomeError`].
    pub fn open_to_read(&self) -> Result<Central, HomeError> {
        let key = self.secret_key()?;
        let ledger = SqliteLedger::open_to_read(&self.file(LEDGER), key.public())?;
        self.start(key, ledger)
    }

    /// The operators of this central.
    #[must_use]
    pub fn operators(&self) -> Register {
        Register::at(self.file(OPERATORS))
    }

    fn secret_key(&self) -> Result<PrivateKey, HomeError> {
        let path = self.file(SECRET);
        self.text(SECRET)?.trim().parse().map_err(|source| HomeError::Key { path, source })
    }

    fn start(&self, key: PrivateKey, ledger: SqliteLedger) -> Result<Central, HomeError> {
        let photos = Folder::open(self.file(PHOTOS))?;
        let central = Central::open(self.election()?, key, Box::new(ledger), Arc::new(photos))?;
        Ok(central.with_uploads(self.file(UPLOADS)).watched_by(self.witnesses(Vec::new())?))
    }

    /// What witnesses cosigned until now, and the witnesses from whom more is `accepted`.
    ///
    /// # Errors
    /// [`HomeError`].
    pub fn witnesses(&self, accepted: Vec<WitnessKey>) -> Result<Witnesses, HomeError> {
        let path = self.file(COSIGNED);
        let loaded = Witnesses::load(path.clone(), accepted, &self.public_key()?);
        loaded.map_err(|source| HomeError::Read { path, source })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, HomeError> {
        let path = self.file(name);
        fs::read(&path).map_err(|source| HomeError::Read { path, source })
    }

    fn text(&self, name: &str) -> Result<String, HomeError> {
        let path = self.file(name);
        fs::read_to_string(&path).map_err(|source| HomeError::Read { path, source })
    }

    fn write(&self, name: &str, bytes: &[u8], mode: u32) -> Result<(), HomeError> {
        let path = self.file(name);
        file::write(&path, bytes, mode).map_err(|source| HomeError::Write { path, source })
    }
}
