//! Every box of a form added up over many sheets, as written.
//!
//! In scope: adding, taking away, comparing written with computed sums. Not here: which sheets count (`protocol::recap`).

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::cell::CellId;
use super::code::Code;
use super::counts::Counts;
use super::equation::equations;
use super::place::Column;
use super::sheet::Form;

/// One sum for each box of a form. In JSON an object of whole numbers in the order of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    form: Form,
    // In the order of `Form::cells`. A box holds at most 999: no number of sheets on earth overflows this.
    values: Vec<u64>,
}

/// One equation of the form over sums: what was written beside what its parts come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The rule that wants the two to be equal.
    pub rule: Code,
    /// The column, for rules that are evaluated for L, P and J.
    pub column: Option<Column>,
    /// The box that should be the sum.
    pub whole: CellId,
    /// What is written in it, summed.
    pub written: u64,
    /// What its parts come to, summed.
    pub computed: u64,
}

impl Check {
    /// Whether what is written is what its parts come to.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.written == self.computed
    }
}

impl Sums {
    /// Zero in every box of `form`.
    #[must_use]
    pub fn zero(form: &Form) -> Self {
        Self { form: form.clone(), values: vec![0; form.cells().len()] }
    }

    /// Adds a sheet of the same form; a box that this form does not have is passed over.
    pub fn add(&mut self, counts: &Counts) {
        self.change(counts, u64::saturating_add);
    }

    /// Takes a sheet away that was added.
    pub fn take_away(&mut self, counts: &Counts) {
        self.change(counts, u64::saturating_sub);
    }

    fn change(&mut self, counts: &Counts, by: fn(u64, u64) -> u64) {
        if *counts.form() == self.form {
            for (sum, count) in self.values.iter_mut().zip(counts.values()) {
                *sum = by(*sum, count.get().into());
            }
        }
    }

    /// The form that is added up.
    #[must_use]
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// The sum of a box; `None` when the form has no such box.
    #[must_use]
    pub fn get(&self, id: &CellId) -> Option<u64> {
        self.form.position(id).map(|at| self.values[at])
    }

    /// Every box with its sum, in the order of the paper.
    pub fn iter(&self) -> impl Iterator<Item = (&CellId, u64)> {
        self.form.cells().iter().zip(&self.values).map(|(cell, sum)| (cell.id(), *sum))
    }

    /// The votes of every pair, in the order of their numbers.
    #[must_use]
    pub fn votes(&self) -> Vec<u64> {
        let cells = self.form.cells().iter().zip(&self.values);
        cells.filter(|(cell, _)| cell.pair().is_some()).map(|(_, sum)| *sum).collect()
    }

    /// Written beside computed, for every equation of the form.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        let value = |id: &CellId| self.get(id).unwrap_or_default();
        let check = |equation: super::equation::Equation| Check {
            rule: equation.rule,
            column: equation.column,
            written: value(&equation.whole),
            computed: equation.parts.iter().map(value).sum(),
            whole: equation.whole,
        };
        equations(&self.form).into_iter().map(check).collect()
    }
}

impl Serialize for Sums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (id, sum) in self.iter() {
            map.serialize_entry(id, &sum)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use super::*;

    #[test]
    fn what_was_added_can_be_taken_away_and_differences_show() {
        let sound = Example::SOUND.case().expect("figures of the form").counts;
        let wrong = Example::boxes(&[("valid", 470)]).case().expect("figures of the form").counts;
        let mut sums = Sums::zero(sound.form());
        sums.add(&sound);
        let before = sums.clone();
        assert!(sums.checks().iter().all(Check::holds), "{:?}", sums.checks());
        sums.add(&wrong);
        let differ: Vec<String> =
            sums.checks().iter().filter(|check| !check.holds()).map(|check| check.rule.to_string()).collect();
        assert_eq!(differ, ["E301", "E302"]);
        sums.take_away(&wrong);
        assert_eq!(sums, before);
        let votes: u64 = sums.votes().iter().sum();
        assert_eq!(sums.get(&"valid".parse().expect("an id")), Some(votes));
        let other = Form::new("kwk-2024", "walikota", sound.form().pairs()).expect("a form");
        let mut others = Sums::zero(&other);
        others.add(&sound);
        assert_eq!(others, Sums::zero(&other), "a sheet of another form adds nothing");
    }
}
