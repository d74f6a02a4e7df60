//! The page that names the boxes in which two readings differ: ids and labels only, never what anybody read.

use askama::Template;
use axum::extract::Path;

use super::answer::Answer;
use super::frame::Frame;
use super::visit::Visit;
use super::words;
use crate::protocol::ids::Slot;
use crate::recorder::Difference;

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
            let boxes = station.differences(&contest, frame.lang)?;
            let form = station.state().form(&contest);
            let may_read = form.is_some_and(|form| form.turn(officer.slot()).is_some());
            let model = form.map_or("", |form| form.form().contest().model);
            Ok(Page { contest, model, boxes, waits_for: (!may_read).then(|| officer.slot().other()), frame })
        })
        .await
}
