//! What every request shares, and the one table of routes, by door.
//!
//! A new route is one line here: `.routes(routes!(handler))`, with `#[utoipa::path]` at the handler, which says method, address
//! and every answer. Pages for people come as a router of their own, merged into [`public`].

use std::sync::Arc;

use axum::http::Method;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::get;
use axum::{Json, Router};
use tokio::sync::Semaphore;
use utoipa::openapi::OpenApiBuilder;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::config::{Limits, Patience};
use super::counting::{Counter, count};
use super::openapi::{Document, finish};
use super::problem_only::problems_only;
use super::rates::{Rates, limit};
use super::{entry, officers, photo, problem, publish};
use crate::central::desk::Desk;
use crate::central::faults::{Faults, Weather, around};
use crate::central::metrics::Door;
use crate::protocol::election::Election;

/// The most photos that are streamed in at one time: each holds a thread of the blocking pool for as long as its link is slow.
const PHOTOS_AT_ONCE: usize = 384;

/// `GET` how often each fault struck. Only a central with a fault layer has it, and no fault strikes it.
pub const FAULTS: &str = "/faults";

/// What every request shares. Cheap to clone.
#[derive(Clone)]
pub(super) struct App {
    pub(super) desk: Arc<Desk>,
    pub(super) election: Election,
    pub(super) patience: Patience,
    pub(super) photo_slots: Arc<Semaphore>,
    pub(super) document: Document,
}

impl App {
    pub(super) fn new(desk: Arc<Desk>, election: Election, patience: Patience) -> Self {
        let photo_slots = Arc::new(Semaphore::new(PHOTOS_AT_ONCE));
        Self { desk, election, patience, photo_slots, document: document() }
    }

    /// The same at another door.
    pub(super) fn with_desk(&self, desk: Arc<Desk>) -> Self {
        Self { desk, ..self.clone() }
    }
}

/// What stations hand in.
fn stations() -> OpenApiRouter<App> {
    blank().routes(routes!(officers::enrol)).routes(routes!(entry::put)).routes(routes!(photo::put))
}

/// What stations ask, and everybody may read.
fn common() -> OpenApiRouter<App> {
    blank()
        .routes(routes!(officers::accreditations))
        .routes(routes!(entry::get))
        .routes(routes!(entry::receipt))
        .routes(routes!(photo::get))
        .routes(routes!(publish::missing))
        .routes(routes!(publish::election))
        .routes(routes!(publish::checkpoint))
        .routes(routes!(publish::health))
        .routes(routes!(publish::openapi))
}

/// What everybody may read. A crowd comes here.
fn public() -> OpenApiRouter<App> {
    blank().routes(routes!(publish::recap)).routes(routes!(publish::tile))
}

fn blank() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(OpenApiBuilder::new().build())
}

fn document() -> Document {
    finish(stations().merge(common()).merge(public()).into_openapi())
}

/// The OpenAPI document of all routes, as JSON: what is served, and what `docs/openapi.json` holds.
#[must_use]
pub fn openapi() -> Vec<u8> {
    document().bytes().to_vec()
}

/// The routes of one door, with everything that every request and every answer passes.
pub(super) fn router(app: App, door: Door, limits: &Limits, faults: Option<&Faults>) -> Router {
    let metrics = Arc::clone(app.desk.metrics());
    let weather = faults.map(|faults| Weather { faults: faults.clone(), desk: Arc::clone(&app.desk) });
    let routes = match door {
        Door::Both => stations().merge(common()).merge(public()),
        Door::Stations => stations().merge(common()),
        Door::Public | Door::Metrics => common().merge(public()),
    };
    let routes = Router::from(routes)
        .fallback(problem::no_such_route)
        .method_not_allowed_fallback(async |method: Method| problem::no_such_method(&method))
        .with_state(app);
    let routes = match weather {
        None => routes,
        Some(weather) => {
            let faults = weather.faults.clone();
            let operator = get(async move || Json(faults.tally()));
            routes.layer(from_fn_with_state(weather, around)).route(FAULTS, operator)
        }
    };
    routes
        .layer(map_response(problems_only))
        .layer(from_fn_with_state(Rates::new(door, limits), limit))
        .layer(from_fn_with_state(Counter { door, metrics }, count))
}
