//! The witnesses whose cosignatures central takes, and the newest checkpoint that each of them cosigned.
//!
//! Cosignatures are no facts of the ledger: they say nothing about what was received, each later one covers all earlier ones, and
//! a lost one is handed in again by its witness.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::answer::News;
use super::file;
use super::keeper::{Central, CentralError};
use super::refusal::Refusal;
use super::store::LedgerError;
use crate::digest::Digest;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::cosignature::WitnessKey;
use crate::protocol::key::PublicKey;
use crate::protocol::merkle;
use crate::protocol::note::SignatureLine;

/// The most witnesses of one central: with its own, their signatures have to find room on one note.
pub const MOST_WITNESSES: usize = 15;

/// Witnesses that count, and what they cosigned.
#[derive(Debug, Clone, Default)]
pub struct Witnesses {
    accepted: Vec<WitnessKey>,
    /// By the id of the witness's key: one checkpoint with central's signature and that of the witness.
    kept: BTreeMap<String, Checkpoint>,
    /// Where they are kept; `None` for a central in memory.
    folder: Option<PathBuf>,
}

impl Witnesses {
    /// Witnesses of a central in memory.
    #[must_use]
    pub fn in_memory(accepted: Vec<WitnessKey>) -> Self {
        Self { accepted, ..Self::default() }
    }

    /// Witnesses of a central that keeps what they cosigned in `folder`; `key` is central's.
    ///
    /// A file that does not hold is passed over with a warning: its witness hands in again.
    ///
    /// # Errors
    /// The system's own.
    pub(super) fn load(folder: PathBuf, accepted: Vec<WitnessKey>, key: &PublicKey) -> io::Result<Self> {
        let mut kept = BTreeMap::new();
        let list = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            list => Some(list?),
        };
        for item in list.into_iter().flatten() {
            let path = item?.path();
            let Some(id) = kept_name(&path) else { continue };
            match Checkpoint::verify(fs::read(&path)?, key) {
                Ok(checkpoint) => drop(kept.insert(id, checkpoint)),
                Err(error) => tracing::warn!(path = %path.display(), %error, "a kept cosignature does not hold"),
            }
        }
        Ok(Self { accepted, kept, folder: Some(folder) })
    }

    /// Whether the witness cosigned `checkpoint` after the one that is kept of it.
    fn is_newer(&self, witness: &WitnessKey, checkpoint: &Checkpoint) -> bool {
        let age = |checkpoint: &Checkpoint| (checkpoint.size(), witness.verify(checkpoint).ok());
        self.kept.get(&witness.id().to_string()).is_none_or(|kept| age(checkpoint) > age(kept))
    }

    /// Keeps a checkpoint with the cosignature of `witness`. **Durable when it returns.**
    fn keep(&mut self, witness: &WitnessKey, checkpoint: Checkpoint) -> Result<(), CentralError> {
        let id = witness.id().to_string();
        if let Some(folder) = &self.folder {
            let path = folder.join(format!("{id}.note"));
            let written = file::make_folder(folder);
            let written = written.and_then(|()| file::write(&path, checkpoint.note().bytes(), 0o644));
            written.map_err(|source| CentralError::Cosigned { path, source })?;
        }
        self.kept.insert(id, checkpoint);
        Ok(())
    }

    /// All kept checkpoints by size, each with all its cosignatures.
    fn by_size(&self, key: &PublicKey) -> BTreeMap<u64, Checkpoint> {
        let mut all: BTreeMap<u64, Checkpoint> = BTreeMap::new();
        for kept in self.kept.values() {
            let joined = match all.get(&kept.size()) {
                Some(other) => joined(other, kept, key),
                None => kept.clone(),
            };
            all.insert(kept.size(), joined);
        }
        all
    }
}

/// `12ab34cd.note` → `12ab34cd`; nothing for the leftovers of a broken write.
fn kept_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.strip_suffix(".note")?.to_owned())
}

