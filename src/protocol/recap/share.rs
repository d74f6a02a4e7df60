//! What one TPS contributes to one contest: its result in force.

use serde::Serialize;

use super::photos::{Photos, photos_complete};
use crate::digest::Digest;
use crate::form::{Code, Counts, check};
use crate::protocol::state::{FormState, State};

/// The result in force of one form of one TPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Digest of the entry.
    pub entry: Digest,
    /// 1, and one more for each correction.
    pub revision: u16,
    /// Every box; none when the boxes are not those of the form.
    pub boxes: Option<Counts>,
    /// Codes of the E and W rules that the figures break, ascending, each once.
    pub findings: Vec<Code>,
    /// Whether it was sealed against the rules of recording.
    pub irregular: bool,
    /// Whether every page has a photo that has come whole, moved photos being at the page where they belong.
    pub photos_complete: bool,
}

impl Share {
    /// What `form` contributes; `None` before it is sealed.
    pub(super) fn of(state: &State, form: &FormState, irregular: bool, photos: &Photos<'_>) -> Option<Self> {
        let result = form.sealed()?;
        let context = state.result_context(form.contest());
        let found = result.counts.iter().flat_map(|counts| check::findings(counts, &result.head, &context));
        let mut findings: Vec<Code> =
            found.filter(|found| found.severity().needs_answer()).map(|found| found.code()).collect();
        findings.dedup();
        Some(Self {
            entry: result.entry,
            revision: result.revision,
            boxes: result.counts.clone(),
            findings,
            irregular,
            photos_complete: photos_complete(state, form, photos),
        })
    }
}
