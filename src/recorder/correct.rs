//! Correcting a sealed form: a new revision, through the same two readings, with a reason.

use std::fs;

use serde::{Deserialize, Serialize};

use super::{Officer, RecorderError, Station};
use crate::protocol::state::Phase;
use crate::store::durable;

/// Why a form is being corrected, kept until the corrected form is sealed and carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    revision: u16,
    reason: String,
}

impl Station {
    /// Begins the correction of a sealed form. From now on both officers may read it anew; the sealed result stays.
    ///
    /// # Errors
    /// [`RecorderError::NotSealed`], [`RecorderError::NoReason`].
    pub fn correct(&mut self, officer: &Officer, contest: &str, reason: &str) -> Result<u16, RecorderError> {
        self.refresh()?;
        let form = self.form(contest)?;
        if !matches!(form.phase(), Phase::Sealed { .. }) {
            return Err(RecorderError::NotSealed(contest.to_owned()));
        }
        if reason.trim().is_empty() {
            return Err(RecorderError::NoReason);
        }
        form.turn(officer.slot()).ok_or(RecorderError::OthersTurn)?;
        let correction = Correction { revision: form.revision(), reason: reason.trim().to_owned() };
        let path = self.place().correction(contest);
        // Texts and whole numbers alone: serde_json has nothing to refuse.
        let bytes = serde_json::to_vec(&correction).unwrap_or_default();
        durable::write(&path, &bytes).map_err(RecorderError::file(&path))?;
        Ok(correction.revision)
    }

    /// The reason of the correction that has been begun for the coming revision.
    pub(super) fn correction(&self, contest: &str) -> Result<Option<String>, RecorderError> {
        let coming = self.form(contest)?.revision();
        let saved = fs::read(self.place().correction(contest)).ok();
        let saved = saved.and_then(|bytes| serde_json::from_slice::<Correction>(&bytes).ok());
        Ok(saved.filter(|correction| correction.revision == coming).map(|correction| correction.reason))
    }
}
