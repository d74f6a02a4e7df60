//! What a rule demands, as data.

use super::cell::Cell;
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

impl Law {
    /// The two sides of the law, the sum first, when it demands an equality between boxes of one form.
    pub(super) fn equality(&self) -> Option<(Term, Vec<Term>)> {
        match *self {
            Self::ColumnsAdd(row) => {
                Some((Term::At(row, Column::J), vec![Term::At(row, Column::L), Term::At(row, Column::P)]))
            }
            Self::Equal { whole, parts } => Some((whole, parts.to_vec())),
            _ => None,
        }
    }
}
