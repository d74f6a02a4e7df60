//! What can be written in the three digit boxes of one number.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::Lang;

/// A number in three digit boxes: 0 to 999. A blank box is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Count(u16);

/// Why a typed text cannot be what stands in the boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BoxError {
    /// Nothing was typed.
    #[error("reading a box: it is blank")]
    Blank,
    /// A character that is no digit.
    #[error("reading a box: `{found}` is not a digit")]
    NotADigit {
        /// The first such character.
        found: char,
    },
    /// An X to the right of a digit.
    #[error("reading a box: an X stands after a digit")]
    CrossAfterDigit,
    /// Crosses only.
    #[error("reading a box: only crosses, no digit")]
    OnlyCrosses,
    /// More than three characters.
    #[error("reading a box: more than three digits")]
    TooLong,
}

/// Why a whole number does not fit in three digit boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a box holds 0 to 999, not {0}")]
pub struct TooLarge(u16);

impl Count {
    /// The largest number three boxes can hold.
    pub const MAX: Self = Self(999);
    /// A written zero.
    pub const ZERO: Self = Self(0);

    /// The number, if three boxes can hold it.
    ///
    /// # Errors
    /// When it is above 999.
    pub const fn new(value: u16) -> Result<Self, TooLarge> {
        if value <= Self::MAX.0 { Ok(Self(value)) } else { Err(TooLarge(value)) }
    }

    /// The number that `typed` stands for: `7`, `07`, `007`, or as on paper with crossed-out leading boxes, `XX7`.
    ///
    /// # Errors
    /// When the text cannot stand in three digit boxes; [`BoxError::message`] tells the officer what to type.
    pub fn parse(typed: &str) -> Result<Self, BoxError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(BoxError::Blank);
        }
        let is_cross = |letter: char| letter.eq_ignore_ascii_case(&'x');
        if let Some(found) = typed.chars().find(|&letter| !letter.is_ascii_digit() && !is_cross(letter)) {
            return Err(BoxError::NotADigit { found });
        }
        if typed.len() > 3 {
            return Err(BoxError::TooLong);
        }
        let digits = typed.trim_start_matches(is_cross);
        if digits.is_empty() {
            return Err(BoxError::OnlyCrosses);
        }
        digits.parse().map(Self).map_err(|_| BoxError::CrossAfterDigit)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl BoxError {
    /// What is wrong and what to type instead.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let text = match (self, lang) {
            (Self::Blank, Lang::Id) => {
                "Kotak masih kosong. Ketik angka yang tertulis di kertas; jika tertulis nol, ketik 0."
            }
            (Self::Blank, Lang::En) => "The box is blank. Type the number on the paper; if a zero is written, type 0.",
            (Self::NotADigit { found }, Lang::Id) => {
                return format!("\"{found}\" bukan angka. Ketik angka 0 sampai 999 seperti tertulis di kertas.");
            }
            (Self::NotADigit { found }, Lang::En) => {
                return format!("\"{found}\" is not a digit. Type a number from 0 to 999 as it stands on the paper.");
            }
            (Self::CrossAfterDigit, Lang::Id) => {
                "Tanda X hanya boleh di depan angka. Ketik angkanya saja, misalnya 74."
            }
            (Self::CrossAfterDigit, Lang::En) => {
                "An X may stand only before the digits. Type the number alone, such as 74."
            }
            (Self::OnlyCrosses, Lang::Id) => {
                "Hanya ada tanda X. Jika di kertas tertulis nol, ketik 0; jika tidak, ketik angkanya."
            }
            (Self::OnlyCrosses, Lang::En) => {
                "There are only crosses. If the paper says zero, type 0; otherwise type the number."
            }
            (Self::TooLong, Lang::Id) => "Lebih dari tiga angka. Di kertas hanya ada tiga kotak: ketik 0 sampai 999.",
            (Self::TooLong, Lang::En) => "More than three digits. The paper has three boxes only: type 0 to 999.",
        };
        text.to_owned()
    }
}

impl TryFrom<u16> for Count {
    type Error = TooLarge;

    fn try_from(value: u16) -> Result<Self, TooLarge> {
        Self::new(value)
    }
}

impl From<Count> for u16 {
    fn from(count: Count) -> Self {
        count.0
    }
}

impl From<Count> for u32 {
    fn from(count: Count) -> Self {
        Self::from(count.0)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_three_boxes_can_hold_is_read() {
        let table = [("0", 0), ("7", 7), ("07", 7), ("007", 7), (" 62\n", 62), ("X62", 62), ("xX7", 7), ("999", 999)];
        for (typed, number) in table {
            assert_eq!(Count::parse(typed).map(Count::get), Ok(number), "{typed}");
        }
    }

    #[test]
    fn what_cannot_stand_in_three_boxes_is_refused() {
        let table = [
            ("", BoxError::Blank),
            ("  ", BoxError::Blank),
            ("-1", BoxError::NotADigit { found: '-' }),
            ("+1", BoxError::NotADigit { found: '+' }),
            ("1 2", BoxError::NotADigit { found: ' ' }),
            ("1.5", BoxError::NotADigit { found: '.' }),
            ("O7", BoxError::NotADigit { found: 'O' }),
            ("٣", BoxError::NotADigit { found: '٣' }),
            ("1000", BoxError::TooLong),
            ("0007", BoxError::TooLong),
            ("X100", BoxError::TooLong),
            ("74X", BoxError::CrossAfterDigit),
            ("7x4", BoxError::CrossAfterDigit),
            ("xxx", BoxError::OnlyCrosses),
        ];
        for (typed, error) in table {
            assert_eq!(Count::parse(typed), Err(error), "{typed}");
            for lang in Lang::ALL {
                assert!(error.message(lang).to_lowercase().contains(if lang == Lang::Id { "ketik" } else { "type" }));
            }
        }
    }

    #[test]
    fn json_holds_a_plain_number() {
        assert_eq!(serde_json::to_string(&Count(62)).expect("json"), "62");
        for bad in ["1000", "-1", "6.0", "\"62\"", "null"] {
            assert!(serde_json::from_str::<Count>(bad).is_err(), "{bad}");
        }
    }
}
