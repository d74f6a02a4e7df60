//! One request: who asks, in which language, with what to answer.

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse as _, Response};

use super::answer::Answer;
use super::app::App;
use super::error::WebError;
use super::frame::Frame;
use crate::clock::Timestamp;
use crate::form::Lang;
use crate::protocol::ids::Slot;
use crate::recorder::{Officer, Station};

/// One request, after the guard has let it in.
#[derive(Clone)]
pub(super) struct Visit {
    /// What every request shares.
    pub(super) app: App,
    /// The language the visitor has chosen.
    pub(super) lang: Lang,
    /// Whether the visitor has chosen large text.
    pub(super) large: bool,
    /// Whether a script asks, which can read no page.
    pub(super) wants_json: bool,
    /// The token that the forms of the answer carry.
    pub(super) token: String,
    /// Path and query that were asked for.
    pub(super) path: String,
    /// Whether the browser runs on the machine that serves the page.
    pub(super) here: bool,
    /// The cookie of the session, when there is one.
    pub(super) session: Option<String>,
    /// The officer who is unlocked in this browser.
    pub(super) officer: Option<Arc<Officer>>,
}

impl Visit {
    /// The officer of this browser.
    pub(super) fn officer(&self) -> Result<Arc<Officer>, WebError> {
        self.officer.clone().ok_or(WebError::NeedsOfficer)
    }

    /// Which officer it is.
    pub(super) fn slot(&self) -> Option<Slot> {
        self.officer.as_ref().map(|officer| officer.slot())
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        (self.app.clock)()
    }

    /// Does something with the station.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        doing: impl FnOnce(&mut Station) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        self.app.desk.work(doing).await
    }

    /// Answers with a page, made with the station at hand.
    pub(super) async fn page<P: Template>(
        &self,
        make: impl FnOnce(&mut Station, Frame) -> Result<P, WebError> + Send + 'static,
    ) -> Answer {
        let visit = self.clone();
        let html = self.work(move |station| {
            station.refresh()?;
            let frame = Frame::of(&visit, station)?;
            Ok(make(station, frame)?.render()?)
        });
        Ok(Html(html.await?).into_response())
    }

    /// Answers with a page and a status, for a form that has to be filled in again.
    pub(super) async fn page_with<P: Template>(
        &self,
        status: axum::http::StatusCode,
        make: impl FnOnce(&mut Station, Frame) -> Result<P, WebError> + Send + 'static,
    ) -> Answer {
        let mut response: Response = self.page(make).await?;
        *response.status_mut() = status;
        Ok(response)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        parts.extensions.get::<Self>().cloned().ok_or(WebError::Unguarded)
    }
}
