//! What became of the files of the last upload, until the page that tells it has been shown.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::form::Lang;
use crate::protocol::ids::Slot;
use crate::web::frame::Frame;
use crate::web::words::photos as words;

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) enum Notice {
    /// It is recorded.
    Recorded {
        /// Its name on the phone.
        file: String,
        /// Short form of its digest.
        short: String,
    },
    /// It waits for the officer's word.
    Waits {
        /// Its name on the phone.
        file: String,
    },
    /// It was not taken.
    Refused {
        /// Its name on the phone.
        file: String,
        /// Why and what to do, in Indonesian.
        id: String,
        /// The same in English.
        en: String,
    },
}

impl Notice {
    /// The line that tells it: its class and its text.
    fn line(&self, frame: &Frame) -> (&'static str, String) {
        match self {
            Self::Recorded { file, short } => ("ok", frame.with(words::RECORDED, &[file, short])),
            Self::Waits { file } => ("warn", frame.with(words::WAITS, &[file])),
            Self::Refused { file, id, en } => {
                let reason = if frame.lang == Lang::Id { id } else { en };
                ("bad", frame.with(words::REFUSED, &[file, reason]))
            }
        }
    }
}

/// The lines that tell these notices.
pub(super) fn lines(notices: &[Notice], frame: &Frame) -> Vec<(&'static str, String)> {
    notices.iter().map(|notice| notice.line(frame)).collect()
}

/// The notices that have not been shown yet, for each officer.
#[derive(Debug, Default)]
pub(in crate::web) struct Notices(Mutex<BTreeMap<Slot, Vec<Notice>>>);

impl Notices {
    /// Adds a notice for an officer.
    pub(in crate::web) fn add(&self, slot: Slot, notice: Notice) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(slot).or_default().push(notice);
    }

    /// The notices of an officer; they are told once.
    pub(in crate::web) fn take(&self, slot: Slot) -> Vec<Notice> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&slot).unwrap_or_default()
    }
}
