//! What one rule of the table consists of.

use super::code::{Code, Severity};
use super::law::Law;
use super::place::Column;
use super::text::Text;

/// One rule: what it demands, where, and what officials are told when it does not hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The code; its letter is the severity.
    pub code: Code,
    /// What is demanded.
    pub law: Law,
    /// The columns it is evaluated for, each giving its own finding; empty when it is evaluated once.
    pub columns: &'static [Column],
    /// What disagrees. `{boxes}` and `{others}` stand for the boxes of the two sides, `{left}` and `{right}` for their
    /// values, `{column}`, `{times}` and `{reserve}` for what they say.
    pub message: Text,
    /// Why the rule holds for a correct form.
    pub why: Text,
    /// Figures that break the rule.
    pub fires: Example,
    /// Figures on the boundary that still keep it.
    pub silent: Example,
}

/// An example, as what it changes in [`super::example`]'s sound figures.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// Boxes of the form.
    pub boxes: &'static [(&'static str, u16)],
    /// Times at the head of the form, by the id of the entry.
    pub times: &'static [(&'static str, &'static str)],
    /// Whether the counting ended on the day of the voting.
    pub same_day: bool,
    /// Boxes of the other form of the TPS.
    pub other: &'static [(&'static str, u16)],
    /// Registered men and women in the election file.
    pub registered: Option<(u16, u16)>,
}

impl Rule {
    /// How much a finding of this rule weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self.code.letter() {
            'E' => Severity::Error,
            'W' => Severity::Warning,
            _ => Severity::Note,
        }
    }

    /// The columns to evaluate it for; one `None` when it is evaluated once.
    pub(super) fn each_column(&self) -> impl Iterator<Item = Option<Column>> {
        let once = self.columns.is_empty().then_some(None);
        self.columns.iter().copied().map(Some).chain(once)
    }

    /// What stands between the boxes of one side: a plus where they are added up, else a comma.
    pub(super) const fn joint(&self) -> &'static str {
        match self.law {
            Law::SameOnOtherForm(_) | Law::Contested { .. } => ", ",
            _ => " + ",
        }
    }
}

impl Example {
    /// The sound figures themselves.
    pub(super) const SOUND: Self = Self::boxes(&[]);

    /// Changes to boxes alone.
    pub(super) const fn boxes(boxes: &'static [(&'static str, u16)]) -> Self {
        Self { boxes, times: &[], same_day: true, other: &[], registered: None }
    }

    /// Changes to times alone.
    pub(super) const fn times(times: &'static [(&'static str, &'static str)]) -> Self {
        Self { times, ..Self::SOUND }
    }
}
