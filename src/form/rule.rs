//! What one rule of the table consists of.

use super::code::{Code, Severity};
use super::example::Example;
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
    /// What disagrees. `{boxes}` and `{others}` stand for the boxes or times of the two sides, `{left}` and `{right}`
    /// for their values, `{first}` and `{also}` for the box that has the left value and those like it, `{reserve}` for
    /// the reserve of the form version in hundredths.
    pub message: Text,
    /// Why the rule holds for a correct form.
    pub why: Text,
    /// Figures that break the rule.
    pub fires: Example,
    /// Figures on the boundary that still keep it.
    pub silent: Example,
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
}
