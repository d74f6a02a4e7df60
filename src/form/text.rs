//! Texts for officials, in the two languages they are written in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that officials can choose; Indonesian unless they choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Bahasa Indonesia, the language of the form.
    #[default]
    Id,
    /// English, for observers.
    En,
}

/// Why a text does not name a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a language is `id` or `en`")]
pub struct NotALang;

/// One text in both languages, as it stands in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text {
    /// In Indonesian; for labels, the wording of the printed form.
    pub id: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Lang {
    /// Both languages, the default first.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// The code of ISO 639-1 by which the language is chosen and stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }
}

impl Text {
    /// Pairs the two wordings of one text.
    #[must_use]
    pub const fn new(id: &'static str, en: &'static str) -> Self {
        Self { id, en }
    }

    /// The wording in `lang`.
    #[must_use]
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Id => self.id,
            Lang::En => self.en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(text: &str) -> Result<Self, NotALang> {
        Self::ALL.into_iter().find(|lang| lang.code() == text).ok_or(NotALang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_chosen_by_its_code_alone() {
        assert_eq!(Lang::default(), Lang::Id);
        for lang in Lang::ALL {
            assert_eq!(lang.code().parse(), Ok(lang));
            assert_eq!(serde_json::to_value(lang).expect("text"), lang.code());
        }
        for other in ["", "ID", "in", "english"] {
            assert_eq!(other.parse::<Lang>(), Err(NotALang), "{other}");
        }
    }
}
