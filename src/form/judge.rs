//! Whether figures keep a law, and if not, which boxes and values disagree.

use super::cell::CellId;
use super::context::Context;
use super::count::Count;
use super::head::{Head, HeadField};
use super::law::{Law, Term};
use super::place::Column;
use super::sheet::Form;

/// The figures a law is judged on; boxes that are not typed yet are `None`.
pub(super) struct Reading<'a> {
    pub(super) form: &'a Form,
    pub(super) values: &'a [Option<Count>],
    pub(super) head: Option<Head>,
    pub(super) context: &'a Context<'a>,
}

/// How a law is broken: the boxes or times on each side, and the two values that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) left: Side,
    pub(super) right: Side,
}

/// One side of a broken law. The value is a count, or minutes since midnight where a time is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) cells: Vec<CellId>,
    pub(super) field: Option<HeadField>,
    pub(super) value: u32,
}

impl Reading<'_> {
    /// How `law` is broken in `column`; `None` when it holds, or cannot be judged because something is not there.
    pub(super) fn breach(&self, law: &Law, column: Option<Column>) -> Option<Breach> {
        match *law {
            Law::ColumnsAdd(_) | Law::Equal { .. } => {
                let (whole, parts) = law.equality()?;
                let (left, right) = (self.side(&[whole], column)?, self.side(&parts, column)?);
                unless(left.value == right.value, left, right)
            }
            Law::AtMost { part, limit } => {
                let (left, right) = (self.side(&[part], column)?, self.side(&[limit], column)?);
                unless(left.value <= right.value, left, right)
            }
            Law::Reserve { received, registered } => {
                let (left, mut right) = (self.side(&[received], column)?, self.side(&[registered], column)?);
                right.value = self.form.spec().ballots_for(right.value);
                unless(left.value == right.value, left, right)
            }
            Law::WithinLimit(term) => {
                let (left, right) = (self.side(&[term], column)?, Side::bare(self.form.spec().dpt_limit.into()));
                unless(left.value <= right.value, left, right)
            }
            Law::AsRegistered(row) => {
                let registered = self.context.registered?.in_column(column?)?;
                let (left, right) = (self.side(&[Term::Here(row)], column)?, Side::bare(registered));
                unless(left.value == right.value, left, right)
            }
            Law::SameOnOtherForm(rows) => self.other_form(rows, column),
            Law::TimesInOrder => self.times(),
            Law::Contested { votes, valid } => self.contested(votes, self.side(&[valid], column)?),
            Law::InvalidShare { invalid, total, per_cent, many } => {
                let (left, right) = (self.side(&[invalid], column)?, self.side(&[total], column)?);
                let large = right.value > 0 && 100 * left.value >= per_cent * right.value;
                let none_of_many = left.value == 0 && right.value >= many;
                unless(!large && !none_of_many, left, right)
            }
        }
    }

    /// The boxes of `terms` and their sum; `None` while one of them is not typed.
    fn side(&self, terms: &[Term], column: Option<Column>) -> Option<Side> {
        let mut side = Side::bare(0);
        for (at, cell) in terms.iter().flat_map(|term| term.cells(self.form, column)) {
            side.value += u32::from(self.values[at]?);
            side.cells.push(cell.id().clone());
        }
        if side.cells.is_empty() { None } else { Some(side) }
    }

    /// Every box of `term` on its own; `None` while one of them is not typed.
    fn each(&self, term: Term, column: Option<Column>) -> Option<Vec<(CellId, u32)>> {
        term.cells(self.form, column).map(|(at, cell)| Some((cell.id().clone(), self.values[at]?.into()))).collect()
    }

    /// Boxes of `rows` in `column` that the other form shows differently; the values are those of the first of them.
    fn other_form(&self, rows: &[&'static str], column: Option<Column>) -> Option<Breach> {
        let other = self.context.other?;
        let mut differing = Vec::new();
        for row in rows {
            for (id, here) in self.each(Term::Here(row), column)? {
                let there = other.get(&id).map(u32::from);
                differing.extend(there.filter(|&there| there != here).map(|there| (id, here, there)));
            }
        }
        let &(_, here, there) = differing.first()?;
        let cells = differing.into_iter().map(|(id, ..)| id).collect();
        Some(Breach { left: Side { cells, ..Side::bare(here) }, right: Side::bare(there) })
    }

    /// The first two times that are out of order; on another day only the times of the voting have an order.
    fn times(&self) -> Option<Breach> {
        let head = self.head?;
        let opens = self.form.spec().opens;
        let time = |field| Some(Side { field: Some(field), ..Side::bare(head.time(field)?.minutes().into()) });
        if head.voting_from < opens {
            return Some(Breach { left: time(HeadField::VotingFrom)?, right: Side::bare(opens.minutes().into()) });
        }
        let disordered = [
            (head.voting_from >= head.voting_to, HeadField::VotingFrom, HeadField::VotingTo),
            (head.same_day && head.voting_to > head.counting_from, HeadField::VotingTo, HeadField::CountingFrom),
            (head.same_day && head.counting_from >= head.counting_to, HeadField::CountingFrom, HeadField::CountingTo),
        ];
        let (_, first, second) = disordered.into_iter().find(|(broken, ..)| *broken)?;
        Some(Breach { left: time(first)?, right: time(second)? })
    }

    /// Pairs with 0 or with all valid votes; the value on the left is that of the first of them.
    fn contested(&self, votes: Term, valid: Side) -> Option<Breach> {
        let mut votes = self.each(votes, None)?;
        votes.retain(|(_, votes)| *votes == 0 || *votes == valid.value);
        let left = Side::bare(votes.first()?.1);
        let cells = votes.into_iter().map(|(id, _)| id).collect();
        Some(Breach { left: Side { cells, ..left }, right: valid })
    }
}