/// `one` with the cosignatures of `other` too, when both are of one state of the log.
fn joined(one: &Checkpoint, other: &Checkpoint, key: &PublicKey) -> Checkpoint {
    let cosignatures = other.note().signatures().iter().filter(|line| !is_of(line, key));
    let same = one.root() == other.root();
    cosignatures.filter(|_| same).fold(one.clone(), |one, line| one.with_signature(line).unwrap_or(one))
}

fn is_of(line: &SignatureLine, key: &PublicKey) -> bool {
    line.name == key.name() && line.id == key.id()
}

impl Central {
    /// The same central with these witnesses.
    #[must_use]
    pub fn watched_by(mut self, witnesses: Witnesses) -> Self {
        self.witnesses = Arc::new(witnesses);
        self
    }

    /// Checks a checkpoint of this log that witnesses cosigned: one for each witness who has cosigned nothing newer.
    /// Everything that costs time is done here, beside the line.
    ///
    /// # Errors
    /// [`Refusal`]. [`Refusal::OtherLog`] is an alarm: central's key signed something that its log does not hold.
    pub fn check_cosigned(&self, bytes: Vec<u8>) -> Result<Vec<(WitnessKey, Checkpoint)>, Refusal> {
        let key = self.public_key();
        let checkpoint = Checkpoint::verify(bytes, &key).map_err(Refusal::Checkpoint)?;
        let verified = |witness: &&WitnessKey| witness.verify(&checkpoint).is_ok();
        let witnesses: Vec<_> = self.witnesses.accepted.iter().filter(verified).cloned().collect();
        if witnesses.is_empty() {
            return Err(Refusal::NotAWitness);
        }
        let size = checkpoint.size();
        if size > self.index.log_size() || self.root_at(size).map_err(super::read::broken)? != checkpoint.root() {
            tracing::error!(size, witness = witnesses[0].name(), "a witness holds another history of this log");
            return Err(Refusal::OtherLog { size });
        }
        let plain = checkpoint.without_cosignatures(&key).map_err(Refusal::Checkpoint)?;
        let newer = witnesses.into_iter().filter(|witness| self.witnesses.is_newer(witness, &checkpoint));
        let alone = newer.filter_map(|witness| {
            let line = checkpoint.note().line_of(witness.name(), witness.id())?;
            Some(plain.with_signature(line).map(|alone| (witness, alone)).map_err(Refusal::Checkpoint))
        });
        alone.collect()
    }

    /// Keeps what was checked, for each witness whose newest it still is.
    ///
    /// # Errors
    /// [`Refusal::Central`] when it cannot be written.
    pub fn keep_cosigned(&mut self, checked: Vec<(WitnessKey, Checkpoint)>) -> Result<News, Refusal> {
        let mut news = News::Known;
        for (witness, alone) in checked {
            if self.witnesses.is_newer(&witness, &alone) {
                let (size, name) = (alone.size(), witness.name().to_owned());
                Arc::make_mut(&mut self.witnesses)
                    .keep(&witness, alone)
                    .map_err(|error| Refusal::Central(error.into()))?;
                tracing::info!(size, witness = name, "a witness cosigned the log");
                news = News::New;
            }
        }
        Ok(news)
    }

    fn root_at(&self, size: u64) -> Result<Digest, LedgerError> {
        merkle::root(&self.receipts(), size)
    }

    /// A checkpoint of the log with the cosignatures that are kept for it.
    pub(super) fn with_cosignatures(&self, bytes: Vec<u8>) -> Vec<u8> {
        let key = self.public_key();
        let Ok(plain) = Checkpoint::verify(bytes.clone(), &key) else { return bytes };
        let size = plain.size();
        let same_size = self.witnesses.kept.values().filter(|kept| kept.size() == size);
        let all = same_size.fold(plain, |all, kept| joined(&all, kept, &key));
        all.note().bytes().to_vec()
    }

    /// The checkpoints that witnesses cosigned last, by size, each with all its cosignatures.
    #[must_use]
    pub fn cosigned_checkpoints(&self) -> Vec<Vec<u8>> {
        let all = self.witnesses.by_size(&self.public_key());
        all.into_values().map(|checkpoint| checkpoint.note().bytes().to_vec()).collect()
    }
}
