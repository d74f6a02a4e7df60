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
    post, path = routes::COSIGNATURE, operation_id = "post_cosignature", tag = "log",
    request_body(content = Text, content_type = "text/plain", description = "A checkpoint with central's signature and cosignatures of witnesses (C2SP tlog-cosignature)"),
    responses(
        (status = 201, description = "It is the newest of a witness"),
        (status = 200, description = "A newer one was there already"),
        CosignatureRefused,
    )
)]
pub(super) async fn post(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<StatusCode, Failure> {
    let bytes = body::whole(&headers, body, limits::CHECKPOINT_BYTES, app.patience).await?;
    let news = app.desk.work(move |central| central.cosigned(bytes)).await??;
    Ok(if news == News::New { StatusCode::CREATED } else { StatusCode::OK })
}

/// The newest checkpoint that a witness cosigned
#[utoipa::path(
    get, path = routes::COSIGNED, operation_id = "get_cosigned_checkpoint", tag = "log",
    responses((status = 200, description = "A signed checkpoint with its cosignatures", body = Text, content_type = "text/plain"), NotHere)
)]
pub(super) async fn newest(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let mut all = app.desk.ask(Central::cosigned_checkpoints).await?;
    let none = || Problem::new(ProblemKind::Unknown, "no witness has cosigned this log yet");
    Ok(([(CONTENT_TYPE, media::NOTE)], all.pop().ok_or_else(none)?))
}
