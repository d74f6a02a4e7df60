//! The headers of answers.

use axum::http::header::{CACHE_CONTROL, IntoHeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::central::http::problem::Failure;
use crate::central::uploads::Upload;
use crate::protocol::tus::{self, Algorithm, header};
use crate::protocol::wire::{Problem, ProblemKind, limits};

/// Any answer: it says its version, and is kept by nobody in between.
pub(super) fn dressed(answered: Result<Response, Failure>) -> Response {
    let mut response = answered.unwrap_or_else(Failure::into_response);
    let headers = response.headers_mut();
    put(headers, header::RESUMABLE, tus::VERSION);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What central offers.
pub(super) fn offer() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    put(headers, header::VERSION, tus::VERSION);
    put(headers, header::EXTENSION, tus::EXTENSIONS);
    put(headers, header::MAX_SIZE, &limits::PHOTO_BYTES.to_string());
    put(headers, header::CHECKSUM_ALGORITHM, Algorithm::NAMES);
    response
}

/// 412: another version, or none.
pub(super) fn other_version() -> Response {
    let detail = format!("uploads speak tus {}; say so in {}", tus::VERSION, header::RESUMABLE);
    let problem = Problem::new(ProblemKind::Malformed, detail);
    let mut response = dressed(Err(Problem { status: 412, ..problem }.into()));
    put(response.headers_mut(), header::VERSION, tus::VERSION);
    response
}

/// How far an upload has come, and until when it is kept.
pub(super) fn state(headers: &mut HeaderMap, upload: &Upload) {
    put(headers, header::OFFSET, &upload.offset.to_string());
    if !upload.finished {
        put(headers, header::EXPIRES, &tus::date(upload.expires));
    }
}

/// Sets a header. What is not printable ASCII was refused when it came in.
pub(super) fn put(headers: &mut HeaderMap, name: impl IntoHeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
