//! What anybody may read: where a station stands, the election file, the log's head and tiles, health, and what may be asked.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::app::App;
use super::openapi::{Asking, NotHere, Text, Unavailable};
use super::place::part;
use super::problem::Failure;
use crate::central::keeper::Central;
use crate::protocol::ids::StationId;
use crate::protocol::tile::Tile;
use crate::protocol::wire::{Health, Missing, Problem, ProblemKind, media, routes};

/// Head of a station's chain, and photos still lacking
#[utoipa::path(
    get, path = routes::MISSING, operation_id = "get_missing", tag = "stations",
    params(("station" = StationId, Path)),
    responses((status = 200, description = "Where the station stands", body = Missing), Asking)
)]
pub(super) async fn missing(State(app): State<App>, Path(station): Path<String>) -> Result<Json<Missing>, Failure> {
    let station: StationId = part(&station)?;
    let missing = app.desk.ask(move |central| central.missing(station)).await??;
    Ok(Json(missing.and_takes(app.coding)))
}

/// The election file
#[utoipa::path(
    get, path = routes::ELECTION, operation_id = "get_election", tag = "evidence",
    responses((status = 200, description = "A signed note of type plano/election@1", body = Text, content_type = "text/plain"), Unavailable)
)]
pub(super) async fn election(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, media::NOTE)], app.election.note().bytes().to_vec())
}

/// The newest signed head of the log
#[utoipa::path(
    get, path = routes::CHECKPOINT, operation_id = "get_checkpoint", tag = "log",
    responses((status = 200, description = "A signed checkpoint (C2SP tlog-checkpoint)", body = Text, content_type = "text/plain"), NotHere)
)]
pub(super) async fn checkpoint(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let found = app.desk.ask(Central::checkpoint).await??;
    let bytes =
        found.ok_or_else(|| Problem::new(ProblemKind::Unknown, "the log is empty: nothing was received yet"))?;
    // A copy that a cache kept would look like a log that went back.
    Ok(([(CONTENT_TYPE, media::NOTE), (CACHE_CONTROL, "no-store")], bytes))
}

/// A tile of the log, to be kept for ever
///
/// `place` is the rest of the address as C2SP tlog-tiles writes it, slashes included: `0/000`, `entries/x001/234.p/5`.
#[utoipa::path(
    get, path = routes::TILE, operation_id = "get_tile", tag = "log",
    params(("place" = Tile, Path)),
    responses((status = 200, description = "Hashes, or leaves", body = Text, content_type = "application/octet-stream"), Asking)
)]
pub(super) async fn tile(State(app): State<App>, Path(place): Path<String>) -> Result<impl IntoResponse, Failure> {
    let tile: Tile = part(&format!("tile/{place}"))?;
    let bytes = app.desk.ask(move |central| central.tile(&tile)).await??;
    Ok(([(CONTENT_TYPE, media::TILE), (CACHE_CONTROL, "public, max-age=31536000, immutable")], bytes))
}

/// Whether central works
#[utoipa::path(
    get, path = routes::HEALTH, operation_id = "get_health", tag = "service",
    responses((status = 200, description = "It works", body = Health), Unavailable)
)]
pub(super) async fn health(State(app): State<App>) -> Result<Json<Health>, Failure> {
    Ok(Json(app.desk.ask(Central::health).await?))
}

/// This document
#[utoipa::path(
    get, path = routes::OPENAPI, operation_id = "get_openapi", tag = "service",
    responses((status = 200, description = "OpenAPI 3.1", body = Value, content_type = "application/json"), Unavailable)
)]
pub(super) async fn openapi(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], app.document.bytes())
}
