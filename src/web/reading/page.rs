//! Showing the form to the officer who reads it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

use super::beside;
use super::view::{Posted, View};
use crate::form::Text;
use crate::recorder::Station;
use crate::web::answer::Answer;
use crate::web::error::WebError;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// The page.
#[derive(Template)]
#[template(path = "read.html")]
struct Page {
    frame: Frame,
    view: View,
    trouble: Option<String>,
}

/// Shows the form, or that it is not the officer's turn.
pub(in crate::web) async fn show(visit: Visit, Path(contest): Path<String>) -> Answer {
    let posted = Posted { beside: beside::asked(&visit.path), ..Posted::default() };
    again(visit, contest, posted, StatusCode::OK, None).await
}

/// Shows the form with what has to be mended.
pub(super) async fn again(
    visit: Visit,
    contest: String,
    posted: Posted,
    status: StatusCode,
    trouble: Option<Trouble>,
) -> Answer {
    let officer = visit.officer()?;
    let make = move |station: &mut Station, frame: Frame| -> Result<Page, WebError> {
        let task = station.reading(&officer, &contest)?;
        let view = View::new(station, &frame, (&contest, officer.slot()), &task, &posted);
        let trouble = trouble.map(|trouble| trouble.text(&frame));
        Ok(Page { frame, view, trouble })
    };
    visit.page_with(status, make).await
}

/// What is said above the form.
#[derive(Debug, Clone, Copy)]
pub(super) enum Trouble {
    /// One of the page's own texts.
    Said(Text),
    /// So many boxes are blank.
    Blanks(usize),
}

impl Trouble {
    fn text(self, frame: &Frame) -> String {
        match self {
            Self::Said(text) => frame.w(text).to_owned(),
            Self::Blanks(boxes) => frame.with(words::read::BLANKS, &[&boxes]),
        }
    }
}
