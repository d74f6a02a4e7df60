//! A form as rows on a page, in the paper's order: what the reading page, the seal and the copies have in common.

use crate::form::{Counts, Lang};
pub(super) use crate::html::{Row, Section, sections};
use crate::protocol::state::FormState;
use crate::recorder::Station;

/// A number in its box.
pub(super) struct Figure {
    /// L, P or J; empty where there is one column.
    pub(super) letter: &'static str,
    /// Number and label of the box, read out by a screen reader.
    pub(super) name: String,
    /// The number as it stands there.
    pub(super) digits: String,
}

/// All figures as on the paper: what the officers seal and what a saksi sees are laid out by this one function.
pub(super) fn figures(
    station: &Station,
    form: &FormState,
    counts: Option<&Counts>,
    lang: Lang,
) -> Vec<Section<Figure>> {
    let Some(counts) = counts else { return Vec::new() };
    let pairs = station.election().contest(form.contest()).map(|known| known.pairs.as_slice()).unwrap_or_default();
    sections(form.form(), pairs, lang, |cell| {
        Some(Figure {
            letter: cell.column().letter().unwrap_or_default(),
            name: format!("{} {}", cell.mark(), cell.label(lang)),
            digits: counts.get(cell.id())?.to_string(),
        })
    })
}
