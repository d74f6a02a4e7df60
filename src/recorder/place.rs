//! Where things lie in a station's folder.

use std::path::{Path, PathBuf};

use crate::protocol::ids::Slot;
use crate::protocol::key::KeyId;

/// The folder of one station: `ledger.db`, `photos/`, `keys/`, `drafts/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(PathBuf);

impl Place {
    /// The station's folder at `root`; nothing is looked at or made.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(root.into())
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The ledger: entries, outbox, settings.
    #[must_use]
    pub fn ledger(&self) -> PathBuf {
        self.0.join("ledger.db")
    }

    /// What SQLite has not moved into the ledger's file yet; only there while the ledger is open.
    pub(super) fn ledger_wal(&self) -> PathBuf {
        self.0.join("ledger.db-wal")
    }

    /// The ledger while it is being set up.
    pub(super) fn unfinished_ledger(&self) -> PathBuf {
        self.0.join("ledger.new")
    }

    /// The photos, each named by its SHA-256.
    #[must_use]
    pub fn photos(&self) -> PathBuf {
        self.0.join("photos")
    }

    /// The officers' encrypted keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// The encrypted key of one officer.
    #[must_use]
    pub fn key(&self, slot: Slot) -> PathBuf {
        self.keys().join(format!("{slot}.json"))
    }

    /// A key that is to take the place of one whose PIN is forgotten, until central has accredited it.
    pub(super) fn coming_key(&self, slot: Slot) -> PathBuf {
        self.keys().join(format!("{slot}-coming.json"))
    }

    /// A key that signs no more, by its id; kept, since entries were signed with it.
    pub(super) fn past_key(&self, slot: Slot, id: KeyId) -> PathBuf {
        self.keys().join(format!("{slot}-past-{id}.json"))
    }

    /// Forms half typed; no evidence.
    #[must_use]
    pub fn drafts(&self) -> PathBuf {
        self.0.join("drafts")
    }

    /// The form that an officer is typing. Contest names come from the election file and are plain words.
    pub(super) fn draft(&self, contest: &str, slot: Slot) -> PathBuf {
        self.drafts().join(format!("{contest}-{slot}.json"))
    }

    /// Why a sealed form is being corrected, until the corrected form is sealed.
    pub(super) fn correction(&self, contest: &str) -> PathBuf {
        self.drafts().join(format!("{contest}-correction.json"))
    }
}
