//! Which pages of a form are photographed: by what has come whole, and by where operators say that it belongs.
//!
//! Not here: which of an operator's words is in force (`protocol::moves`).

use crate::digest::Digest;
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
