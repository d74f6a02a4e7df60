//! What a rule demands, as data, and how it is evaluated.

use super::cell::{Cell, CellId};
use super::context::Context;
use super::count::Count;
use super::head::{Head, HeadField};
use super::place::Column;
use super::sheet::Form;

/// Boxes whose numbers are added up on one side of a law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// The box of this row in the column for which the rule is evaluated.
    Here(&'static str),
    /// The box of this row in this column.
    At(&'static str, Column),
    /// The boxes of all pairs.
    Pairs(&'static str),
}

/// What a rule demands of the numbers on the form. All arithmetic is in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// J of the row is L and P together.
    ColumnsAdd(&'static str),
    /// One number is the sum of others.
    Equal {
        /// The sum as written.
        whole: Term,
        /// What it must be the sum of.
        parts: &'static [Term],
    },
    /// One number is not above another.
    AtMost {
        /// The number that may not be larger.
        part: Term,
        /// The number it may not pass.
        limit: Term,
    },
    /// Ballots received are the DPT and the reserve of the form version, rounded up.
    Reserve {
        /// Ballots received.
        received: Term,
        /// Voters in the DPT.
        registered: Term,
    },
    /// The number is not above the most voters a TPS is planned for.
    WithinLimit(Term),
    /// The row equals the DPT figure that the election file holds for the TPS.
    AsRegistered(&'static str),
    /// The rows are the same on the other form of the TPS.
    SameOnOtherForm(&'static [&'static str]),
    /// Voting start < voting end; counted on the same day also voting end ≤ counting start < counting end; voting not
    /// before the hour at which TPS open.
    TimesInOrder,
    /// No pair has 0 and no pair has all valid votes.
    Contested {
        /// The votes of the pairs.
        votes: Term,
        /// The valid votes.
        valid: Term,
    },
    /// The invalid votes are below a share of all votes, and not 0 among many.
    InvalidShare {
        /// The invalid votes.
        invalid: Term,
        /// All votes.
        total: Term,
        /// The share from which the law is broken, in hundredths.
        per_cent: u32,
        /// The number of all votes from which 0 invalid votes break the law.
        many: u32,
    },
}

/// The figures a law is evaluated on; boxes that are not typed yet are `None`.
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
    pub(super) fields: Vec<HeadField>,
}

/// One side of a broken law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) cells: Vec<CellId>,
    pub(super) value: u32,
}

impl Term {
    /// The boxes of the term on `form`, where the rule is evaluated for `column`.
    pub(super) fn cells<'f>(&self, form: &'f Form, column: Option<Column>) -> impl Iterator<Item = (usize, &'f Cell)> {
        let (row, column) = match *self {
            Self::Here(row) => (row, column),
            Self::At(row, column) => (row, Some(column)),
            Self::Pairs(row) => (row, Some(Column::Only)),
        };
        let cells = form.cells().iter().enumerate();
        cells.filter(move |(_, cell)| cell.spec().id == row && Some(cell.column()) == column)
    }
}

impl Reading<'_> {
    /// The boxes of `terms` and their sum; `None` while one of them is not typed.
    fn side(&self, terms: &[Term], column: Option<Column>) -> Option<Side> {
        let mut side = Side { cells: Vec::new(), value: 0 };
        for (at, cell) in terms.iter().flat_map(|term| term.cells(self.form, column)) {
            side.value += u32::from(self.values[at]?);
            side.cells.push(cell.id().clone());
        }
        if side.cells.is_empty() { None } else { Some(side) }
    }

    /// Every box of `term` on its own.
    fn each(&self, term: Term, column: Option<Column>) -> Option<Vec<(CellId, u32)>> {
        term.cells(self.form, column).map(|(at, cell)| Some((cell.id().clone(), self.values[at]?.into()))).collect()
    }
}

impl Side {
    fn bare(value: u32) -> Self {
        Self { cells: Vec::new(), value }
    }
}

