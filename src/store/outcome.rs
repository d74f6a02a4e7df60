//! How an attempt to deliver ends.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Central's signed word that it holds the item.
    Stored {
        /// The receipt's exact bytes.
        receipt: Vec<u8>,
    },
    /// Not now; nothing is wrong with the item.
    Later {
        /// What happened.
        reason: String,
        /// Not before this moment, when central said so.
        retry_at: Option<Timestamp>,
    },
    /// Central will not take it; a person has to look, the rest goes on.
    Refused {
        /// Central's words.
        reason: String,
    },
    /// Central holds another history of this station: an alarm.
    Diverged {
        /// Central's words.
        reason: String,
    },
}

/// The four ways in which an attempt ends, without their details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// See [`Outcome::Stored`].
    Stored,
    /// See [`Outcome::Later`].
    Later,
    /// See [`Outcome::Refused`].
    Refused,
    /// See [`Outcome::Diverged`].
    Diverged,
}

/// Why a text is not the kind of an outcome.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no kind of outcome")]
pub struct NotAKind(String);

impl OutcomeKind {
    const ALL: [Self; 4] = [Self::Stored, Self::Later, Self::Refused, Self::Diverged];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Later => "later",
            Self::Refused => "refused",
            Self::Diverged => "diverged",
        }
    }
}

impl FromStr for OutcomeKind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.text() == text).ok_or_else(|| NotAKind(text.to_owned()))
    }
}

impl Outcome {
    /// Which of the four it is.
    #[must_use]
    pub const fn kind(&self) -> OutcomeKind {
        match self {
            Self::Stored { .. } => OutcomeKind::Stored,
            Self::Later { .. } => OutcomeKind::Later,
            Self::Refused { .. } => OutcomeKind::Refused,
            Self::Diverged { .. } => OutcomeKind::Diverged,
        }
    }
}
