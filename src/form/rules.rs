//! The arithmetic of the form as one table.

use super::code::Code;
use super::law::{Law, Term};
use super::place::Column;
use super::rule::{Example, Rule};
use super::text::Text;

/// Each of the three columns.
const LPJ: &[Column] = &[Column::L, Column::P, Column::J];

const USERS_J: Term = Term::At("users_total", Column::J);

const fn one(row: &'static str) -> Term {
    Term::At(row, Column::Only)
}

/// Every rule, by code.
pub static RULES: &[Rule] = &[
    columns_add("E101", "dpt", Example::boxes(&[("dpt.J", 553)])),
    columns_add("E102", "users_dpt", Example::boxes(&[("users_dpt.J", 461)])),
];

const fn columns_add(code: &str, row: &'static str, fires: Example) -> Rule {
    Rule {
        code: Code::literal(code),
        law: Law::ColumnsAdd(row),
        columns: &[],
        message: Text::new(
            "{boxes} tertulis {left}, tetapi {others} berjumlah {right}.",
            "{boxes} says {left}, but {others} make {right}.",
        ),
        why: Text::new("Jumlah adalah laki-laki ditambah perempuan.", "The total is men and women together."),
        fires,
        silent: Example::SOUND,
    }
}
