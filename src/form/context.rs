//! What is known about a TPS besides the form at hand.

use serde::{Deserialize, Serialize};

use super::counts::Counts;
use super::place::Column;

/// What some rules compare the form with. Rules that need a part that is not given stay silent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The DPT figure of the TPS in the election file.
    pub registered: Option<Registered>,
    /// The figures of the other form of the same TPS.
    pub other: Option<&'a Counts>,
}

/// Registered voters of one TPS, from the election file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// Laki-laki: men.
    pub l: u16,
    /// Perempuan: women.
    pub p: u16,
}

impl Registered {
    /// The figure for a column of the DPT row.
    pub(super) fn in_column(self, column: Column) -> Option<u32> {
        let (l, p) = (u32::from(self.l), u32::from(self.p));
        match column {
            Column::L => Some(l),
            Column::P => Some(p),
            Column::J => Some(l + p),
            Column::Only => None,
        }
    }
}
