//! One number of the form: its id in records and its place on the paper.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::place::{Column, Page};
use super::spec::{BoxSpec, Columns};
use super::text::{Lang, Text};

/// The id of one number on the form: `valid`, `dpt.L`, `votes.1`. Sorts as text; the order of the paper is the form's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CellId(Arc<str>);

/// Why a text is not the id of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of a box is a row such as `valid`, or a row and `.L`, `.P`, `.J` or a pair's number")]
pub struct NotACellId;

/// One number of the form, in its row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    id: CellId,
    spec: &'static BoxSpec,
    column: Column,
    pair: Option<u8>,
}

const LAKI: Text = Text::new("laki-laki", "men");
const PEREMPUAN: Text = Text::new("perempuan", "women");
const JUMLAH: Text = Text::new("jumlah", "together");

impl CellId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the votes of `pair`; pairs are numbered from 1 to 10, and no form has a box under any other number.
    #[must_use]
    pub fn votes(pair: u8) -> Self {
        Self(format!("votes.{pair}").into())
    }
}

impl Cell {
    /// Every cell of one row, in the order of the paper.
    pub(super) fn of_row(spec: &'static BoxSpec, pairs: u8) -> Vec<Self> {
        let cell = |id: String, column, pair| Self { id: CellId(id.into()), spec, column, pair };
        match spec.columns {
            Columns::PerPair => {
                (1..=pairs).map(|pair| cell(format!("{}.{pair}", spec.id), Column::Only, Some(pair))).collect()
            }
            columns => columns
                .each()
                .iter()
                .map(|&column| match column.letter() {
                    Some(letter) => cell(format!("{}.{letter}", spec.id), column, None),
                    None => cell(spec.id.to_owned(), column, None),
                })
                .collect(),
        }
    }

    /// The id in records.
    #[must_use]
    pub fn id(&self) -> &CellId {
        &self.id
    }

    /// The row it stands in.
    #[must_use]
    pub fn spec(&self) -> &'static BoxSpec {
        self.spec
    }

    /// The column it stands in.
    #[must_use]
    pub fn column(&self) -> Column {
        self.column
    }

    /// The number of the pair whose votes it holds.
    #[must_use]
    pub fn pair(&self) -> Option<u8> {
        self.pair
    }

    /// The page it is printed on.
    #[must_use]
    pub fn page(&self) -> Page {
        self.spec.page
    }

    /// The number on the paper without the column: `I.B.1`, `IV.2`, `V.A`.
    #[must_use]
    pub fn number(&self) -> String {
        match self.pair {
            Some(pair) => format!("{}.{pair}", self.spec.number),
            None => self.spec.number.to_owned(),
        }
    }

    /// The number on the paper with the column: `I.B.1 L`, `IV.2`, `V.A`. Names one box in either language.
    #[must_use]
    pub fn mark(&self) -> String {
        match self.column.letter() {
            Some(letter) => format!("{} {letter}", self.number()),
            None => self.number(),
        }
    }

    /// The label of the box with its column or pair: `Jumlah pemilih dalam DPT, laki-laki`.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        let row = self.row_label(lang);
        match self.column {
            Column::Only => row,
            Column::L => format!("{row}, {}", LAKI.get(lang)),
            Column::P => format!("{row}, {}", PEREMPUAN.get(lang)),
            Column::J => format!("{row}, {}", JUMLAH.get(lang)),
        }
    }

    /// The label of its row, with the pair but without the column: `Perolehan suara pasangan calon 2`.
    #[must_use]
    pub fn row_label(&self, lang: Lang) -> String {
        let row = self.spec.label.get(lang);
        self.pair.map_or_else(|| row.to_owned(), |pair| format!("{row} {pair}"))
    }
}

impl FromStr for CellId {
    type Err = NotACellId;

    fn from_str(text: &str) -> Result<Self, NotACellId> {
        let (row, last) = text.split_once('.').map_or((text, None), |(row, last)| (row, Some(last)));
        let row_fits =
            (1..=32).contains(&row.len()) && row.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let is_pair = |text: &str| match text.as_bytes() {
            [first, rest @ ..] => matches!(first, b'1'..=b'9') && rest.len() < 2 && rest.iter().all(u8::is_ascii_digit),
            [] => false,
        };
        let last_fits = last.is_none_or(|last| matches!(last, "L" | "P" | "J") || is_pair(last));
        if row_fits && last_fits { Ok(Self(text.into())) } else { Err(NotACellId) }
    }
}

impl TryFrom<String> for CellId {
    type Error = NotACellId;

    fn try_from(text: String) -> Result<Self, NotACellId> {
        text.parse()
    }
}

impl From<CellId> for String {
    fn from(id: CellId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for CellId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for CellId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CellId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Form;
    use super::*;

    #[test]
    fn ids_are_rows_with_a_column_or_a_pair() {
        for good in ["valid", "dpt.L", "users_dpt.J", "votes.1", "votes.10"] {
            assert_eq!(good.parse::<CellId>().map(String::from).as_deref(), Ok(good));
        }
        for bad in
            ["", ".", "Valid", "dpt.", "dpt.l", "dpt.X", "votes.0", "votes.01", "votes.+1", "votes.100", "a.1.2", "a b"]
        {
            assert_eq!(bad.parse::<CellId>(), Err(NotACellId), "{bad}");
        }
    }

    #[test]
    fn a_cell_is_called_as_on_the_paper() {
        let form = Form::new("kwk-2024", "gubernur", 3).expect("a form");
        let table = [
            ("dpt.L", "I.A", "I.A L", "Jumlah pemilih dalam DPT, laki-laki", 1),
            ("users_dpt.J", "I.B.1", "I.B.1 J", "Pengguna hak pilih dalam DPT, jumlah", 1),
            ("votes.2", "IV.2", "IV.2", "Perolehan suara pasangan calon 2", 2),
            ("total", "V.C", "V.C", "Jumlah seluruh suara sah dan tidak sah (A+B)", 3),
        ];
        for (id, number, mark, label, page) in table {
            let cell = form.cell(&id.parse().expect("an id")).expect("a box of the form");
            let found = (cell.number(), cell.mark(), cell.label(Lang::Id), cell.page().number());
            assert_eq!(found, (number.to_owned(), mark.to_owned(), label.to_owned(), page));
        }
        assert_eq!(form.cell(&"votes.4".parse().expect("an id")), None);
    }
}
