//! One thing the verifier found: what, where, and the facts that show it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::kind::Kind;
use crate::form::{self, Lang};
use crate::protocol::bundle;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::state::Violation;

/// Which of two compared bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The bundle that is verified.
    This,
    /// The one it is compared with.
    Other,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// In which bundle.
    pub side: Side,
    /// At which TPS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// At which position of its chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// In which file, by its path in the bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

impl Place {
    /// The bundle as a whole.
    #[must_use]
    pub const fn bundle(side: Side) -> Self {
        Self { side, station: None, seq: None, file: None }
    }

    /// A file.
    #[must_use]
    pub fn file(side: Side, path: &str) -> Self {
        Self { file: Some(path.to_owned()), ..Self::bundle(side) }
    }

    /// A TPS.
    #[must_use]
    pub const fn station(side: Side, station: StationId) -> Self {
        Self { side, station: Some(station), seq: None, file: None }
    }

    /// An entry.
    #[must_use]
    pub fn entry(side: Side, station: StationId, seq: Seq) -> Self {
        Self { seq: Some(seq), file: Some(bundle::entry(station, seq)), ..Self::station(side, station) }
    }

    /// The same TPS, and a file that belongs to it.
    #[must_use]
    pub fn with_file(self, path: String) -> Self {
        Self { file: Some(path), ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let station = self.station.map(|station| station.to_string());
        let seq = self.seq.map(|seq| format!("#{seq}"));
        let file = self.file.as_deref().map(printable);
        let parts: Vec<_> = [station, seq, file].into_iter().flatten().collect();
        out.write_str(if parts.is_empty() { "." } else { "" })?;
        out.write_str(&parts.join(" "))
    }
}

/// The facts that show a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// The place says it all.
    None,
    /// Two values that should be the same.
    Differs {
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// The cause, in the words of the part of the program that met it: English, with its own causes.
    Cause(String),
    /// Which rule of recording is broken.
    Violation(Violation),
    /// Which rule of the form does not hold, and what the officers answered.
    Sheet {
        /// The contest.
        contest: String,
        /// What disagrees.
        finding: Box<form::Finding>,
        /// The officers' note.
        answer: String,
    },
    /// Which line of the file, counted from 1.
    Line(usize),
    /// What it is about: a contest, a photo, a log position.
    About(String),
}

impl Detail {
    /// An error and all its causes.
    #[must_use]
    pub fn cause(error: &dyn std::error::Error) -> Self {
        let mut text = error.to_string();
        let mut next = error.source();
        while let Some(cause) = next {
            text = format!("{text}: {cause}");
            next = cause.source();
        }
        Self::Cause(text)
    }

    /// Two values that should be the same.
    #[must_use]
    pub fn differs(expected: &impl ToString, found: &impl ToString) -> Self {
        Self::Differs { expected: expected.to_string(), found: found.to_string() }
    }

    /// The facts in words; empty when there are none. Control characters never reach a terminal.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let text = match (self, lang) {
            (Self::None, _) => String::new(),
            (Self::Differs { expected, found }, Lang::Id) => format!("seharusnya {expected}, ternyata {found}"),
            (Self::Differs { expected, found }, Lang::En) => format!("should be {expected}, is {found}"),
            (Self::Cause(text) | Self::About(text), _) => text.clone(),
            (Self::Line(line), Lang::Id) => format!("baris {line}"),
            (Self::Line(line), Lang::En) => format!("line {line}"),
            (Self::Violation(violation), lang) => violation.text(lang),
            (Self::Sheet { contest, finding, answer }, lang) => {
                format!("{contest} {}: {} — \"{answer}\"", finding.code(), finding.message(lang))
            }
        };
        printable(&text)
    }
}

/// Text from elsewhere, made safe to print: control and direction characters are written out.
fn printable(text: &str) -> String {
    let hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().fold(String::new(), |mut safe, letter| {
        if hidden(letter) {
            safe.extend(letter.escape_unicode());
        } else {
            safe.push(letter);
        }
        safe
    })
}

/// One thing the verifier found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// The facts.
    pub detail: Detail,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            code: Kind,
            severity: super::kind::Severity,
            #[serde(flatten)]
            place: &'a Place,
            what: &'static str,
            detail: String,
            todo: &'static str,
        }
        let Self { kind, place, detail } = self;
        let (what, todo) = (kind.what().en, kind.todo().en);
        Fields { code: *kind, severity: kind.severity(), place, what, detail: detail.text(Lang::En), todo }
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_do_not_reach_the_terminal() {
        let place = Place::file(Side::This, "data/\u{1b}[2Jx\u{202e}y");
        assert_eq!(place.to_string(), "data/\\u{1b}[2Jx\\u{202e}y");
        assert_eq!(Detail::About("a\nb".into()).text(Lang::Id), "a\\u{a}b");
    }
}
