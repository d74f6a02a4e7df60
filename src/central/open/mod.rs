//! Open data: the recapitulation as JSON and CSV, and in the shapes of KPU's own public API.
//!
//! In scope: paths, tables, shapes, how long an answer may be kept. No login, from any page of any host.
//! Not here: what is added up (`protocol::recap`), pages for people, the log itself (`super::http`).

mod answer;
mod csv;
mod kpu;
mod region;

pub(super) use answer::{FRESH, edition, names};
pub(super) use kpu::count_path;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::http::{App, blank};

/// Every route of open data.
pub(super) fn routes() -> OpenApiRouter<App> {
    blank()
        .routes(routes!(region::all))
        .routes(routes!(region::file))
        .routes(routes!(kpu::wilayah))
        .routes(routes!(kpu::paslon))
        .routes(routes!(kpu::nation))
        .routes(routes!(kpu::count))
}
