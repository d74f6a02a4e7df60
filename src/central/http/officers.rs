//! Enrolment and accreditations.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::openapi::{Asking, EnrolmentRefused, Text};
use super::place::part;
use super::problem::Failure;
use crate::central::answer::{News, Submission};
use crate::protocol::ids::StationId;
use crate::protocol::wire::{limits, media, routes};

/// Accredits an officer's key
#[utoipa::path(
    post, path = routes::ENROL, operation_id = "enrol", tag = "stations",
    request_body(content = Text, content_type = "text/plain", description = "A signed note of type plano/enrol@1"),
    responses(
        (status = 201, description = "The accreditation", body = Text, content_type = "text/plain"),
        (status = 200, description = "The accreditation; the very same enrolment was there already", body = Text, content_type = "text/plain"),
        EnrolmentRefused,
    )
)]
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

/// The accreditations of a station, an empty line between two
#[utoipa::path(
    get, path = routes::ACCREDITATIONS, operation_id = "get_accreditations", tag = "evidence",
    params(("station" = StationId, Path)),
    responses((status = 200, description = "Signed notes of type plano/accreditation@1", body = Text, content_type = "text/plain"), Asking)
)]
pub(super) async fn accreditations(
    State(app): State<App>,
    Path(station): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let station: StationId = part(&station)?;
    let notes = app.desk.ask(move |central| central.accreditations(station)).await??;
    Ok(([(CONTENT_TYPE, media::NOTE)], notes.join(&b"\n"[..])))
}
