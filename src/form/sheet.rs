//! The form of one contest: a version, what is elected, and how many pairs stand.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, CellId};
use super::place::Page;
use super::spec::{ContestSpec, FormSpec};

/// The form of one contest, with every box it has. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FormName", into = "FormName")]
pub struct Form(Arc<Inner>);

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    spec: &'static FormSpec,
    contest: &'static ContestSpec,
    pairs: u8,
    cells: Vec<Cell>,
}

/// What names a form in a file: `{"version":"kwk-2024","contest":"gubernur","pairs":3}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormName {
    version: String,
    contest: String,
    pairs: u8,
}

/// Why there is no such form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// No version has that name.
    #[error("choosing a form: this program does not know form version `{version}`; use a newer program")]
    Version {
        /// The name asked for.
        version: String,
    },
    /// The version is not printed for that contest.
    #[error("choosing a form: version `{version}` has no contest `{contest}`")]
    Contest {
        /// The version asked for.
        version: String,
        /// The contest asked for.
        contest: String,
    },
    /// The number of pairs does not fit on the form.
    #[error("choosing a form: {pairs} pairs of candidates; a form has room for 2 to 10")]
    Pairs {
        /// The number asked for.
        pairs: u8,
    },
}

impl Form {
    /// The form of `version` for `contest` with `pairs` pairs of candidates, 2 to 10.
    ///
    /// # Errors
    /// When the version, the contest or that number of pairs does not exist.
    pub fn new(version: &str, contest: &str, pairs: u8) -> Result<Self, FormError> {
        let spec = FormSpec::find(version).ok_or_else(|| FormError::Version { version: version.to_owned() })?;
        let contest = spec
            .contest(contest)
            .ok_or_else(|| FormError::Contest { version: version.to_owned(), contest: contest.to_owned() })?;
        if !(2..=10).contains(&pairs) {
            return Err(FormError::Pairs { pairs });
        }
        let cells = spec.boxes.iter().flat_map(|row| Cell::of_row(row, pairs)).collect();
        Ok(Self(Arc::new(Inner { spec, contest, pairs, cells })))
    }

    /// The version it belongs to.
    #[must_use]
    pub fn spec(&self) -> &'static FormSpec {
        self.0.spec
    }

    /// What is elected.
    #[must_use]
    pub fn contest(&self) -> &'static ContestSpec {
        self.0.contest
    }

    /// How many pairs of candidates stand; they are numbered from 1.
    #[must_use]
    pub fn pairs(&self) -> u8 {
        self.0.pairs
    }

    /// Every box, in the order of the paper.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.0.cells
    }

    /// The box with this id, if the form has it.
    #[must_use]
    pub fn cell(&self, id: &CellId) -> Option<&Cell> {
        self.position(id).map(|at| &self.0.cells[at])
    }

    /// The boxes with the votes of each pair, in the order of their numbers.
    pub fn votes(&self) -> impl Iterator<Item = &Cell> {
        self.0.cells.iter().filter(|cell| cell.pair().is_some())
    }

    /// The pages, in order.
    #[must_use]
    pub fn pages(&self) -> [Page; 3] {
        Page::ALL
    }

    /// Where in [`Form::cells`] the box stands.
    pub(super) fn position(&self, id: &CellId) -> Option<usize> {
        self.0.cells.iter().position(|cell| cell.id() == id)
    }
}

impl TryFrom<FormName> for Form {
    type Error = FormError;

    fn try_from(name: FormName) -> Result<Self, FormError> {
        Self::new(&name.version, &name.contest, name.pairs)
    }
}

impl From<Form> for FormName {
    fn from(form: Form) -> Self {
        Self { version: form.spec().version.to_owned(), contest: form.contest().id.to_owned(), pairs: form.pairs() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_that_are_printed_exist() {
        let version = |version: &str| FormError::Version { version: version.to_owned() };
        assert_eq!(Form::new("kwk-2020", "gubernur", 3), Err(version("kwk-2020")));
        let contest = FormError::Contest { version: "ppwp-2024".to_owned(), contest: "gubernur".to_owned() };
        assert_eq!(Form::new("ppwp-2024", "gubernur", 3), Err(contest));
        for pairs in [0, 1, 11, 255] {
            assert_eq!(Form::new("kwk-2024", "bupati", pairs), Err(FormError::Pairs { pairs }));
        }
    }

    #[test]
    fn boxes_stand_in_the_order_of_the_paper_under_ids_that_can_be_read_back() {
        for spec in FormSpec::all() {
            for pairs in 2..=10 {
                let form = Form::new(spec.version, spec.contests[0].id, pairs).expect("a form");
                assert_eq!(form.cells().len(), 25 + usize::from(pairs));
                assert!(form.cells().is_sorted_by_key(Cell::page));
                for (at, cell) in form.cells().iter().enumerate() {
                    assert_eq!(cell.id().as_str().parse().as_ref(), Ok(cell.id()));
                    assert_eq!(form.position(cell.id()), Some(at));
                }
                let last = form.votes().last().expect("pairs");
                assert_eq!(last.id(), &CellId::votes(pairs));
                assert_eq!((last.number(), last.pair()), (format!("IV.{pairs}"), Some(pairs)));
            }
        }
    }

    #[test]
    fn every_row_belongs_to_a_section_of_its_version() {
        for spec in FormSpec::all() {
            for row in spec.boxes {
                assert!(spec.section(row.section).is_some(), "{} {}", spec.version, row.id);
                assert!(row.number.split('.').next() == Some(row.section), "{} {}", spec.version, row.id);
            }
        }
    }

    #[test]
    fn a_form_is_named_in_json() {
        let form = Form::new("kwk-2024", "gubernur", 3).expect("a form");
        let text = r#"{"version":"kwk-2024","contest":"gubernur","pairs":3}"#;
        assert_eq!(serde_json::to_string(&form).expect("json"), text);
        assert_eq!(serde_json::from_str::<Form>(text).expect("a form"), form);
        assert!(serde_json::from_str::<Form>(&text.replace('3', "11")).is_err());
    }
}
