//! The home page: where everything stands, and the one next thing to do.

use askama::Template;

use super::answer::Answer;
use super::frame::Frame;
use super::visit::Visit;
use super::words;

/// The page.
#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    frame: Frame,
    next: String,
}

/// Shows the page. No figure of any form is on it.
pub(super) async fn show(visit: Visit) -> Answer {
    visit
        .page(|station, frame| {
            let status = station.status()?;
            Ok(Page { next: status.next.text(frame.lang), frame })
        })
        .await
}
