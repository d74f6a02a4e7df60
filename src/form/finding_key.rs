//! By what an answer names the finding it belongs to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::code::{Code, NotACode};
use super::place::Column;

/// What an answer refers to: the rule, and the column where it is evaluated for each. As text `E101` or `E111.L`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingKey {
    /// The code of the rule.
    pub code: Code,
    /// The column, for rules that are evaluated for L, P and J.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
}

impl fmt::Display for FindingKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column.and_then(Column::letter) {
            Some(letter) => write!(out, "{}.{letter}", self.code),
            None => self.code.fmt(out),
        }
    }
}

impl FromStr for FindingKey {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let (code, letter) = text.split_once('.').map_or((text, None), |(code, letter)| (code, Some(letter)));
        let column = match letter {
            None => None,
            Some("L") => Some(Column::L),
            Some("P") => Some(Column::P),
            Some("J") => Some(Column::J),
            Some(_) => return Err(NotACode),
        };
        Ok(Self { code: code.parse()?, column })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_with_their_column() {
        for text in ["E101", "E111.L", "W404.J", "Q207"] {
            assert_eq!(text.parse::<FindingKey>().map(|key| key.to_string()).as_deref(), Ok(text));
        }
        for bad in ["", "E111.", "E111.X", "E111.L.P", "e111.L"] {
            assert_eq!(bad.parse::<FindingKey>(), Err(NotACode), "{bad}");
        }
    }
}
