//! Why a page is not there, and the page that says so.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::frame::Frame;
use super::visit::Visit;
use super::words::{self, trouble};
use crate::central::refusal::Refusal;
use crate::form::{Lang, Text};

/// Why a page is not there.
#[derive(Debug, thiserror::Error)]
pub(in crate::central) enum Trouble {
    /// There is no such page.
    #[error("there is no such page")]
    NoSuchPage,
    /// Central could not answer.
    #[error("asking central for a page")]
    Refused(#[from] Refusal),
    /// The template.
    #[error("rendering a page")]
    Render(#[from] askama::Error),
}

#[derive(Template)]
#[template(path = "pages/trouble.html")]
struct Page {
    frame: Frame,
    title: Text,
    advice: Text,
}

impl Trouble {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchPage => StatusCode::NOT_FOUND,
            Self::Refused(refusal) => {
                StatusCode::from_u16(refusal.problem().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::Render(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Visit {
    /// The page that says why there is none.
    pub(in crate::central) fn trouble(&self, trouble: &Trouble) -> Response {
        let status = trouble.status();
        let (title, advice) = match status {
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                tracing::warn!(error = trouble as &dyn std::error::Error, "a page could not be shown");
                (trouble::BUSY, trouble::BUSY_ADVICE)
            }
            _ => (trouble::NOT_HERE, trouble::NOT_HERE_ADVICE),
        };
        let page = Page { frame: self.frame(), title, advice }.render();
        let mut response = (status, Html(page.unwrap_or_default())).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status.is_server_error() {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
