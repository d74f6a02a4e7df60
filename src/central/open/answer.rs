//! One answer of open data: made once for each state of the log, kept by whoever likes, readable from any page.

use axum::body::Body;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::central::http::{App, Failure};
use crate::central::keeper::Central;
use crate::protocol::wire::{Problem, ProblemKind};

/// How long an answer may be shown again without asking central: the crowd of a quarter of a minute costs one answer.
pub(in crate::central) const FRESH: &str = "public, max-age=15";

/// Comma-separated values.
pub(super) const CSV: &str = "text/csv; charset=utf-8; header=present";
/// JSON.
pub(super) const JSON: &str = "application/json";

/// Answers with what `make` gives, or 304 when the asker holds it already: the same address gives the same bytes for as
/// long as the log has not grown and no second history has come.
pub(super) async fn published(
    app: &App,
    headers: &HeaderMap,
    media: &'static str,
    make: impl FnOnce(&Central) -> Result<Vec<u8>, Failure> + Send + 'static,
) -> Result<Response<Body>, Failure> {
    let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).map(str::to_owned);
    let asked = app.desk.ask(move |central| {
        let edition = edition(central);
        let body = if known.is_some_and(|known| names(&known, &edition)) { None } else { Some(make(central)?) };
        Ok::<_, Failure>((edition, body))
    });
    let (edition, body) = asked.await??;
    let status = if body.is_some() { StatusCode::OK } else { StatusCode::NOT_MODIFIED };
    let mut response = Response::new(body.map_or_else(Body::empty, Body::from));
    *response.status_mut() = status;
    let head = response.headers_mut();
    if status == StatusCode::OK {
        head.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    }
    head.insert(CACHE_CONTROL, HeaderValue::from_static(FRESH));
    head.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Ok(edition) = HeaderValue::from_str(&edition) {
        head.insert(ETAG, edition);
    }
    Ok(response)
}

/// JSON, compact, with a newline at its end.
pub(super) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec(value).map_err(|error| unavailable(&error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A failure to write what was read.
pub(super) fn unavailable(error: &(dyn std::error::Error + 'static)) -> Failure {
    tracing::error!(error, "open data could not be written");
    Problem::new(ProblemKind::Unavailable, "the answer could not be written; try again later").into()
}

/// What an answer was made from: the program, the election, and everything that central has been told.
pub(in crate::central) fn edition(central: &Central) -> String {
    let health = central.health();
    let (version, election) = (env!("CARGO_PKG_VERSION"), health.election.short());
    format!("\"{version}-{election}-{}-{}\"", health.log_size, central.diverged())
}

/// Whether `If-None-Match` names this edition (RFC 9110, 13.1.2: weak comparison).
pub(in crate::central) fn names(known: &str, edition: &str) -> bool {
    known.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == edition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asker_may_hold_several_editions() {
        let edition = "\"0.1.0-5-0\"";
        for known in ["\"0.1.0-5-0\"", "W/\"0.1.0-5-0\"", "\"a\", \"0.1.0-5-0\"", "*"] {
            assert!(names(known, edition), "{known}");
        }
        for other in ["", "\"0.1.0-6-0\"", "0.1.0-5-0", "\"0.1.0-5-0"] {
            assert!(!names(other, edition), "{other}");
        }
    }
}
