//! What every request shares, and the one table of routes.

use std::sync::Arc;

use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post, put};
use axum::{Json, Router};
use tokio::sync::Semaphore;

use super::server::{Config, Patience};
use super::{entry, officers, photo, problem, publish, tus, witness};
use crate::central::desk::Desk;
use crate::central::faults::{Faults, Weather, around};
use crate::central::open;
use crate::central::pages::{self, Darkroom};
use crate::central::uploads::Shelf;
use crate::clock::Timestamp;
use crate::protocol::election::Election;
use crate::protocol::wire::routes;

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
    pub(super) clock: fn() -> Timestamp,
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
            clock: config.clock,
        }
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
        .route(routes::PHOTO, get(photo::get))
        .route(routes::PHOTO_RECEIPT, get(photo::receipt))
        .route(routes::UPLOADS, any(tus::uploads))
        .route(routes::UPLOAD, any(tus::upload))
        .route(routes::MISSING, get(publish::missing))
        .route(routes::ELECTION, get(publish::election))
        .route(routes::CHECKPOINT, get(publish::checkpoint))
        .route(routes::TILE, get(publish::tile))
        .route(routes::COSIGNATURE, post(witness::post))
        .route(routes::COSIGNED, get(witness::newest))
        .route(routes::HEALTH, get(publish::health))
        .merge(open::routes())
        .merge(pages::routes())
        .fallback(pages::no_such_route)
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
