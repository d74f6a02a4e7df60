//! What one TPS contributes to one contest: its result in force.

use serde::Serialize;

use crate::digest::Digest;
use crate::form::{Code, Counts, check};
use crate::protocol::annotation::Filing;
use crate::protocol::entry::PagePhoto;
use crate::protocol::moves::Moves;
use crate::protocol::state::{FormState, Shows, State};

/// What is known of photos when pages are counted.
pub struct Photos<'a> {
    /// Which of the TPS's own photos have come whole.
    pub received: &'a dyn Fn(&Digest) -> bool,
    /// Which photos belong to another page than the one they are filed under. Only what has come whole is ever moved.
    pub moves: &'a Moves,
}

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

/// Whether every page has a photo that has come whole: one that the result in force names and that was not moved away, or
/// one that was filed elsewhere and belongs here.
pub(super) fn photos_complete(state: &State, form: &FormState, photos: &Photos<'_>) -> bool {
    let pages = form.sealed().map_or(&[][..], |result| &result.pages);
    form.form().pages().iter().all(|wanted| {
        let shows = Shows::Page { contest: form.contest().to_owned(), page: *wanted };
        let place = Filing { station: state.station(), shows };
        let stands = |sha256: &Digest| (photos.received)(sha256) && photos.moves.away(sha256, &place).is_none();
        let own = |page: &PagePhoto| matches!(page, PagePhoto::Photo { sha256, .. } if stands(sha256));
        pages.iter().any(|page| page.page() == *wanted && own(page)) || photos.moves.here(&place).next().is_some()
    })
}
