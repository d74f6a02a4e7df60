//! One request of an operator, or of somebody who would like to log in as one.

use askama::Template;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse as _, Response};

use super::app::Office;
use super::login::{self, HOME};
use super::register::Known;
use super::trouble::Trouble;
use super::words;
use crate::central::answer::Submission;
use crate::central::keeper::Central;
use crate::central::pages::frame::{Frame, language};
use crate::clock::Timestamp;
use crate::form::Lang;
use crate::protocol::annotation::{OperatorName, Remark};
use crate::session::token;

/// The cookie of an operator's browser.
pub(super) const COOKIE: &str = "plano-operator";

/// One request of an operator.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) office: Office,
    /// Who is logged in.
    pub(super) operator: Option<Known>,
    pub(super) cookie: String,
    /// The token of this browser's forms.
    pub(super) token: String,
    /// Whether the request only reads.
    pub(super) reads: bool,
    pub(super) lang: Lang,
    /// Path and query, without the part that says the language.
    pub(super) path: String,
}

/// What an operator's page shows around its content, beside the frame of all pages.
pub(super) struct Shell {
    /// Who is logged in.
    pub(super) operator: Option<OperatorName>,
    pub(super) token: String,
    /// How many rules of faults are in force.
    pub(super) rules: usize,
    /// Whether central has a layer of faults at all.
    pub(super) rehearses: bool,
    /// What has just been done.
    pub(super) done: Option<&'static str>,
    /// The page, to mark it in the menu.
    pub(super) here: String,
}

impl Visit {
    /// A request that has passed as far as the guard.
    pub(super) fn new(office: &Office, parts: &Parts, cookie: String, operator: Option<Known>) -> Self {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let reads = parts.method == Method::GET || parts.method == Method::HEAD;
        let token = token::of_forms(&office.secret, &cookie);
        Self { operator, cookie, token, reads, ..Self::stranger(office, uri) }
    }

    /// A request of somebody of whom nothing is known.
    pub(super) fn stranger(office: &Office, uri: &Uri) -> Self {
        let (lang, path) = language(uri.path_and_query().map_or("/", |path| path.as_str()));
        let (cookie, token, path) = (String::new(), String::new(), path.to_owned());
        Self { office: office.clone(), operator: None, cookie, token, reads: true, lang, path }
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        (self.office.clock)()
    }

    /// Who is logged in.
    ///
    /// # Errors
    /// [`Trouble::NobodyThere`].
    pub(super) fn who(&self) -> Result<OperatorName, Trouble> {
        self.operator.as_ref().map(|known| known.name.clone()).ok_or(Trouble::NobodyThere)
    }

    /// The frame of the page.
    pub(super) fn frame(&self) -> Frame {
        // What answers a form has no address of its own that could be opened in the other language.
        let shown = self.reads || self.path.starts_with(login::PATH);
        Frame::new(&self.office.election, self.lang, if shown { &self.path } else { HOME })
    }

    /// What stands around the content.
    pub(super) fn shell(&self) -> Shell {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let done = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "done");
        let done = done.and_then(|(_, done)| words::done(&done)).map(|done| done.get(self.lang));
        let here = self.path.split('?').next().unwrap_or_default().to_owned();
        let faults = self.office.faults.as_ref();
        Shell {
            operator: self.operator.as_ref().map(|known| known.name.clone()),
            token: self.token.clone(),
            rules: faults.map_or(0, |faults| faults.tally().len()),
            rehearses: faults.is_some(),
            done,
            here,
        }
    }

    /// The page that `make` gives, or one that says why there is none.
    pub(super) async fn page<T: Template + Send + 'static>(
        self,
        make: impl FnOnce(&Central, Frame, Shell) -> Result<T, Trouble> + Send + 'static,
    ) -> Response {
        let (frame, shell) = (self.frame(), self.shell());
        let answer = self.office.desk.ask(move |central| {
            let as_of = central.last_update()?;
            make(central, frame.stamped(as_of), shell)
        });
        let answer = answer.await.map_err(Trouble::from).and_then(|page| page);
        answer.and_then(|page| rendered(&page, StatusCode::OK)).unwrap_or_else(|trouble| self.trouble(&trouble))
    }

    /// Says something about evidence in the name of the operator, and shows `then` afterwards.
    pub(super) async fn say(self, remark: Result<Remark, Trouble>, then: &str) -> Response {
        let said = match (self.who(), remark) {
            (Ok(by), Ok(remark)) => {
                let taken = self.office.desk.submit(Submission::Remark { by, remark: Box::new(remark) }).await;
                taken.map(drop).map_err(Trouble::from)
            }
            (Err(trouble), _) | (_, Err(trouble)) => Err(trouble),
        };
        match said {
            Ok(()) => self.go(then),
            Err(trouble) => self.trouble(&trouble),
        }
    }

    /// Leads to another page, in the language of this one.
    pub(super) fn go(&self, path: &str) -> Response {
        see_other(&self.frame().to(path))
    }
}

/// A page that is made already.
pub(super) fn rendered(page: &impl Template, status: StatusCode) -> Result<Response, Trouble> {
    Ok((status, Html(page.render()?)).into_response())
}

/// Leads to another page.
pub(super) fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    response
}

/// Every route has passed the guard, which leaves the visit with the request.
impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.remove::<Self>().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
