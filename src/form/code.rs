//! The code of a finding, by which records, pages and manuals refer to it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A capital letter and three digits: `E101`. The letter says what kind of finding it is; `Q` is a photo's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code {
    letter: u8,
    number: u16,
}

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is a capital letter and three digits, like E101")]
pub struct NotACode;

/// How much a finding weighs. None of them ever blocks recording, sealing or sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// E: the form contradicts itself; the officer answers.
    Error,
    /// W: unusual, look again; the officer answers.
    Warning,
    /// I: worth knowing; no answer is needed.
    Note,
}

impl Code {
    /// A code that stands in a table; a wrong one does not compile.
    pub(super) const fn literal(text: &'static str) -> Self {
        Self::read(text.as_bytes()).expect("a code in a table is a capital letter and three digits")
    }

    /// The letter, which for findings on the form is the severity: `E`, `W` or `I`.
    #[must_use]
    pub const fn letter(self) -> char {
        self.letter as char
    }

    const fn read(text: &[u8]) -> Option<Self> {
        let &[letter, hundreds, tens, ones] = text else { return None };
        if !letter.is_ascii_uppercase()
            || !hundreds.is_ascii_digit()
            || !tens.is_ascii_digit()
            || !ones.is_ascii_digit()
        {
            return None;
        }
        let number = (hundreds - b'0') as u16 * 100 + (tens - b'0') as u16 * 10 + (ones - b'0') as u16;
        Some(Self { letter, number })
    }
}

impl Severity {
    /// The letter with which codes of this severity begin.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Error => 'E',
            Self::Warning => 'W',
            Self::Note => 'I',
        }
    }

    /// Whether the officer must answer a finding of this severity before the figures are accepted.
    #[must_use]
    pub const fn needs_answer(self) -> bool {
        matches!(self, Self::Error | Self::Warning)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{:03}", self.letter(), self.number)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Code({self})")
    }
}

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        Self::read(text.as_bytes()).ok_or(NotACode)
    }
}

impl TryFrom<String> for Code {
    type Error = NotACode;

    fn try_from(text: String) -> Result<Self, NotACode> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_capital_letter_and_three_digits() {
        for good in ["E101", "W404", "I501", "Q207", "E001"] {
            assert_eq!(good.parse::<Code>().map(|code| code.to_string()).as_deref(), Ok(good));
        }
        for bad in ["", "E1", "e101", "E1011", "1E01", "E10x", "EÉ1"] {
            assert_eq!(bad.parse::<Code>(), Err(NotACode), "{bad}");
        }
    }

    #[test]
    fn codes_sort_by_letter_then_number() {
        assert!(Code::literal("E305") < Code::literal("I501"));
        assert!(Code::literal("E101") < Code::literal("E111"));
    }
}
