//! Entries and their receipts.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::place::{part, seq};
use super::problem::Failure;
use crate::central::answer::{Answer, News, Submission};
use crate::protocol::wire::{limits, media};

/// 201 when it was new, 200 when it was there; a receipt either way.
pub(super) fn receipted(answer: Answer) -> impl IntoResponse {
    let status = match answer.news {
        News::New => StatusCode::CREATED,
        News::Known => StatusCode::OK,
    };
    (status, [(CONTENT_TYPE, media::RECEIPT)], answer.bytes)
}

/// `PUT`: takes an entry in.
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

/// `GET`: gives an entry back, byte for byte.
pub(super) async fn get(
    State(app): State<App>,
    Path((station, at)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, seq) = (part(&station)?, seq(&at)?);
    let bytes = app.desk.ask(move |central| central.entry(station, seq)).await??;
    Ok(([(CONTENT_TYPE, media::NOTE)], bytes))
}

/// `GET`: gives the receipt of an entry.
pub(super) async fn receipt(
    State(app): State<App>,
    Path((station, at)): Path<(String, String)>,
) -> Result<impl IntoResponse, Failure> {
    let (station, seq) = (part(&station)?, seq(&at)?);
    let bytes = app.desk.ask(move |central| central.entry_receipt(station, seq)).await??;
    Ok(([(CONTENT_TYPE, media::RECEIPT)], bytes))
}
