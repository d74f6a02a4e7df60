//! What every request shares, and the one table of routes, by door.
//!
//! A new route is one line here: `.routes(routes!(handler))`, with `#[utoipa::path]` at the handler, which says method, address
//! and every answer. Pages for people come as a router of their own, merged into [`public`].

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use axum::http::{Method, Uri};
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::get;
use axum::{Json, Router};
use tokio::sync::Semaphore;
use utoipa::openapi::OpenApiBuilder;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::config::{Config, Limits, Patience};
use super::counting::{Counter, count};
use super::openapi::{Document, finish};
use super::problem_only::problems_only;
use super::rates::{Rates, limit};
use super::{carried, entry, officers, photo, problem, publish, tus, witness};
use crate::central::desk::Desk;
use crate::central::faults::{Faults, Weather, around};
use crate::central::metrics::Door;
use crate::central::open;
use crate::central::operator::{self, Office};
use crate::central::pages::{self, Darkroom};
use crate::central::uploads::Shelf;
use crate::clock::Timestamp;
use crate::protocol::coding::Coding;
use crate::protocol::election::Election;

/// The most photos that are streamed in at one time: each holds a connection and a file for as long as its link is slow.
const PHOTOS_AT_ONCE: usize = 384;

/// `GET` how often each fault struck. Only a central with a fault layer has it, and no fault strikes it.
pub const FAULTS: &str = "/faults";

/// What every request shares. Cheap to clone.
#[derive(Clone)]
pub(in crate::central) struct App {
    pub(in crate::central) desk: Arc<Desk>,
    pub(in crate::central) election: Election,
    pub(in crate::central) darkroom: Arc<Darkroom>,
    pub(super) patience: Patience,
    pub(super) photo_slots: Arc<Semaphore>,
    pub(super) uploads: Arc<Shelf>,
    /// The coding in which photos are taken, beside their own bytes.
    pub(super) coding: Coding,
    pub(super) decoding: Arc<Semaphore>,
    pub(super) clock: fn() -> Timestamp,
    pub(super) document: Document,
}

impl App {
    pub(super) fn new(desk: Arc<Desk>, election: Election, uploads: Arc<Shelf>, config: &Config) -> Self {
        Self {
            desk,
            election,
            darkroom: Arc::default(),
            patience: config.patience,
            photo_slots: Arc::new(Semaphore::new(PHOTOS_AT_ONCE)),
            uploads,
            coding: if config.plain_photos { Coding::Plain } else { Coding::Lepton },
            decoding: Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZero::get))),
            clock: config.clock,
            document: document(),
        }
    }

    /// The same at another door.
    pub(super) fn with_desk(&self, desk: Arc<Desk>) -> Self {
        Self { desk, ..self.clone() }
    }
}

/// What stations hand in.
fn stations() -> OpenApiRouter<App> {
    blank()
        .routes(routes!(officers::enrol))
        .routes(routes!(entry::put))
        .routes(routes!(entry::post))
        .routes(routes!(carried::post))
        .merge(tus::routes())
}

/// What stations ask, and everybody may read.
fn common() -> OpenApiRouter<App> {
    blank()
        .routes(routes!(officers::accreditations))
        .routes(routes!(entry::get))
        .routes(routes!(entry::receipt))
        .routes(routes!(photo::get))
        .routes(routes!(photo::receipt))
        .routes(routes!(publish::missing))
        .routes(routes!(publish::election))
        .routes(routes!(publish::checkpoint))
        .routes(routes!(witness::post))
        .routes(routes!(witness::newest))
        .routes(routes!(publish::health))
        .routes(routes!(publish::openapi))
}

/// What everybody may read. A crowd comes here.
fn public() -> OpenApiRouter<App> {
    blank().routes(routes!(publish::tile)).merge(open::routes())
}

/// No route yet, and nothing said of the whole.
pub(in crate::central) fn blank() -> OpenApiRouter<App> {
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

/// The routes of one door, with everything that every request and every answer passes. Operators come to the stations' door, and
/// no fault strikes them.
pub(super) fn router(
    app: App,
    door: Door,
    limits: &Limits,
    (faults, office): (Option<&Faults>, Option<&Office>),
) -> Router {
    let metrics = Arc::clone(app.desk.metrics());
    let weather = faults.map(|faults| Weather { faults: faults.clone(), desk: Arc::clone(&app.desk) });
    let routes = match door {
        Door::Both => Router::from(stations().merge(common()).merge(public())).merge(pages::routes()),
        Door::Stations => Router::from(stations().merge(common())).merge(pages::looks()),
        Door::Public | Door::Metrics => Router::from(common().merge(public())).merge(pages::routes()),
    };
    let routes = match door {
        Door::Stations => routes.fallback(async |uri: Uri| problem::no_such_route(&uri)),
        Door::Both | Door::Public | Door::Metrics => routes.fallback(pages::no_such_route),
    };
    let routes =
        routes.method_not_allowed_fallback(async |method: Method| problem::no_such_method(&method)).with_state(app);
    let routes = match weather {
        None => routes,
        Some(weather) => {
            let faults = weather.faults.clone();
            let operator = get(async move || Json(faults.tally()));
            routes.layer(from_fn_with_state(weather, around)).route(FAULTS, operator)
        }
    };
    let routes = match office {
        Some(office) if door != Door::Public => routes.merge(operator::serve(office)),
        _ => routes,
    };
    routes
        .layer(map_response(problems_only))
        .layer(from_fn_with_state(Rates::new(door, limits), limit))
        .layer(from_fn_with_state(Counter { door, metrics }, count))
}
