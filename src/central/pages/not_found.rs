//! Addresses that are none: a page for people, problem+json for programs.

use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse as _, Response};

use super::routes::dressed;
use super::trouble::Trouble;
use super::visit::Visit;
use crate::central::http::{self, App};

/// Where programs ask; whatever they say they accept, they are answered with problem+json.
const PROGRAMS: &str = "/v1/";

/// 404 for an address that is none.
pub(in crate::central) async fn no_such_route(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let accepts = headers.get(ACCEPT).and_then(|kinds| kinds.to_str().ok()).unwrap_or_default();
    if uri.path().starts_with(PROGRAMS) || !accepts.contains("text/html") {
        return http::no_such_route(&uri).into_response();
    }
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    dressed(Visit::new(&app, path, &headers).trouble(&Trouble::NoSuchPage)).await
}
