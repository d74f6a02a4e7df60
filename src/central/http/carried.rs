//! Sealed results that come without their chain.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::openapi::{CarriedRefused, Text};
use super::problem::Failure;
use crate::central::answer::{News, Submission};
use crate::protocol::wire::{CarriedAnswer, limits, routes};

/// Takes a sealed result in that comes without its chain
///
/// Anybody may bring it: what counts are the signatures of both officers. It is shown as provisional until the station's chain
/// brings the very same entry, and is in no sum. One that contradicts what is held is kept as evidence, raises an alarm, and is
/// answered with 409.
#[utoipa::path(
    post, path = routes::CARRIED, operation_id = "post_carried", tag = "stations",
    request_body(content = Text, content_type = "text/plain", description = "The text of a QR code (PLANO1:…), or a signed note of type plano/entry@1 that is a result"),
    responses(
        (status = 201, description = "It is new, durable and provisional", body = CarriedAnswer),
        (status = 200, description = "The very same was there already: provisional, or accepted from the chain", body = CarriedAnswer),
        CarriedRefused,
    )
)]
pub(super) async fn post(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<impl IntoResponse, Failure> {
    let bytes = body::whole(&headers, body, limits::ENTRY_BYTES, app.patience).await?;
    let answer = app.desk.submit(Submission::Carried { bytes }).await?;
    let status = if answer.news == News::New { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, [(CONTENT_TYPE, "application/json")], answer.bytes))
}
