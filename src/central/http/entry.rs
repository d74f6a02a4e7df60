//! Entries and their receipts.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use futures_util::future::join_all;

use super::app::App;
use super::body;
use super::openapi::{Asking, EntriesRefused, EntryRefused, Text};
use super::place::{part, seq};
use super::problem::Failure;
use crate::central::answer::{Answer, News, Submission};
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::wire::{Entries, EntriesAnswer, EntryAnswer, Problem, ProblemKind, limits, media, routes};

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

/// Takes consecutive entries in
///
/// The same as one after the other at their own addresses, with one answer to wait for, which also says what is still lacking; each is
/// taken or not for itself. When central can take nothing at this moment, that is the answer to the whole request.
#[utoipa::path(
    post, path = routes::ENTRIES, operation_id = "post_entries", tag = "stations",
    params(("station" = StationId, Path)),
    request_body(content = Entries, content_type = "application/json", description = "May come deflated (`Content-Encoding: deflate`, RFC 9110, 8.4.1.2)"),
    responses(
        (status = 200, description = "What came of each", body = EntriesAnswer),
        EntriesRefused,
    )
)]
pub(super) async fn post(
    State(app): State<App>,
    Path(station): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Failure> {
    let station = part(&station)?;
    let bytes = body::unpacked(&headers, body, limits::ENTRIES_BYTES, app.patience).await?;
    let entries = readable(&bytes)?;
    let positions = std::iter::successors(Some(entries.first), |seq| Some(seq.next()));
    let places = positions.zip(entries.entries);
    // They come into the line in this order: the line is what each stands in first.
    let taken = join_all(places.map(|(seq, note)| {
        let bytes = note.into_bytes();
        app.desk.submit(Submission::Entry { station, seq, bytes })
    }));
    let mut answers = Vec::new();
    for taken in taken.await {
        answers.push(match taken {
            Ok(answer) => EntryAnswer::Receipt(String::from_utf8_lossy(&answer.bytes).into_owned()),
            Err(refusal) if answers.is_empty() && refusal.retry_after().is_some() => return Err(refusal.into()),
            Err(refusal) => EntryAnswer::Problem(refusal.problem()),
        });
    }
    let missing = app.desk.ask(move |central| central.missing(station)).await?.ok();
    let missing = missing.map(|missing| missing.and_takes(app.coding));
    Ok(Json(EntriesAnswer { answers, missing }))
}

fn readable(bytes: &[u8]) -> Result<Entries, Failure> {
    let malformed = |what: String| Failure::from(Problem::new(ProblemKind::Malformed, what));
    let entries: Entries = serde_json::from_slice(bytes).map_err(|error| malformed(format!("the body: {error}")))?;
    match entries.entries.len() {
        1..=limits::ENTRIES_AT_ONCE => Ok(entries),
        count => Err(malformed(format!("{count} entries; send 1 to {} with one request", limits::ENTRIES_AT_ONCE))),
    }
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
