//! A law written out with the numbers that its boxes have on the paper.

use super::head::HeadField::{self, CountingFrom, CountingTo, VotingFrom, VotingTo};
use super::law::{Law, Term};
use super::place::Column;
use super::spec::FormSpec;
use super::text::{Lang, Text};

impl Law {
    /// The law as a formula; `x` stands for the column in rules evaluated for each of L, P and J.
    pub(super) fn formula(&self, spec: &FormSpec, lang: Lang) -> String {
        let term = |term: &Term| term.formula(spec);
        match self {
            Self::ColumnsAdd(row) => {
                let [l, p, j] = [Column::L, Column::P, Column::J].map(|column| term(&Term::At(row, column)));
                format!("{j} = {l} + {p}")
            }
            Self::Equal { whole, parts: [Term::Pairs(row)] } => {
                format!("{} = Σ {}", term(whole), term(&Term::Pairs(row)))
            }
            Self::Equal { whole, parts } => {
                format!("{} = {}", term(whole), parts.iter().map(term).collect::<Vec<_>>().join(" + "))
            }
            Self::AtMost { part, limit } => format!("{} ≤ {}", term(part), term(limit)),
            Self::Reserve { received, registered } => {
                let (of, reserve) = (term(registered), spec.reserve_per_cent(lang));
                format!("{} = {of} + ⌈{reserve} % · {of}⌉", term(received))
            }
            Self::WithinLimit(of) => format!("{} ≤ {}", term(of), spec.dpt_limit),
            Self::AsRegistered(row) => {
                const FILE: Text = Text::new("data pemilihan", "election file");
                format!("{} = {}", term(&Term::Here(row)), FILE.get(lang))
            }
            Self::SameOnOtherForm(rows) => {
                const OTHER: Text = Text::new("sama di formulir lain", "the same on the other form");
                let rows: Vec<String> = rows.iter().map(|row| term(&Term::Here(row))).collect();
                format!("{}: {}", rows.join(", "), OTHER.get(lang))
            }
            Self::TimesInOrder => times(spec, lang),
            Self::Contested { votes, valid } => format!("0 < {} < {}", term(votes), term(valid)),
            Self::InvalidShare { invalid, total, per_cent, many } => {
                const AND: Text = Text::new("; tidak 0 jika", "; not 0 when");
                let (invalid, total) = (term(invalid), term(total));
                format!("{invalid} < {per_cent} % · {total}{} {total} ≥ {many}", AND.get(lang))
            }
        }
    }
}

/// The order of the times, for a form counted on the day of the voting.
fn times(spec: &FormSpec, lang: Lang) -> String {
    let label = |field: HeadField| field.label(lang);
    let (from, to) = (label(VotingFrom), label(VotingTo));
    let (counting, end) = (label(CountingFrom), label(CountingTo));
    format!("{} ≤ {from} < {to} ≤ {counting} < {end}", spec.opens)
}

impl Term {
    /// The number on the paper of the box or boxes: `I.A J`, `I.A x`, `IV.1 + IV.2 + …`.
    fn formula(&self, spec: &FormSpec) -> String {
        let number = |row: &str| spec.row(row).map_or(row.to_owned(), |row| row.number.to_owned());
        match self {
            Self::Here(row) => format!("{} x", number(row)),
            Self::At(row, column) => match column.letter() {
                Some(letter) => format!("{} {letter}", number(row)),
                None => number(row),
            },
            Self::Pairs(row) => format!("{}.n", number(row)),
        }
    }
}
