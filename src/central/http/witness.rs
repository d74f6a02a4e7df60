//! Cosignatures of witnesses: the door for them, and the newest checkpoint that carries one.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::app::App;
use super::body;
use super::problem::Failure;
use crate::central::answer::News;
use crate::central::keeper::Central;
use crate::protocol::wire::{Problem, ProblemKind, limits, media};

/// `POST`: takes in a checkpoint that a witness cosigned: 201 when it is the newest of that witness, 200 when it is not.
pub(super) async fn post(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<StatusCode, Failure> {
    let bytes = body::whole(&headers, body, limits::CHECKPOINT_BYTES, app.patience).await?;
    let news = app.desk.work(move |central| central.cosigned(bytes)).await??;
    Ok(if news == News::New { StatusCode::CREATED } else { StatusCode::OK })
}

/// `GET`: the newest checkpoint that a witness cosigned.
pub(super) async fn newest(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let mut all = app.desk.ask(Central::cosigned_checkpoints).await?;
    let none = || Problem::new(ProblemKind::Unknown, "no witness has cosigned this log yet");
    Ok(([(CONTENT_TYPE, media::NOTE)], all.pop().ok_or_else(none)?))
}
