//! Enrolment and accreditations.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::place::part;
use super::problem::Failure;
use crate::central::answer::{News, Submission};
use crate::protocol::ids::StationId;
use crate::protocol::wire::{limits, media};

/// `POST`: accredits an officer's key.
pub(super) async fn enrol(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Failure> {
    let bytes = body::whole(&headers, body, limits::ENROLMENT_BYTES, app.patience).await?;
    let answer = app.desk.submit(Submission::Enrolment { bytes }).await?;
    let status = if answer.news == News::New { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, [(CONTENT_TYPE, media::NOTE)], answer.bytes))
}

/// `GET`: the accreditations of a station, an empty line between two.
pub(super) async fn accreditations(
    State(app): State<App>,
    Path(station): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let station: StationId = part(&station)?;
    let notes = app.desk.ask(move |central| central.accreditations(station)).await??;
    Ok(([(CONTENT_TYPE, media::NOTE)], notes.join(&b"\n"[..])))
}
