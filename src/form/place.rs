//! Where a box stands: the page of the form and the column of its row.

use serde::{Deserialize, Serialize};

/// A page of the form, 1 to 3; each is one plano sheet of 60 by 90 cm on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Page(u8);

/// Why a number is not a page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the form has pages 1 to 3")]
pub struct NotAPage;

/// The column of a box in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Column {
    /// Laki-laki: men.
    L,
    /// Perempuan: women.
    P,
    /// Jumlah: both together.
    J,
    /// The row has one number only.
    Only,
}

impl Page {
    /// Every page, in order.
    pub const ALL: [Self; 3] = [Self::FIRST, Self::SECOND, Self::THIRD];
    /// Times, voters, ballots, voters with a disability.
    pub const FIRST: Self = Self(1);
    /// Votes of each pair.
    pub const SECOND: Self = Self(2);
    /// Valid and invalid votes.
    pub const THIRD: Self = Self(3);

    /// The page with this number, if the form has it.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if matches!(number, 1..=3) { Some(Self(number)) } else { None }
    }

    /// The number printed after "Halaman".
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Page {
    type Error = NotAPage;

    fn try_from(number: u8) -> Result<Self, NotAPage> {
        Self::new(number).ok_or(NotAPage)
    }
}

impl From<Page> for u8 {
    fn from(page: Page) -> Self {
        page.0
    }
}

impl std::fmt::Display for Page {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl Column {
    /// The letter over the column; `None` where the row has one number only.
    #[must_use]
    pub const fn letter(self) -> Option<&'static str> {
        match self {
            Self::L => Some("L"),
            Self::P => Some("P"),
            Self::J => Some("J"),
            Self::Only => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_the_numbers_one_to_three() {
        for number in 1..=3 {
            assert_eq!(Page::new(number).map(Page::number), Some(number));
        }
        assert_eq!([0, 4, 101].map(Page::new), [None; 3]);
        assert!(serde_json::from_str::<Page>("4").is_err());
        assert_eq!(serde_json::to_string(&Page::SECOND).expect("json"), "2");
    }
}
