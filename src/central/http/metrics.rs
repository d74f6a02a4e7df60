//! Where metrics are read, on a listener of their own.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Uri};
use axum::response::IntoResponse;
use axum::routing::get;

use super::problem::{Failure, no_such_method, no_such_route};
use crate::central::desk::Desk;
use crate::central::metrics::Now;
use crate::protocol::wire::{Problem, ProblemKind};

/// The address of the metrics.
pub const METRICS: &str = "/metrics";

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The whole listener of the metrics.
pub(super) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route(METRICS, get(show))
        .fallback(async |uri: Uri| no_such_route(&uri))
        .method_not_allowed_fallback(async |method: Method| no_such_method(&method))
        .with_state(desk)
}

async fn show(State(desk): State<Arc<Desk>>) -> Result<impl IntoResponse, Failure> {
    let waiting = desk.waiting();
    let now = desk.ask(move |central| Now {
        waiting,
        leaves: central.health().log_size,
        diverged: central.diverged(),
        provisional: central.provisional_results(),
    });
    let now = now.await?;
    let text = desk.metrics().text(now);
    let text = text.map_err(|_| Problem::new(ProblemKind::Unavailable, "the metrics cannot be written; try again"))?;
    Ok(([(CONTENT_TYPE, OPEN_METRICS)], text))
}
