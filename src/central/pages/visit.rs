//! One reader asking for one page: its language, and whether the page that the reader has is still the newest.

use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::assets;
use super::frame::{Frame, language};
use super::trouble::Trouble;
use crate::central::http::App;
use crate::central::keeper::Central;
use crate::central::open;
use crate::form::Lang;

/// One reader asking for one page.
#[derive(Clone)]
pub(in crate::central) struct Visit {
    /// What every request shares.
    pub(in crate::central) app: App,
    lang: Lang,
    path: String,
    known: Option<String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        Ok(Self::new(app, uri.path_and_query().map_or("/", |path| path.as_str()), &parts.headers))
    }
}

/// What a page's template is made from, or that the reader has it already.
enum Found<T> {
    Same,
    New(T),
}

impl Visit {
    /// A reader who asks for `path` (and query).
    pub(super) fn new(app: &App, path: &str, headers: &HeaderMap) -> Self {
        let (lang, path) = language(path);
        let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).map(str::to_owned);
        Self { app: app.clone(), lang, path: path.to_owned(), known }
    }

    /// The frame of the page, without what only central knows.
    pub(in crate::central) fn frame(&self) -> Frame {
        Frame::new(&self.app.election, self.lang, &self.path)
    }

    /// The page that `make` gives; 304 when the reader has it already; a page that says why when there is none.
    ///
    /// Only what central has to be asked for is done in its thread; the page is rendered here.
    pub(super) async fn page<T: Template + Send + 'static>(
        self,
        make: impl FnOnce(&Central, Frame) -> Result<T, Trouble> + Send + 'static,
    ) -> Response {
        let (known, frame) = (self.known.clone(), self.frame());
        let asked = self.app.desk.ask(move |central| {
            let as_of = central.last_update()?;
            let edition = edition(central);
            if known.is_some_and(|known| open::names(&known, &edition)) {
                return Ok((edition, Found::Same));
            }
            Ok::<_, Trouble>((edition, Found::New(make(central, frame.stamped(as_of))?)))
        });
        let page = match asked.await.map_err(Trouble::from).and_then(|answer| answer) {
            Ok((edition, Found::Same)) => Ok((edition, StatusCode::NOT_MODIFIED.into_response())),
            Ok((edition, Found::New(page))) => {
                page.render().map(|text| (edition, Html(text).into_response())).map_err(Trouble::from)
            }
            Err(trouble) => Err(trouble),
        };
        match page {
            Ok((edition, response)) => kept(response, &edition),
            Err(trouble) => self.trouble(&trouble),
        }
    }
}

/// What a page was made from: the look of it, and all that open data of the same moment is made from.
fn edition(central: &Central) -> String {
    let look = assets::address("central.css").split('/').nth(2).unwrap_or_default();
    format!("\"{look}-{}", open::edition(central).trim_start_matches('"'))
}

fn kept(mut response: Response, edition: &str) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(open::FRESH));
    if let Ok(edition) = HeaderValue::from_str(edition) {
        response.headers_mut().insert(ETAG, edition);
    }
    response
}