impl Side {
    /// A value that stands in no box of the form.
    fn bare(value: u32) -> Self {
        Self { cells: Vec::new(), field: None, value }
    }
}

fn unless(holds: bool, left: Side, right: Side) -> Option<Breach> {
    (!holds).then_some(Breach { left, right })
}

#[cfg(test)]
mod tests {
    use super::super::code::Code;
    use super::super::example::Example;

    /// Boxes that are changed in the sound figures, and the findings of the rule then: column, left, right.
    type Row = (&'static str, &'static [(&'static str, u16)], &'static [(&'static str, u32, u32)]);

    const TABLE: &[Row] = &[
        ("E101", &[("dpt.J", 553)], &[("", 553, 552)]),
        ("E111", &[("users_dpk.J", 11)], &[("J", 475, 476)]),
        ("E112", &[("dpt.L", 0), ("dpt.J", 0)], &[("L", 221, 0), ("J", 460, 0)]),
        ("E301", &[("votes.1", 999), ("votes.2", 999), ("votes.3", 999)], &[("", 461, 2997)]),
        ("E305", &[("users_total.J", 567)], &[("", 567, 566)]),
        // 2.5 % of 600 is 15 exactly; of 601, 15.025, which is rounded up.
        ("W401", &[("dpt.J", 600), ("ballots_received", 615)], &[]),
        ("W401", &[("dpt.J", 601), ("ballots_received", 616)], &[("", 616, 617)]),
        ("W401", &[("dpt.J", 0), ("ballots_received", 0)], &[]),
        ("W402", &[("dpt.J", 601)], &[("", 601, 600)]),
        ("I501", &[("votes.1", 461)], &[("", 461, 461)]),
        ("I501", &[("votes.2", 0), ("votes.3", 0)], &[("", 0, 461)]),
        ("I502", &[("invalid", 0)], &[("", 0, 475)]),
        ("I502", &[("invalid", 0), ("total", 199)], &[]),
        ("I502", &[("invalid", 0), ("total", 200)], &[("", 0, 200)]),
        ("I502", &[("invalid", 0), ("total", 0)], &[]),
        ("I502", &[("invalid", 3), ("total", 100)], &[("", 3, 100)]),
        ("I502", &[("invalid", 3), ("total", 101)], &[]),
    ];

    #[test]
    fn each_law_names_the_two_values_that_disagree() {
        for &(code, boxes, expected) in TABLE {
            let rule: Code = code.parse().expect("a code");
            let findings = Example::boxes(boxes).case().expect("figures of the form").findings();
            let found: Vec<_> = findings
                .iter()
                .filter(|finding| finding.code() == rule)
                .map(|finding| {
                    let column = finding.column().and_then(super::Column::letter).unwrap_or_default();
                    (column, finding.left(), finding.right())
                })
                .collect();
            assert_eq!(found, expected, "{code} {boxes:?}");
        }
    }

    #[test]
    fn the_other_form_may_differ_in_voters_who_moved_in_alone() {
        let other = &[("dpt.P", 281), ("users_dpk.P", 7), ("users_dptb.P", 1)];
        let findings = Example { other, ..Example::SOUND }.case().expect("figures of the form").findings();
        let [finding] = &findings[..] else { panic!("one finding, not {findings:?}") };
        let cells: Vec<_> = finding.cells().iter().map(ToString::to_string).collect();
        assert_eq!((finding.left(), finding.right(), cells.join(" ").as_str()), (280, 281, "dpt.P users_dpk.P"));
    }

    #[test]
    fn times_are_compared_in_minutes_and_across_midnight_not_at_all() {
        type Row = (&'static [(&'static str, &'static str)], bool, &'static [(u32, u32)]);
        let table: [Row; 8] = [
            (&[("voting_from", "06:59")], true, &[(419, 420)]),
            (&[("voting_to", "07:00")], true, &[(420, 420)]),
            (&[("counting_from", "12:59")], true, &[(780, 779)]),
            (&[("counting_from", "13:00")], true, &[]),
            (&[("counting_to", "13:30")], true, &[(810, 810)]),
            (&[("counting_from", "08:00")], false, &[]),
            (&[("counting_from", "22:00"), ("counting_to", "02:10")], false, &[]),
            (&[("voting_to", "06:00")], false, &[(420, 360)]),
        ];
        for (times, same_day, expected) in table {
            let mut case = Example::times(times).case().expect("times of the form");
            case.head.same_day = same_day;
            let found: Vec<_> = case.findings().iter().map(|finding| (finding.left(), finding.right())).collect();
            assert_eq!(found, expected, "{times:?} {same_day}");
        }
    }
}
