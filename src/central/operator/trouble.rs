//! Why an operator's request came to nothing, and the page that says so.

use std::time::Duration;

use askama::Template;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::register::RegisterError;
use super::visit::{Shell, Visit};
use super::words::{desk, trouble as say};
use crate::central::annotate::RemarkFault;
use crate::central::faults::ScriptError;
use crate::central::keeper::CentralError;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::central::refusal::Refusal;
use crate::form::Lang;
use crate::html::fill;
use crate::session::token::NoRandomness;

/// Why an operator's request came to nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// A name that is not this server's.
    #[error("the request is for a host that this server is not")]
    Host,
    /// A form that was sent from a page of another site.
    #[error("the request comes from a page of another site")]
    Origin,
    /// A form that is older than this server, or that another site made.
    #[error("the form does not carry the token of this browser")]
    Token,
    /// Nobody is logged in.
    #[error("the route is for operators, and nobody is logged in")]
    NobodyThere,
    /// Name or password.
    #[error("name or password is wrong")]
    Wrong,
    /// Too many wrong passwords.
    #[error("too many wrong passwords; wait {} seconds", .0.as_secs())]
    Locked(Duration),
    /// There is no such page, station or region.
    #[error("there is no such page")]
    NoSuchPage,
    /// A field of the form.
    #[error("a field of the form cannot be read")]
    Unreadable,
    /// More than the route takes.
    #[error("the form is larger than the route takes")]
    TooLarge,
    /// Central was not started for a rehearsal.
    #[error("central was started without a layer of faults")]
    NoFaults,
    /// A script of faults.
    #[error("the script of faults cannot be read")]
    Script(#[from] ScriptError),
    /// Central.
    #[error("asking central")]
    Refused(#[from] Refusal),
    /// Central's ledger.
    #[error("writing down what an operator did")]
    Central(#[from] CentralError),
    /// The operators' file.
    #[error("looking an operator up")]
    Register(#[from] RegisterError),
    /// A page could not be written.
    #[error("rendering a page")]
    Render(#[from] askama::Error),
    /// The work was stopped.
    #[error("the work behind a page was stopped")]
    Stopped,
    /// The system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness(#[from] NoRandomness),
}

#[derive(Template)]
#[template(path = "operator/trouble.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    text: String,
}

impl Trouble {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin | Self::Token | Self::Wrong => StatusCode::FORBIDDEN,
            Self::NobodyThere => StatusCode::UNAUTHORIZED,
            Self::Locked(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoSuchPage => StatusCode::NOT_FOUND,
            Self::NoFaults => StatusCode::CONFLICT,
            Self::Unreadable | Self::Script(_) | Self::Refused(Refusal::Remark(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(refusal) => {
                StatusCode::from_u16(refusal.problem().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::Central(_) | Self::Register(_) | Self::Render(_) | Self::Stopped | Self::NoRandomness(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// What is wrong and what to do, for the operator.
    pub(super) fn text(&self, lang: Lang) -> String {
        let text = match self {
            Self::Host => say::HOST,
            Self::Origin => say::ORIGIN,
            Self::Token => say::TOKEN,
            Self::NobodyThere => say::NOBODY_THERE,
            Self::Wrong => say::WRONG,
            Self::Locked(wait) => return fill(say::LOCKED.get(lang), &[&(wait.as_secs() + 1)]),
            Self::NoSuchPage | Self::Refused(Refusal::NotHere(_) | Refusal::UnknownStation(_)) => say::NO_SUCH_PAGE,
            Self::Unreadable => say::UNREADABLE,
            Self::TooLarge => say::TOO_LARGE,
            Self::NoFaults => say::NO_FAULTS,
            Self::Script(error) => return fill(say::SCRIPT.get(lang), &[error]),
            Self::Refused(Refusal::Remark(fault)) => return of_remark(*fault, lang),
            Self::Refused(_) => say::BUSY,
            Self::Central(_) | Self::Register(_) | Self::Render(_) | Self::Stopped | Self::NoRandomness(_) => {
                say::INTERNAL
            }
        };
        text.get(lang).to_owned()
    }
}

fn of_remark(fault: RemarkFault, lang: Lang) -> String {
    let text = match fault {
        RemarkFault::Note(error) => return error.message(lang),
        RemarkFault::NoSuchPhoto => say::NO_SUCH_PHOTO,
        RemarkFault::NotReceived => say::NOT_RECEIVED,
        RemarkFault::NoSuchPlace => say::NO_SUCH_PLACE,
        RemarkFault::SamePlace => say::SAME_PLACE,
        RemarkFault::NoSuchFinding => say::NO_SUCH_FINDING,
        RemarkFault::NotZero(size) => return fill(say::NOT_ZERO.get(lang), &[&size]),
    };
    text.get(lang).to_owned()
}

impl Visit {
    /// The page that says what is wrong.
    pub(super) fn trouble(&self, trouble: &Trouble) -> Response {
        let status = trouble.status();
        if status.is_server_error() {
            tracing::error!(error = trouble as &dyn std::error::Error, path = self.path, "an operator's page failed");
        }
        let page = Page { frame: self.frame(), shell: self.shell(), text: trouble.text(self.lang) };
        let mut response = (status, Html(page.render().unwrap_or_default())).into_response();
        if let Trouble::Locked(wait) = trouble {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        }
        response
    }
}
