//! What anybody may read: where a station stands, the election file, the log's head, health.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::app::App;
use super::place::part;
use super::problem::Failure;
use crate::central::keeper::Central;
use crate::protocol::ids::StationId;
use crate::protocol::tile::Tile;
use crate::protocol::wire::{Health, Missing, Problem, ProblemKind, media};

/// `GET`: head and photos still lacking.
pub(super) async fn missing(State(app): State<App>, Path(station): Path<String>) -> Result<Json<Missing>, Failure> {
    let station: StationId = part(&station)?;
    Ok(Json(app.desk.ask(move |central| central.missing(station)).await??))
}

/// `GET`: the election file.
pub(super) async fn election(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, media::NOTE)], app.election.note().bytes().to_vec())
}

/// `GET`: the newest signed head of the log.
pub(super) async fn checkpoint(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let found = app.desk.ask(Central::checkpoint).await??;
    let bytes =
        found.ok_or_else(|| Problem::new(ProblemKind::Unknown, "the log is empty: nothing was received yet"))?;
    Ok(([(CONTENT_TYPE, media::NOTE)], bytes))
}

/// `GET`: a tile of the log, to be kept for ever.
pub(super) async fn tile(State(app): State<App>, Path(place): Path<String>) -> Result<impl IntoResponse, Failure> {
    let tile: Tile = part(&format!("tile/{place}"))?;
    let bytes = app.desk.ask(move |central| central.tile(&tile)).await??;
    Ok(([(CONTENT_TYPE, media::TILE), (CACHE_CONTROL, "public, max-age=31536000, immutable")], bytes))
}

/// `GET`: whether central works.
pub(super) async fn health(State(app): State<App>) -> Result<Json<Health>, Failure> {
    Ok(Json(app.desk.ask(Central::health).await?))
}