impl Law {
    /// How the law is broken in `column`; `None` when it holds, or cannot be judged because something is not there.
    pub(super) fn breach(&self, reading: &Reading<'_>, column: Option<Column>) -> Option<Breach> {
        let side = |terms: &[Term]| reading.side(terms, column);
        let unless =
            |holds: bool, left: Side, right: Side| (!holds).then_some(Breach { left, right, fields: Vec::new() });
        match *self {
            Self::ColumnsAdd(row) => {
                let left = side(&[Term::At(row, Column::J)])?;
                let right = side(&[Term::At(row, Column::L), Term::At(row, Column::P)])?;
                unless(left.value == right.value, left, right)
            }
            Self::Equal { whole, parts } => {
                let (left, right) = (side(&[whole])?, side(parts)?);
                unless(left.value == right.value, left, right)
            }
            Self::AtMost { part, limit } => {
                let (left, right) = (side(&[part])?, side(&[limit])?);
                unless(left.value <= right.value, left, right)
            }
            Self::Reserve { received, registered } => {
                let (left, mut right) = (side(&[received])?, side(&[registered])?);
                right.value = reading.form.spec().ballots_for(right.value);
                unless(left.value == right.value, left, right)
            }
            Self::WithinLimit(term) => {
                let (left, right) = (side(&[term])?, Side::bare(reading.form.spec().dpt_limit.into()));
                unless(left.value <= right.value, left, right)
            }
            Self::AsRegistered(row) => {
                let registered = reading.context.registered?;
                let (left, right) = (side(&[Term::Here(row)])?, Side::bare(registered.in_column(column?)?));
                unless(left.value == right.value, left, right)
            }
            Self::SameOnOtherForm(rows) => other_form(reading, rows, column),
            Self::TimesInOrder => times(reading),
            Self::Contested { votes, valid } => contested(reading, votes, side(&[valid])?),
            Self::InvalidShare { invalid, total, per_cent, many } => {
                let (left, right) = (side(&[invalid])?, side(&[total])?);
                let share = right.value > 0 && 100 * left.value >= per_cent * right.value;
                let none_of_many = left.value == 0 && right.value >= many;
                unless(!share && !none_of_many, left, right)
            }
        }
    }
}

/// Boxes of `rows` in `column` that the other form shows differently; the values are those of the first of them.
fn other_form(reading: &Reading<'_>, rows: &[&'static str], column: Option<Column>) -> Option<Breach> {
    let other = reading.context.other?;
    let mut left: Option<Side> = None;
    let mut there = 0;
    for row in rows {
        for (id, here) in reading.each(Term::Here(row), column)? {
            let Some(count) = other.get(&id).map(u32::from) else { continue };
            if count == here {
                continue;
            }
            match &mut left {
                Some(side) => side.cells.push(id),
                None => {
                    left = Some(Side { cells: vec![id], value: here });
                    there = count;
                }
            }
        }
    }
    left.map(|left| Breach { left, right: Side::bare(there), fields: Vec::new() })
}

/// The first two times that are out of order, in minutes since midnight.
fn times(reading: &Reading<'_>) -> Option<Breach> {
    let head = reading.head?;
    let opens = reading.form.spec().opens;
    let early = head.voting_from < opens;
    let disordered = [
        (head.voting_from >= head.voting_to, HeadField::VotingFrom, HeadField::VotingTo),
        (head.same_day && head.voting_to > head.counting_from, HeadField::VotingTo, HeadField::CountingFrom),
        (head.same_day && head.counting_from >= head.counting_to, HeadField::CountingFrom, HeadField::CountingTo),
    ];
    let minutes = |field| head.time(field).map(|time| Side::bare(time.minutes().into()));
    if early {
        let (left, right) = (minutes(HeadField::VotingFrom)?, Side::bare(opens.minutes().into()));
        return Some(Breach { left, right, fields: vec![HeadField::VotingFrom] });
    }
    let (_, first, second) = disordered.into_iter().find(|(breach, ..)| *breach)?;
    Some(Breach { left: minutes(first)?, right: minutes(second)?, fields: vec![first, second] })
}

/// Pairs with 0 or with all valid votes; the value on the left is that of the first of them.
fn contested(reading: &Reading<'_>, votes: Term, valid: Side) -> Option<Breach> {
    let mut votes = reading.each(votes, None)?;
    votes.retain(|(_, votes)| *votes == 0 || *votes == valid.value);
    let value = votes.first()?.1;
    let cells = votes.into_iter().map(|(id, _)| id).collect();
    Some(Breach { left: Side { cells, value }, right: valid, fields: Vec::new() })
}
