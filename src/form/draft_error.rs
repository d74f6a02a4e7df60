//! Why a typed text cannot stand on the form.

use super::cell::CellId;
use super::count::BoxError;
use super::head::HeadField;
use super::text::{Lang, Text};
use super::time_of_day::NotATime;

/// Why a typed text was not taken; what stood there before is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The form has no such box.
    #[error("typing box {cell}: the form has no such box")]
    NoSuchBox {
        /// The box.
        cell: CellId,
    },
    /// The text cannot stand in the box.
    #[error("typing box {cell}")]
    Box {
        /// The box.
        cell: CellId,
        /// What is wrong with it.
        #[source]
        source: BoxError,
    },
    /// The text is not a time.
    #[error("typing {field} at the head of the form")]
    Time {
        /// The entry.
        field: HeadField,
        /// What is wrong with it.
        #[source]
        source: NotATime,
    },
    /// The text is neither yes nor no.
    #[error("typing {field} at the head of the form: neither yes nor no")]
    YesOrNo {
        /// The entry.
        field: HeadField,
    },
}

impl DraftError {
    /// What is wrong and what to type instead.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let text = match self {
            Self::Box { source, .. } => return source.message(lang),
            Self::Time { source, .. } => return source.message(lang),
            Self::NoSuchBox { .. } => Text::new(
                "Formulir ini tidak memiliki kotak itu. Muat ulang halaman dan ketik lagi.",
                "This form has no such box. Reload the page and type again.",
            ),
            Self::YesOrNo { .. } => Text::new("Jawab ya atau tidak.", "Answer yes or no."),
        };
        text.get(lang).to_owned()
    }
}
