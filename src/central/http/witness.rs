//! Cosignatures of witnesses: the door for them, and the newest checkpoint that carries one.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::openapi::{CosignatureRefused, NotHere, Text};
use super::problem::Failure;
use crate::central::answer::News;
use crate::central::keeper::Central;
use crate::protocol::wire::{Problem, ProblemKind, limits, media, routes};

/// Takes in a checkpoint that a witness cosigned
#[utoipa::path(
    post, path = routes::COSIGNATURE, operation_id = "cosign", tag = "log",
    request_body(content = Text, content_type = "text/plain", description = "A checkpoint with the signature of central and of a witness"),
    responses(
        (status = 201, description = "It is the newest of that witness, and durable"),
        (status = 200, description = "It is not the newest of that witness"),
        CosignatureRefused,
    )
)]
pub(super) async fn post(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<StatusCode, Failure> {
    let bytes = body::whole(&headers, body, limits::CHECKPOINT_BYTES, app.patience).await?;
    let checked = app.desk.ask(move |central| central.check_cosigned(bytes)).await??;
    let news = if checked.is_empty() {
        News::Known
    } else {
        app.desk.work(move |central| central.keep_cosigned(checked)).await??
    };
    Ok(if news == News::New { StatusCode::CREATED } else { StatusCode::OK })
}

/// The newest checkpoint that a witness cosigned
#[utoipa::path(
    get, path = routes::COSIGNED, operation_id = "get_cosigned_checkpoint", tag = "log",
    responses((status = 200, description = "A signed checkpoint (C2SP tlog-checkpoint) with cosignatures", body = Text, content_type = "text/plain"), NotHere)
)]
pub(super) async fn newest(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let mut all = app.desk.ask(Central::cosigned_checkpoints).await?;
    let none = || Problem::new(ProblemKind::Unknown, "no witness has cosigned this log yet");
    Ok(([(CONTENT_TYPE, media::NOTE)], all.pop().ok_or_else(none)?))
}
