//! Counting requests: route, method, status, time.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use crate::central::metrics::{Door, Metrics};
use crate::protocol::wire::ProblemKind;

/// What the layer needs.
#[derive(Clone)]
pub(super) struct Counter {
    pub(super) door: Door,
    pub(super) metrics: Arc<Metrics>,
}

/// Counts a request and its answer.
pub(super) async fn count(State(counter): State<Counter>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let method = name(request.method());
    let began = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    counter.metrics.answered(counter.door, (method, route), status, took);
    if let Some(kind) = response.extensions().get::<ProblemKind>() {
        counter.metrics.refused(counter.door, *kind);
    }
    tracing::debug!(door = ?counter.door, method, route, status, micros = took.as_micros(), "answered");
    response
}

/// A method as a label: strangers can make up others.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::PUT => "PUT",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
