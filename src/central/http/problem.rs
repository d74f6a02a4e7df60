//! Errors as problem+json (RFC 9457): the one place where a refusal becomes a status.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse;

use crate::central::refusal::Refusal;
use crate::central::uploads::UploadError;
use crate::protocol::wire::{Problem, ProblemKind, media};

/// What a handler fails with.
#[derive(Debug)]
pub(in crate::central) struct Failure {
    problem: Problem,
    retry_after: Option<Duration>,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { problem, retry_after: None }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self { problem: refusal.problem(), retry_after: refusal.retry_after() }
    }
}

impl From<UploadError> for Failure {
    fn from(error: UploadError) -> Self {
        if let UploadError::Disk(error) = &error {
            tracing::error!(error = error as &dyn std::error::Error, "the folder of uploads does not work");
        }
        Self { problem: error.problem(), retry_after: error.retry_after() }
    }
}

impl Failure {
    /// The same, worth trying again after `wait`.
    pub(in crate::central) const fn later(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response<Body> {
        // Texts and numbers alone: serde_json has nothing to refuse.
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // For those who count.
        response.extensions_mut().insert(self.problem.r#type);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media::PROBLEM));
        if let Some(wait) = self.retry_after {
            // Rounded up: a sender that is on time must not be early.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// 404 for an address that is none.
pub(in crate::central) fn no_such_route(uri: &Uri) -> Failure {
    Problem::new(ProblemKind::Unknown, format!("there is nothing at {}; see the list of routes", uri.path())).into()
}

/// 405: the address is one, the method is not.
pub(super) fn no_such_method(method: &Method) -> Failure {
    let mut problem = Problem::new(ProblemKind::Malformed, format!("this address does not take {method}"));
    problem.status = StatusCode::METHOD_NOT_ALLOWED.as_u16();
    problem.into()
}
