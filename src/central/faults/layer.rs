//! The layer around central's routes.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::act::{self, Scene};
use super::switch::Faults;
use super::target::Target;
use crate::central::desk::Desk;
use crate::central::http::Arrival;

/// What the layer needs.
#[derive(Clone)]
pub(in crate::central) struct Weather {
    pub(in crate::central) faults: Faults,
    pub(in crate::central) desk: Arc<Desk>,
}

/// Lets a request through, or does to it what the script says.
pub(in crate::central) async fn around(
    State(weather): State<Weather>,
    Extension(arrival): Extension<Arrival>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let target = Target::of(request.method(), route, request.uri().path());
    let Some(action) = weather.faults.strike(&target) else { return next.run(request).await };
    tracing::info!(action = action.name(), path = request.uri().path(), "a fault strikes");
    act::perform(action, Scene { request, next, cutter: arrival.cutter, desk: weather.desk }).await
}
