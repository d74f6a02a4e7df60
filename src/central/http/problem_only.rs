//! Every answer that is no success is a problem, also where a library answers for us: an address that is no UTF-8, a query that
//! cannot be read.

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response};
use axum::response::IntoResponse as _;

use super::problem::Failure;
use crate::protocol::wire::{Problem, ProblemKind, media};

/// The most bytes of a library's text that are read.
const TEXT_BYTES: usize = 4096;

/// What every answer passes on its way out.
pub(super) async fn problems_only(response: Response<Body>) -> Response<Body> {
    if !response.status().is_client_error() && !response.status().is_server_error() || is_ours(response.headers()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let text = axum::body::to_bytes(body, TEXT_BYTES).await.unwrap_or_default();
    let mut problem = Problem::new(ProblemKind::Malformed, String::from_utf8_lossy(&text));
    problem.status = head.status.as_u16();
    let (ours, body) = Failure::from(problem).into_response().into_parts();
    head.headers.remove(CONTENT_LENGTH);
    head.headers.extend(ours.headers);
    head.extensions.extend(ours.extensions);
    Response::from_parts(head, body)
}

/// A problem, or a page for people.
fn is_ours(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    kind == media::PROBLEM.as_bytes() || kind.starts_with(b"text/html")
}
