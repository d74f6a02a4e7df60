//! The routes of the pages, in both languages, and what every answer carries.

use axum::Router;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;

use super::frame::ENGLISH;
use super::{assets, home, region, tps};
use crate::central::http::App;

/// All pages: in Indonesian at their addresses, in English below `/en`.
pub(in crate::central) fn routes() -> Router<App> {
    pages().nest(ENGLISH, pages()).merge(files()).layer(map_response(dressed))
}

fn pages() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/region/{code}", get(region::first_contest))
        .route("/region/{code}/{contest}", get(region::show))
        .route("/region/{code}/{contest}/sheet", get(region::show_sheet))
        .route("/tps/{station}", get(tps::show))
}

/// What every page of central needs, also those that stand at another door.
pub(in crate::central) fn looks() -> Router<App> {
    assets().layer(map_response(dressed))
}

fn assets() -> Router<App> {
    Router::new().route("/assets/{hash}/{name}", get(assets::serve))
}

/// What has no language.
fn files() -> Router<App> {
    assets()
        .route("/tps/{station}/photos/{sha256}/preview", get(tps::preview))
        .route("/tps/{station}/photos/{sha256}/full", get(tps::full))
        .route("/tps/{station}/photos/{sha256}/receipt", get(tps::receipt))
}

/// What every answer carries: nothing from elsewhere runs in the page or frames it.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (X_FRAME_OPTIONS, "DENY"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
];

/// The answer with the headers that every page carries.
pub(in crate::central) async fn dressed(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
