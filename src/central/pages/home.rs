//! The front page.

use askama::Template;
use axum::response::Response;

use super::frame::Frame;
use super::visit::Visit;
use super::words;
use crate::form::Lang;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Page {
    frame: Frame,
}

/// `GET /`.
pub(super) async fn show(visit: Visit) -> Response {
    visit.page(|_, frame| Ok(Page { frame })).await
}
