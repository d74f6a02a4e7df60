//! What came of one request to central, before any receipt is believed.

use std::time::Duration;

use super::trouble::Trouble;
use crate::protocol::chain::ChainHead;
use crate::protocol::wire::{Problem, ProblemKind};

/// The answer to one entry or photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Said to be stored; the bytes must still prove to be the receipt of what was sent ([`super::believe`]).
    Stored(Vec<u8>),
    /// Nothing certain; sent again later.
    Later(Later),
    /// These bytes will not be taken as they are. A person must look; the rest goes on.
    Refused {
        /// Why, in central's words, or in ours when the bytes here are damaged and were not sent.
        reason: String,
    },
    /// Central's copy of the chain ends earlier, at `head`.
    Gap {
        /// The last entry central holds; none when it holds none.
        head: Option<ChainHead>,
    },
    /// Central holds another history of this station.
    Diverged {
        /// The last entry of that history.
        head: Option<ChainHead>,
    },
}

/// Why later, and not before when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// What kind of trouble.
    pub trouble: Trouble,
    /// The particulars, for the log and the record of attempts: the chain of causes, or what central said.
    pub detail: String,
    /// How long central asked to wait, when it did.
    pub retry_after: Option<Duration>,
}

impl Later {
    /// Trouble without a wish of central's about the waiting time.
    #[must_use]
    pub fn new(trouble: Trouble, detail: impl Into<String>) -> Self {
        Self { trouble, detail: detail.into(), retry_after: None }
    }
}

impl std::fmt::Display for Later {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.trouble, self.detail)
    }
}

impl From<Problem> for Answer {
    /// Sorts a problem of central's into what to do about it. The one table of that; a waiting time is added by the caller.
    fn from(problem: Problem) -> Self {
        let trouble = match problem.r#type {
            ProblemKind::Gap => return Self::Gap { head: problem.head },
            ProblemKind::Diverged => return Self::Diverged { head: problem.head },
            ProblemKind::Busy => Trouble::Busy,
            ProblemKind::Unavailable | ProblemKind::Full => Trouble::Unavailable,
            ProblemKind::Offset => Trouble::Moved,
            ProblemKind::Digest => Trouble::Damaged,
            ProblemKind::UnnamedPhoto => Trouble::Unnamed,
            ProblemKind::Malformed
            | ProblemKind::Unknown
            | ProblemKind::Code
            | ProblemKind::Signature
            | ProblemKind::TooLarge => return Self::Refused { reason: said(&problem) },
        };
        Self::Later(Later::new(trouble, said(&problem)))
    }
}

/// A problem on one line.
pub(super) fn said(problem: &Problem) -> String {
    format!("{} ({}): {}", problem.title, problem.status, problem.detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_problem_has_its_place() {
        let place = |kind| match Answer::from(Problem::new(kind, "detail")) {
            Answer::Stored(_) => "stored",
            Answer::Later(later) => later.trouble.word(),
            Answer::Refused { .. } => "refused",
            Answer::Gap { .. } => "a gap",
            Answer::Diverged { .. } => "diverged",
        };
        let expected = [
            (ProblemKind::Malformed, "refused"),
            (ProblemKind::Unknown, "refused"),
            (ProblemKind::Code, "refused"),
            (ProblemKind::Signature, "refused"),
            (ProblemKind::Gap, "a gap"),
            (ProblemKind::Diverged, "diverged"),
            (ProblemKind::UnnamedPhoto, "unnamed"),
            (ProblemKind::Digest, "damaged"),
            (ProblemKind::TooLarge, "refused"),
            (ProblemKind::Busy, "busy"),
            (ProblemKind::Unavailable, "unavailable"),
            (ProblemKind::Offset, "moved"),
            (ProblemKind::Full, "unavailable"),
        ];
        assert_eq!(expected.map(|(kind, _)| kind), ProblemKind::ALL);
        for (kind, word) in expected {
            assert_eq!(place(kind), word, "{kind:?}");
        }
    }
}
