//! What an officer says to a finding: it stands so on the paper, and why.

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::finding_key::FindingKey;
use super::place::Column;
use super::text::{Lang, Text};

/// The officer's word that a finding is as written on the paper, with a note of 1 to 500 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Answer {
    key: FindingKey,
    note: String,
}

/// An answer as it stands in a record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<Column>,
    note: String,
}

/// Why a text cannot be the note of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Nothing was written.
    #[error("taking a note: it is blank")]
    Blank,
    /// It is too long.
    #[error("taking a note: it has {length} characters, at most 500 are kept")]
    TooLong {
        /// Its length in characters.
        length: usize,
    },
    /// It holds a character that controls a terminal or printer.
    #[error("taking a note: it holds a control character")]
    Control,
}

impl Answer {
    /// The most characters a note may have.
    pub const MAX_NOTE: usize = 500;

    /// The answer to the finding `key`, with the note trimmed of surrounding blanks.
    ///
    /// # Errors
    /// When the note is blank, too long, or holds a control character other than a line break.
    pub fn new(key: FindingKey, note: &str) -> Result<Self, NoteError> {
        Ok(Self { key, note: Self::checked_note(note)? })
    }

    /// A note as it is kept: trimmed of surrounding blanks.
    ///
    /// # Errors
    /// When it is blank, too long, or holds a control character other than a line break.
    pub fn checked_note(note: &str) -> Result<String, NoteError> {
        let note = note.trim();
        let length = note.chars().count();
        if note.is_empty() {
            return Err(NoteError::Blank);
        }
        if length > Self::MAX_NOTE {
            return Err(NoteError::TooLong { length });
        }
        if note.chars().any(|letter| letter.is_control() && letter != '\n') {
            return Err(NoteError::Control);
        }
        Ok(note.to_owned())
    }

    /// The finding it answers.
    #[must_use]
    pub fn key(&self) -> FindingKey {
        self.key
    }

    /// The code of the finding it answers.
    #[must_use]
    pub fn code(&self) -> Code {
        self.key.code
    }

    /// The column of the finding it answers.
    #[must_use]
    pub fn column(&self) -> Option<Column> {
        self.key.column
    }

    /// The officer's note.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }
}

impl NoteError {
    /// What is wrong and what to write instead.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let text = match self {
            Self::Blank => Text::new(
                "Catatan masih kosong. Tulis singkat mengapa angka itu tertulis begitu di kertas.",
                "The note is blank. Write briefly why the paper says so.",
            ),
            Self::TooLong { .. } => Text::new(
                "Catatan terlalu panjang. Persingkat menjadi paling banyak 500 huruf.",
                "The note is too long. Shorten it to at most 500 characters.",
            ),
            Self::Control => Text::new(
                "Catatan memuat tanda yang tidak dapat dicetak. Ketik ulang catatannya.",
                "The note holds a character that cannot be printed. Type the note again.",
            ),
        };
        text.get(lang).to_owned()
    }
}

impl TryFrom<Written> for Answer {
    type Error = NoteError;

    fn try_from(written: Written) -> Result<Self, NoteError> {
        Self::new(FindingKey { code: written.code, column: written.column }, &written.note)
    }
}

impl From<Answer> for Written {
    fn from(answer: Answer) -> Self {
        Self { code: answer.key.code, column: answer.key.column, note: answer.note }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_1_to_500_characters_after_trimming() {
        let key: FindingKey = "E111.L".parse().expect("a key");
        let longest = "é".repeat(Answer::MAX_NOTE);
        for (note, kept) in [(" benar ", "benar"), ("dua\nbaris", "dua\nbaris"), (longest.as_str(), longest.as_str())] {
            assert_eq!(Answer::new(key, note).map(|answer| answer.note().to_owned()).as_deref(), Ok(kept));
        }
        let too_long = format!("{longest}é");
        let table = [
            ("", NoteError::Blank),
            (" \n ", NoteError::Blank),
            (too_long.as_str(), NoteError::TooLong { length: 501 }),
            ("merah \u{1b}[31m", NoteError::Control),
        ];
        for (note, error) in table {
            assert_eq!(Answer::new(key, note), Err(error), "{note}");
        }
    }

    #[test]
    fn json_is_as_strict_as_typing() {
        let text = r#"{"code":"E111","column":"L","note":"sesuai kertas"}"#;
        let answer: Answer = serde_json::from_str(text).expect("an answer");
        assert_eq!(serde_json::to_string(&answer).expect("json"), text);
        let text = r#"{"code":"E101","note":"ya"}"#;
        let answer: Answer = serde_json::from_str(text).expect("an answer");
        assert_eq!(serde_json::to_string(&answer).expect("json"), text);
        for bad in [
            r#"{"code":"E101"}"#,
            r#"{"code":"E101","note":" "}"#,
            r#"{"code":"e101","note":"ya"}"#,
            r#"{"code":"E111","column":"X","note":"ya"}"#,
            r#"{"code":"E101","note":"ya","more":1}"#,
        ] {
            assert!(serde_json::from_str::<Answer>(bad).is_err(), "{bad}");
        }
    }
}
