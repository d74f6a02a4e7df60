//! Notes on findings while they are typed, kept beside the draft of the form; no evidence.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::WebError;
use crate::form::FindingKey;
use crate::protocol::ids::Slot;
use crate::recorder::{ReadingTask, RecorderError, Station};
use crate::store::durable;

/// What an officer has typed as answers to the findings of one reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    revision: u16,
    round: u16,
    texts: BTreeMap<String, String>,
}

impl Notes {
    /// The notes for this reading: those saved, else those that the officer gave to the same findings the round before.
    pub(super) fn of(station: &Station, contest: &str, slot: Slot, task: &ReadingTask) -> Self {
        let saved = fs::read(path(station, contest, slot)).ok();
        let saved = saved.and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        let turn = (task.revision(), task.round());
        saved.filter(|notes| (notes.revision, notes.round) == turn).unwrap_or_else(|| {
            let earlier = task.earlier_answers().iter();
            let texts = earlier.map(|answer| (answer.key().to_string(), answer.note().to_owned())).collect();
            Self { revision: turn.0, round: turn.1, texts }
        })
    }

    /// The note on a finding.
    pub(super) fn get(&self, key: FindingKey) -> &str {
        self.texts.get(&key.to_string()).map_or("", String::as_str)
    }

    /// Takes a note as typed, and saves all of them when it is new. Durable when it returns.
    pub(super) fn take<'a>(
        &mut self,
        typed: impl Iterator<Item = (&'a str, &'a str)>,
        station: &Station,
        contest: &str,
        slot: Slot,
    ) -> Result<(), WebError> {
        let before = self.clone();
        for (key, note) in typed {
            // Only names of findings: a browser may post whatever it likes.
            if let Ok(key) = key.parse::<FindingKey>() {
                self.texts.insert(key.to_string(), note.to_owned());
            }
        }
        if *self == before {
            return Ok(());
        }
        let path = path(station, contest, slot);
        // Texts and whole numbers alone: serde_json has nothing to refuse.
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        durable::write(&path, &bytes).map_err(|source| WebError::Recorder(RecorderError::File { path, source }))
    }

    /// Forgets the notes of a reading that has been recorded.
    pub(super) fn forget(station: &Station, contest: &str, slot: Slot) {
        // Notes that outlive their reading belong to a past turn and are passed over; removing them is tidiness.
        let _ = durable::remove(&path(station, contest, slot));
    }
}

fn path(station: &Station, contest: &str, slot: Slot) -> PathBuf {
    station.place().drafts().join(format!("{contest}-{slot}-notes.json"))
}
