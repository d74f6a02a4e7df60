//! Open data: the recapitulation as JSON and CSV, and in the shapes of KPU's own public API.
//!
//! In scope: paths, tables, shapes, how long an answer may be kept. No login, from any page of any host.
//! Not here: what is added up (`protocol::recap`), pages for people, the log itself (`super::http`).

mod answer;
mod csv;
mod kpu;
mod region;

pub(super) use answer::{FRESH, edition, names};

use axum::Router;
use axum::routing::get;

use super::http::App;
use crate::protocol::wire::routes;

/// Every route of open data.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(routes::RECAP, get(region::all))
        .route(routes::RECAP_FILE, get(region::file))
        .route(routes::KPU_WILAYAH, get(kpu::wilayah))
        .route(routes::KPU_PASLON, get(kpu::paslon))
        .route(routes::KPU_NATION, get(kpu::nation))
        .route(routes::KPU_COUNT, get(kpu::count))
}
