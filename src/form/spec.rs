//! What a version of the form consists of: plain data, one definition per version.

use super::place::{Column, Page};
use super::text::{Lang, Text};
use super::time_of_day::TimeOfDay;
use super::{kwk_2024, ppwp_2024};

/// One version of the form as KPU fixed it: sections, boxes, limits and the contests it is printed for.
///
/// Box ids are the same in every version; labels, numbers and order belong to the version.
#[derive(Debug, PartialEq, Eq)]
pub struct FormSpec {
    /// The name by which records refer to the version, such as `kwk-2024`.
    pub version: &'static str,
    /// Sections I to V, in the order of the paper.
    pub sections: &'static [SectionSpec],
    /// Rows of boxes, in the order of the paper.
    pub boxes: &'static [BoxSpec],
    /// Reserve ballots in thousandths of the DPT; a fraction of a ballot counts as a whole one.
    pub reserve_per_mille: u16,
    /// The most voters a TPS is planned for; voters of `DPTb` and `DPK` may lawfully take it past this.
    pub dpt_limit: u16,
    /// The local time before which no TPS opens.
    pub opens: TimeOfDay,
    /// The number in the square tag of pages 1, 2 and 3.
    pub tags: [u16; 3],
    /// The contests the version is printed for.
    pub contests: &'static [ContestSpec],
}

/// A section of the form.
#[derive(Debug, PartialEq, Eq)]
pub struct SectionSpec {
    /// The Roman number printed before the title.
    pub number: &'static str,
    /// The title as printed, and in English.
    pub title: Text,
}

/// A row of boxes; each number has three digit boxes.
#[derive(Debug, PartialEq, Eq)]
pub struct BoxSpec {
    /// The id that never changes between versions, such as `users_dpt`.
    pub id: &'static str,
    /// The number on the paper, such as `I.B.1`; for votes the section, to which the pair's number is added.
    pub number: &'static str,
    /// The whole wording printed in the row, where the form is drawn.
    pub printed: &'static str,
    /// A short label for pages and messages, and in English.
    pub label: Text,
    /// How many numbers stand in the row.
    pub columns: Columns,
    /// The page the row is printed on.
    pub page: Page,
    /// The Roman number of the section the row belongs to.
    pub section: &'static str,
}

/// How many numbers stand in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Three: men, women, both together.
    LakiPerempuanJumlah,
    /// One.
    Single,
    /// One row for each pair of candidates, one number in it.
    PerPair,
}

/// A contest for which the form is printed.
#[derive(Debug, PartialEq, Eq)]
pub struct ContestSpec {
    /// The id in records, such as `gubernur`.
    pub id: &'static str,
    /// The name printed in the model box, such as `C.HASIL-KWK-GUBERNUR`.
    pub model: &'static str,
    /// What is elected.
    pub title: Text,
    /// What stands before the number of a pair.
    pub pair_noun: Text,
}

/// Every version this program knows, the newest first.
static VERSIONS: [&FormSpec; 2] = [&kwk_2024::SPEC, &ppwp_2024::SPEC];

impl FormSpec {
    /// The version with this name.
    #[must_use]
    pub fn find(version: &str) -> Option<&'static Self> {
        VERSIONS.into_iter().find(|spec| spec.version == version)
    }

    /// Every version this program knows, the newest first.
    #[must_use]
    pub fn all() -> &'static [&'static Self] {
        &VERSIONS
    }

    /// The contest with this id.
    #[must_use]
    pub fn contest(&self, id: &str) -> Option<&'static ContestSpec> {
        self.contests.iter().find(|contest| contest.id == id)
    }

    /// The row of boxes with this id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&'static BoxSpec> {
        self.boxes.iter().find(|row| row.id == id)
    }

    /// The section with this Roman number.
    #[must_use]
    pub fn section(&self, number: &str) -> Option<&'static SectionSpec> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// The number in the square tag of `page`.
    #[must_use]
    pub fn tag(&self, page: Page) -> u16 {
        self.tags[usize::from(page.number()) - 1]
    }

    /// The reserve in hundredths, with the decimal sign of `lang`: `2,5` or `2.5`.
    pub(super) fn reserve_per_cent(&self, lang: Lang) -> String {
        let decimal = Text::new(",", ".").get(lang);
        match (self.reserve_per_mille / 10, self.reserve_per_mille % 10) {
            (whole, 0) => whole.to_string(),
            (whole, tenths) => format!("{whole}{decimal}{tenths}"),
        }
    }

    /// Ballots that a TPS with `registered` voters receives: the voters and the reserve, rounded up to a whole ballot.
    #[must_use]
    pub fn ballots_for(&self, registered: u32) -> u32 {
        registered + (registered * u32::from(self.reserve_per_mille)).div_ceil(1000)
    }
}

impl Columns {
    /// The columns of one row, from left to right.
    #[must_use]
    pub const fn each(self) -> &'static [Column] {
        match self {
            Self::LakiPerempuanJumlah => &[Column::L, Column::P, Column::J],
            Self::Single | Self::PerPair => &[Column::Only],
        }
    }
}
