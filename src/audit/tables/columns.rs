//! Columns that several tables share: the place of a TPS, the boxes of a form, the sums that the rules want.

use super::table::written;
use crate::form::{CellId, Counts, Equation, Form, equations};
use crate::protocol::election::{Election, Mode};
use crate::protocol::ids::{Level, StationId};

/// Heads of [`place`].
pub(crate) const PLACE: [&str; 11] = [
    "mode",
    "station",
    "provinsi_code",
    "provinsi",
    "kota_code",
    "kota",
    "kecamatan_code",
    "kecamatan",
    "kelurahan_code",
    "kelurahan",
    "tps",
];

/// `drill` or `live`.
pub(crate) fn mode(election: &Election) -> &'static str {
    match election.plan().mode {
        Mode::Drill => "drill",
        Mode::Live => "live",
    }
}

/// Where a TPS is.
pub(crate) fn place(election: &Election, station: StationId) -> Vec<String> {
    let mut fields = vec![mode(election).to_owned(), station.to_string()];
    for level in Level::ALL {
        let region = station.region(level);
        fields.extend([region.to_string(), written(election.name(region).unwrap_or_default())]);
    }
    fields.push(format!("{:03}", station.tps()));
    fields
}

/// The form with the most pairs: its boxes are those of every form of the election.
fn widest(election: &Election) -> Option<&Form> {
    election.forms().iter().max_by_key(|form| form.pairs())
}

/// Every box that a form of the election has, in the order of the paper.
pub(crate) fn boxes(election: &Election) -> Vec<CellId> {
    widest(election).map_or_else(Vec::new, |form| form.cells().iter().map(|cell| cell.id().clone()).collect())
}

/// The numbers in `boxes`; blank where the form has no such box or the record's boxes were not those of the form.
pub(crate) fn values(boxes: &[CellId], counts: Option<&Counts>) -> Vec<String> {
    let value = |id| counts.and_then(|counts| counts.get(id));
    boxes.iter().map(|id| value(id).map(|count| count.to_string()).unwrap_or_default()).collect()
}

/// A sum that a rule of the form wants to find in a box.
pub(crate) struct Sum {
    /// Rule and box, `E101 dpt.J`.
    pub(crate) title: String,
    parts: Vec<CellId>,
}

impl Sum {
    /// The sum of what is written in its parts on one sheet; blank when there are no figures.
    pub(crate) fn of(&self, counts: Option<&Counts>) -> String {
        let sum = |counts: &Counts| -> u32 { self.parts.iter().filter_map(|id| counts.get(id)).map(u32::from).sum() };
        counts.map(|counts| sum(counts).to_string()).unwrap_or_default()
    }

    /// The sum of what is written in its parts on all sheets of a region.
    #[cfg(feature = "central")]
    pub(crate) fn over(&self, sums: &crate::form::Sums) -> u64 {
        self.parts.iter().filter_map(|id| sums.get(id)).sum()
    }
}

/// Every sum that the table of rules knows about a form of the election, in its order.
pub(crate) fn sums(election: &Election) -> Vec<Sum> {
    widest(election).map(sums_of).unwrap_or_default()
}

/// Every sum that the table of rules knows about `form`, in its order.
pub(crate) fn sums_of(form: &Form) -> Vec<Sum> {
    // An equality of two boxes is no sum: both stand in the row already.
    let sums = equations(form).into_iter().filter(|equation| equation.parts.len() > 1);
    let sum = |found: Equation| Sum { title: format!("{} {}", found.rule, found.whole), parts: found.parts };
    sums.map(sum).collect()
}
