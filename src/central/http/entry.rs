//! Entries and their receipts.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::openapi::{Asking, EntryRefused, Text};
use super::place::{part, seq};
use super::problem::Failure;
use crate::central::answer::{Answer, News, Submission};
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::wire::{limits, media, routes};

/// 201 when it was new, 200 when it was there; a receipt either way.
pub(super) fn receipted(answer: Answer) -> impl IntoResponse {
    let status = match answer.news {
        News::New => StatusCode::CREATED,
        News::Known => StatusCode::OK,
    };
    (status, [(CONTENT_TYPE, media::RECEIPT)], answer.bytes)
}

/// Takes an entry in
///
/// What is signed by accredited officers and extends the station's chain is never refused. The same entry may be sent again, and
/// gets the same receipt.
#[utoipa::path(
    put, path = routes::ENTRY, operation_id = "put_entry", tag = "stations",
    params(("station" = StationId, Path), ("seq" = Seq, Path)),
    request_body(content = Text, content_type = "text/plain", description = "A signed note of type plano/entry@1"),
    responses(
        (status = 201, description = "Its receipt; the entry is durable", body = Text, content_type = "text/plain"),
        (status = 200, description = "Its receipt; the very same was there already", body = Text, content_type = "text/plain"),
        EntryRefused,
    )
)]
pub(super) async fn put(
    State(app): State<App>,
    Path((station, at)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Failure> {
    let (station, seq) = (part(&station)?, seq(&at)?);
    let bytes = body::whole(&headers, body, limits::ENTRY_BYTES, app.patience).await?;
    Ok(receipted(app.desk.submit(Submission::Entry { station, seq, bytes }).await?))
}

/// Gives an entry back, byte for byte
#[utoipa::path(
    get, path = routes::ENTRY, operation_id = "get_entry", tag = "evidence",
    params(("station" = StationId, Path), ("seq" = Seq, Path)),
    responses((status = 200, description = "The entry", body = Text, content_type = "text/plain"), Asking)
)]
pub(super) async fn get(
    State(app): State<App>,
    Path((station, at)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, seq) = (part(&station)?, seq(&at)?);
    let bytes = app.desk.ask(move |central| central.entry(station, seq)).await??;
    Ok(([(CONTENT_TYPE, media::NOTE)], bytes))
}

/// Gives the receipt of an entry
#[utoipa::path(
    get, path = routes::ENTRY_RECEIPT, operation_id = "get_entry_receipt", tag = "evidence",
    params(("station" = StationId, Path), ("seq" = Seq, Path)),
    responses((status = 200, description = "The receipt", body = Text, content_type = "text/plain"), Asking)
)]
pub(super) async fn receipt(
    State(app): State<App>,
    Path((station, at)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, seq) = (part(&station)?, seq(&at)?);
    let bytes = app.desk.ask(move |central| central.entry_receipt(station, seq)).await??;
    Ok(([(CONTENT_TYPE, media::RECEIPT)], bytes))
}
