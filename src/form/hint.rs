//! What the boxes typed so far imply for another box, so that an officer sees a slip while the paper is before them.

use super::cell::CellId;
use super::code::Code;
use super::draft::Draft;
use super::law::Term;
use super::place::Column;
use super::rules::RULES;

/// The number one box must hold for a rule to be kept. To be shown beside the box, never filled in: the paper decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    cell: CellId,
    code: Code,
    value: u32,
    from: Vec<CellId>,
}

impl Hint {
    /// The box it is about.
    #[must_use]
    pub fn cell(&self) -> &CellId {
        &self.cell
    }

    /// The rule it follows from.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The number the rule demands; may be above 999 when other boxes are wrong.
    #[must_use]
    pub fn value(&self) -> u32 {
        self.value
    }

    /// The boxes it follows from.
    #[must_use]
    pub fn from(&self) -> &[CellId] {
        &self.from
    }
}

impl Draft {
    /// What the boxes typed so far imply for `cell`, by the first equality of the table that they settle.
    ///
    /// `None` while no equality with the box has all its other boxes typed, or when they would make it negative.
    #[must_use]
    pub fn running(&self, cell: &CellId) -> Option<Hint> {
        let rules = RULES.iter().flat_map(|rule| rule.each_column().map(move |column| (rule, column)));
        let mut equalities = rules.filter_map(|(rule, column)| Some((rule.code, rule.law.equality()?, column)));
        equalities.find_map(|(code, (whole, parts), column)| self.solve(cell, code, (whole, &parts), column))
    }

    /// What the boxes typed so far imply for boxes that are still blank, in the order of the paper.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let blank = self.form().cells().iter().filter(|cell| self.count(cell.id()).is_none());
        blank.filter_map(|cell| self.running(cell.id())).collect()
    }

    /// Solves `whole = parts` for `cell`.
    fn solve(
        &self,
        cell: &CellId,
        code: Code,
        (whole, parts): (Term, &[Term]),
        column: Option<Column>,
    ) -> Option<Hint> {
        let form = self.form();
        let ids = |term: &Term| term.cells(form, column).map(|(_, cell)| cell.id().clone()).collect::<Vec<_>>();
        let whole = ids(&whole);
        let parts: Vec<CellId> = parts.iter().flat_map(ids).collect();
        let asks_whole = whole.contains(cell);
        if !asks_whole && !parts.contains(cell) {
            return None;
        }
        let sum = |cells: &[CellId]| -> Option<u32> {
            cells.iter().filter(|id| *id != cell).map(|id| self.count(id).map(u32::from)).sum()
        };
        let (above, below) = (sum(&whole)?, sum(&parts)?);
        let value = if asks_whole { below } else { above.checked_sub(below)? };
        let from = whole.into_iter().chain(parts).filter(|id| id != cell).collect();
        Some(Hint { cell: cell.clone(), code, value, from })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Form;
    use super::*;

    /// What is typed, the box asked about, and the hint: rule and number.
    type Row = (&'static [(&'static str, &'static str)], &'static str, Option<(&'static str, u32)>);

    const TABLE: &[Row] = &[
        (&[("dpt.L", "272"), ("dpt.P", "280")], "dpt.J", Some(("E101", 552))),
        (&[("dpt.L", "272")], "dpt.J", None),
        (&[("dpt.L", "272"), ("dpt.J", "552")], "dpt.P", Some(("E101", 280))),
        (&[("dpt.L", "272"), ("dpt.J", "200")], "dpt.P", None),
        (&[("users_dpt.L", "9"), ("users_dptb.L", "0"), ("users_dpk.L", "1")], "users_total.L", Some(("E111", 10))),
        (&[("votes.1", "180"), ("votes.2", "154"), ("votes.3", "127")], "valid", Some(("E301", 461))),
        (&[("votes.1", "180"), ("votes.3", "127"), ("valid", "461")], "votes.2", Some(("E301", 154))),
        (&[("votes.1", "999"), ("votes.2", "999"), ("votes.3", "999")], "valid", Some(("E301", 2997))),
        (&[("users_total.J", "475")], "ballots_used", Some(("E202", 475))),
        (&[("users_total.J", "475")], "ballots_received", None),
    ];

    #[test]
    fn a_box_is_implied_once_all_others_of_an_equality_are_typed() {
        for &(typed, asked, expected) in TABLE {
            let mut draft = Draft::new(Form::new("kwk-2024", "walikota", 3).expect("a form"));
            for (cell, text) in typed {
                draft.set(&cell.parse().expect("an id"), text).expect("a count");
            }
            let asked: CellId = asked.parse().expect("an id");
            let hint = draft.running(&asked);
            let found = hint.as_ref().map(|hint| (hint.code().to_string(), hint.value()));
            assert_eq!(found, expected.map(|(code, value)| (code.to_owned(), value)), "{typed:?} {asked}");
            if let Some(hint) = hint {
                assert!(hint.from().iter().all(|from| draft.count(from).is_some()), "{hint:?}");
                assert!(draft.hints().contains(&hint), "{hint:?}");
                draft.set(&asked, "0").expect("a count");
                assert!(draft.hints().iter().all(|other| *other.cell() != asked), "{asked} is typed");
            }
        }
    }
}
