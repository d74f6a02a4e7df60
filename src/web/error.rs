//! Why a page did not happen, and its translation for browsers: status, stable code, words.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::task::JoinError;

use super::enrol::plain;
use super::fields::Fields;
use super::words::{enrol, trouble};
use crate::form::{Lang, NoteError, Text};
use crate::protocol::ids::Slot;
use crate::recorder::{RecorderError, WeakPin};
use crate::session::token::NoRandomness;
use crate::store::StoreError;
use crate::sync::http::EnrolError;

/// Why a page did not happen.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebError {
    /// A use case of the recorder.
    #[error("doing what the page asked for")]
    Recorder(#[from] RecorderError),
    /// A name that is not ours.
    #[error("the request is for a host that this server is not")]
    Host,
    /// A form that was sent from a page of another site.
    #[error("the request comes from a page of another site")]
    Origin,
    /// A form that is older than this server, or that another site made.
    #[error("the form does not carry the token of this browser")]
    Token,
    /// Nobody is unlocked in this browser.
    #[error("the route is for officers, and nobody is unlocked in this browser")]
    NeedsOfficer,
    /// A page that the other officer opened in this browser.
    #[error("the page was opened by {0}")]
    OtherOfficer(Slot),
    /// A page for a reading that has been recorded since.
    #[error("the page is for a reading that has been recorded since")]
    OldTurn,
    /// A note that cannot be kept.
    #[error("taking a note")]
    Note(#[source] NoteError),
    /// Nobody is unlocked any more, and the form that was posted shall not be lost.
    #[error("a form was posted after the session had locked itself")]
    LockedMeanwhile(Fields),
    /// A route for the machine that serves, asked for from another.
    #[error("the route is only for the machine that serves the page")]
    NotHere,
    /// A new PIN that is too easy.
    #[error("choosing a PIN")]
    WeakPin(#[source] WeakPin),
    /// A new PIN that was typed in two ways.
    #[error("the new PIN was typed in two ways")]
    PinsDiffer,
    /// The page runs without a way to central.
    #[error("there is no way to central")]
    NobodyDelivers,
    /// Central gave no accreditation.
    #[error("enrolling with central")]
    Enrolling(#[source] EnrolError),
    /// A PIN without saying whose.
    #[error("a PIN was entered, and no officer was chosen")]
    NobodyChosen,
    /// There is no such page.
    #[error("there is no such page")]
    NoSuchPage,
    /// The page does not take this method.
    #[error("the page does not take this method")]
    NoSuchMethod,
    /// More than the route takes.
    #[error("the request is larger than the route takes")]
    TooLarge,
    /// Not what a browser sends.
    #[error("the request cannot be read")]
    Unreadable,
    /// A page could not be written.
    #[error("writing a page")]
    Page(#[from] askama::Error),
    /// The work was stopped.
    #[error("the work behind a page was stopped")]
    Stopped(#[source] JoinError),
    /// The system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness(#[from] NoRandomness),
    /// A route without its guard.
    #[error("a route was reached without passing its guard")]
    Unguarded,
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        Self::Recorder(error.into())
    }
}

impl WebError {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Recorder(error) => of_recorder(error).0,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin | Self::Token | Self::NotHere | Self::Enrolling(EnrolError::Refused(_)) => {
                StatusCode::FORBIDDEN
            }
            Self::NeedsOfficer | Self::LockedMeanwhile(_) => StatusCode::UNAUTHORIZED,
            Self::OtherOfficer(_) | Self::OldTurn | Self::NobodyDelivers => StatusCode::CONFLICT,
            Self::Note(_) | Self::NobodyChosen | Self::WeakPin(_) | Self::PinsDiffer => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Enrolling(EnrolError::Later(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoSuchPage => StatusCode::NOT_FOUND,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Page(_) | Self::Stopped(_) | Self::NoRandomness(_) | Self::Unguarded => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// A code that does not change between versions, for scripts and for whoever is asked for help.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Recorder(error) => of_recorder(error).1,
            Self::Host => "host",
            Self::Origin => "origin",
            Self::Token => "token",
            Self::NeedsOfficer | Self::LockedMeanwhile(_) => "needs-officer",
            Self::OtherOfficer(_) => "other-officer",
            Self::OldTurn => "old-turn",
            Self::Note(_) => "note",
            Self::NotHere => "not-here",
            Self::WeakPin(_) => "weak-pin",
            Self::PinsDiffer => "pins-differ",
            Self::NobodyDelivers => "nobody-delivers",
            Self::Enrolling(_) => "enrolling",
            Self::NobodyChosen => "nobody-chosen",
            Self::NoSuchPage => "no-such-page",
            Self::NoSuchMethod => "no-such-method",
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::Page(_) | Self::Stopped(_) | Self::NoRandomness(_) | Self::Unguarded => "internal",
        }
    }

    /// What is wrong and what to do, for whoever looks at the page.
    pub(super) fn text(&self, lang: Lang) -> String {
        let text: Text = match self {
            Self::Recorder(error) => return error.text(lang),
            Self::Host => trouble::HOST,
            Self::Origin => trouble::ORIGIN,
            Self::Token => trouble::TOKEN,
            Self::NeedsOfficer | Self::LockedMeanwhile(_) => trouble::NEEDS_OFFICER,
            Self::OtherOfficer(slot) => return trouble::OTHER_OFFICER.get(lang).replace("{}", &slot.to_string()),
            Self::OldTurn => trouble::OLD_TURN,
            Self::Note(error) => return error.message(lang),
            Self::NotHere => enrol::ELSEWHERE,
            Self::WeakPin(weak) => return weak.text(lang).to_owned(),
            Self::PinsDiffer => enrol::DIFFER,
            Self::NobodyDelivers => enrol::NOBODY_DELIVERS,
            Self::Enrolling(error) => return plain(error, lang),
            Self::NobodyChosen => trouble::NOBODY_CHOSEN,
            Self::NoSuchPage => trouble::NO_SUCH_PAGE,
            Self::NoSuchMethod => trouble::NO_SUCH_METHOD,
            Self::TooLarge => trouble::TOO_LARGE,
            Self::Unreadable => trouble::UNREADABLE,
            Self::Page(_) | Self::Stopped(_) | Self::NoRandomness(_) | Self::Unguarded => trouble::INTERNAL,
        };
        text.get(lang).to_owned()
    }
}

/// Status and code of what the recorder says.
const fn of_recorder(error: &RecorderError) -> (StatusCode, &'static str) {
    use RecorderError as E;
    match error {
        E::WrongPin { .. } => (StatusCode::FORBIDDEN, "wrong-pin"),
        E::Locked { .. } => (StatusCode::TOO_MANY_REQUESTS, "locked"),
        E::NoKey(_) | E::NotAccredited(_) => (StatusCode::CONFLICT, "not-enrolled"),
        E::SameOfficer(_) => (StatusCode::CONFLICT, "same-officer"),
        E::NoSuchContest(_) | E::NoSuchField(_) => (StatusCode::NOT_FOUND, "no-such-box"),
        E::OthersTurn => (StatusCode::CONFLICT, "others-turn"),
        E::SealedAlready(_) => (StatusCode::CONFLICT, "sealed"),
        E::NotSealed(_) => (StatusCode::CONFLICT, "not-sealed"),
        E::NotAgreed => (StatusCode::CONFLICT, "not-agreed"),
        E::NotToRetype(_) => (StatusCode::CONFLICT, "not-to-retype"),
        E::Raced => (StatusCode::CONFLICT, "raced"),
        E::Undelivered(_) => (StatusCode::CONFLICT, "undelivered"),
        E::Against(_) => (StatusCode::CONFLICT, "against-the-rules"),
        E::Typed(_) => (StatusCode::UNPROCESSABLE_ENTITY, "typed"),
        E::Incomplete(_) => (StatusCode::UNPROCESSABLE_ENTITY, "incomplete"),
        E::NeedsAnswers { .. } | E::PhotoNeedsAnswers(_) | E::NothingToAnswer(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "answers")
        }
        E::NoReason => (StatusCode::UNPROCESSABLE_ENTITY, "no-reason"),
        E::NeedsPages(_) => (StatusCode::UNPROCESSABLE_ENTITY, "pages"),
        E::Photo(_) => (StatusCode::UNPROCESSABLE_ENTITY, "photo"),
        E::TooLong | E::Unwritable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "text"),
        E::Store(_) | E::Photos(_) | E::File { .. } => (StatusCode::SERVICE_UNAVAILABLE, "store"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}

/// The bare answer; the guard, who knows the visitor's language, makes a page of it.
impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
