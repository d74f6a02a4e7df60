//! Where a verb writes: text for people or JSON for programs on standard output, nothing else ever on it.

use std::io::{self, Write};
#[cfg(feature = "station")]
use std::io::{BufRead, IsTerminal};

use serde::Serialize;

use super::failure::Failure;
use crate::form::{Lang, Text};

/// Language and manner of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    /// Language for people.
    pub(super) lang: Lang,
    /// Whether standard output is for a program.
    pub(super) json: bool,
}

impl Screen {
    /// Writes a line for people; nothing when the output is for a program.
    pub(super) fn line(self, text: impl AsRef<str>) {
        if !self.json {
            put(text.as_ref());
        }
    }

    /// Writes a line in the language of the reader.
    #[cfg(any(feature = "station", feature = "central"))]
    pub(super) fn say(self, id: &'static str, en: &'static str) {
        self.line(self.word(id, en));
    }

    /// The word in the language of the reader.
    pub(super) const fn word(self, id: &'static str, en: &'static str) -> &'static str {
        Text::new(id, en).get(self.lang)
    }

    /// Writes a value for programs; nothing when the output is for people.
    pub(super) fn value<T: Serialize>(self, value: &T) -> Result<(), Failure> {
        if self.json {
            let json = serde_json::to_string_pretty(value).map_err(|error| Failure::caused("writing JSON", &error))?;
            put(&json);
        }
        Ok(())
    }

    /// Asks for a line; `None` at the end of the input.
    #[cfg(feature = "station")]
    pub(super) fn ask(prompt: &str) -> Result<Option<String>, Failure> {
        let mut error = io::stderr().lock();
        let _ = write!(error, "{prompt}").and_then(|()| error.flush());
        let mut line = String::new();
        let read =
            io::stdin().lock().read_line(&mut line).map_err(|error| Failure::caused("reading the answer", &error))?;
        Ok((read > 0).then(|| line.trim().to_owned()))
    }

    /// Whether a person sits in front of standard input.
    #[cfg(feature = "station")]
    pub(super) fn is_interactive() -> bool {
        io::stdin().is_terminal()
    }
}

/// Writes to standard output; a reader that has gone away (a closed pipe) is no failure of the verb.
fn put(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Writes a message to standard error.
pub(super) fn complain(text: &str) {
    let _ = write!(io::stderr().lock(), "{text}");
}
