//! How a verb fails: what went wrong, what to do, and the exit code.

use std::error::Error;
use std::fmt::Write as _;
use std::process::ExitCode;

#[cfg(any(feature = "station", feature = "central"))]
use crate::form::{Lang, Text};

/// Exit code of a verb that did what it was asked, and found something that is not in order.
pub(super) const FINDINGS: u8 = 1;
/// Exit code of a verb that could not be carried out: wrong arguments, unreadable files, no store.
pub(super) const FAILED: u8 = 2;

/// Why a verb stopped.
#[derive(Debug)]
pub(super) struct Failure {
    text: String,
    hint: Option<String>,
    code: u8,
}

impl Failure {
    /// A failure in words that a person can act on.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), hint: None, code: FAILED }
    }

    /// A failure in the language of the reader.
    #[cfg(any(feature = "station", feature = "central"))]
    pub(super) fn say(lang: Lang, id: &'static str, en: &'static str) -> Self {
        Self::new(Text::new(id, en).get(lang))
    }

    /// A failure with an error and all its causes, each once.
    pub(super) fn caused(doing: impl Into<String>, error: &dyn Error) -> Self {
        let mut text = doing.into();
        let mut cause: Option<&dyn Error> = Some(error);
        while let Some(error) = cause {
            // Writing to a String cannot fail.
            let _ = write!(text, ": {error}");
            cause = error.source();
        }
        Self::new(text)
    }

    /// The same with what to do next.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with another exit code.
    pub(super) const fn code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// The lines for standard error.
    pub(super) fn text(&self) -> String {
        match &self.hint {
            Some(hint) => format!("plano: {}\n  → {hint}\n", self.text),
            None => format!("plano: {}\n", self.text),
        }
    }

    /// The exit code.
    pub(super) fn exit(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

/// What a verb ends with.
pub(super) type Outcome = Result<ExitCode, Failure>;
