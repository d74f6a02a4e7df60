//! What every request shares, and the one table of routes.

use std::sync::Arc;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use tokio::sync::Semaphore;

use super::server::Patience;
use super::{entry, officers, photo, problem, publish, witness};
use crate::central::desk::Desk;
use crate::central::faults::{Faults, Weather, around};
use crate::protocol::election::Election;
use crate::protocol::wire::routes;

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
}

impl App {
    pub(super) fn new(desk: Arc<Desk>, election: Election, patience: Patience) -> Self {
        Self { desk, election, patience, photo_slots: Arc::new(Semaphore::new(PHOTOS_AT_ONCE)) }
    }
}

/// The table of routes.
pub(super) fn router(app: App, faults: Option<&Faults>) -> Router {
    let weather = faults.map(|faults| Weather { faults: faults.clone(), desk: Arc::clone(&app.desk) });
    let honest = Router::new()
        .route(routes::ENROL, post(officers::enrol))
        .route(routes::ACCREDITATIONS, get(officers::accreditations))
        .route(routes::ENTRY, put(entry::put).get(entry::get))
        .route(routes::ENTRY_RECEIPT, get(entry::receipt))
        .route(routes::PHOTO, put(photo::put).get(photo::get))
        .route(routes::MISSING, get(publish::missing))
        .route(routes::RECAP, get(publish::recap))
        .route(routes::ELECTION, get(publish::election))
        .route(routes::CHECKPOINT, get(publish::checkpoint))
        .route(routes::TILE, get(publish::tile))
        .route(routes::COSIGNATURE, post(witness::post))
        .route(routes::COSIGNED, get(witness::newest))
        .route(routes::HEALTH, get(publish::health))
        .fallback(problem::no_such_route)
        .method_not_allowed_fallback(async |method: Method| problem::no_such_method(&method))
        .with_state(app);
    match weather {
        None => honest,
        Some(weather) => {
            let faults = weather.faults.clone();
            let operator = get(async move || Json(faults.tally()));
            honest.layer(from_fn_with_state(weather, around)).route(FAULTS, operator)
        }
    }
}
