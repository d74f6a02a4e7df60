//! The page that names the boxes in which two readings differ: ids and labels only, never what anybody read.

use askama::Template;
use axum::extract::Path;

use super::answer::Answer;
use super::frame::Frame;
use super::visit::Visit;
use super::words;
use crate::form::{Form, Lang, Page as PaperPage};
use crate::protocol::ids::Slot;
use crate::recorder::{Difference, Field};

/// The page.
#[derive(Template)]
#[template(path = "differences.html")]
struct Page {
    frame: Frame,
    contest: String,
    model: &'static str,
    boxes: Vec<Difference>,
    /// Whose turn it is, when it is not that of the officer who is unlocked here.
    waits_for: Option<Slot>,
}

/// Shows the page.
pub(super) async fn show(visit: Visit, Path(contest): Path<String>) -> Answer {
    let officer = visit.officer()?;
    visit
        .page(move |station, frame| {
            let mut boxes = station.differences(&contest, frame.lang)?;
            let form = station.state().form(&contest);
            let turn = form.and_then(|form| form.turn(officer.slot()));
            if let (true, Some(form), Some(turn)) = (boxes.is_empty(), form, &turn) {
                // The colleague has read again already: this officer's boxes are still the same.
                boxes = turn.retype.iter().filter_map(|id| named(form.form(), id, frame.lang)).collect();
            }
            let model = form.map_or("", |form| form.form().contest().model);
            Ok(Page { waits_for: turn.is_none().then(|| officer.slot().other()), contest, model, boxes, frame })
        })
        .await
}

/// A box by its number and label on the paper.
fn named(form: &Form, id: &str, lang: Lang) -> Option<Difference> {
    let (mark, page, label) = match id.parse().ok()? {
        Field::Head(field) => (String::new(), PaperPage::FIRST, field.label(lang).to_owned()),
        Field::Cell(cell) => {
            let cell = form.cell(&cell)?;
            (cell.mark(), cell.page(), cell.label(lang))
        }
    };
    Some(Difference { id: id.to_owned(), mark, page, label })
}
