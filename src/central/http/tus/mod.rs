//! Uploads of photos over tus 1.0.0 (<https://tus.io/protocols/resumable-upload>).
//!
//! In scope: the two addresses, methods, headers and statuses of the protocol.
//! Not here: what an upload is and who works on it (`central::uploads`), what is accepted (`central::photos`).
//!
//! The receipt of a photo comes in the body of the creating answer when that already completes it; after a `PATCH`, whose
//! answer has no body, it is fetched from [`routes::PHOTO_RECEIPT`](crate::protocol::wire::routes::PHOTO_RECEIPT).

mod create;
mod dress;
mod finish;
mod headers;
mod receive;
mod resume;
mod routes;

use axum::extract::{Path, Request, State};
use axum::http::Method;
use axum::response::Response;

use super::app::App;
use super::place::part;
use super::problem::{Failure, no_such_method};
use crate::central::refusal::Refusal;
use crate::central::uploads::UploadError;
use headers::Head;

pub(super) use routes::routes;

/// The address where uploads begin.
async fn uploads(State(app): State<App>, Path(station): Path<String>, request: Request) -> Response {
    let head = Head::of(&request);
    if !head.may_go_on() {
        return dress::other_version();
    }
    let answered = match (part(&station), &head.method) {
        (Err(failure), _) => Err(failure),
        (Ok(_), &Method::OPTIONS) => Ok(dress::offer()),
        (Ok(station), &Method::POST) => create::create(&app, station, &head, request.into_body()).await,
        (Ok(_), other) => Err(no_such_method(other)),
    };
    dress::dressed(answered)
}

/// The address of one upload.
async fn upload(State(app): State<App>, Path((station, upload)): Path<(String, String)>, request: Request) -> Response {
    let head = Head::of(&request);
    if !head.may_go_on() {
        return dress::other_version();
    }
    let place = part(&station).and_then(|station| match upload.parse() {
        Ok(id) => Ok((station, id)),
        Err(_) => Err(UploadError::Unknown.into()),
    });
    let answered = match (place, &head.method) {
        (Err(failure), _) => Err(failure),
        (Ok(_), &Method::OPTIONS) => Ok(dress::offer()),
        (Ok(place), &Method::HEAD) => resume::offset(&app, place).await,
        (Ok(place), &Method::PATCH) => resume::piece(&app, place, &head, request.into_body()).await,
        (Ok(place), &Method::DELETE) => resume::end(&app, place).await,
        (Ok(_), other) => Err(no_such_method(other)),
    };
    dress::dressed(answered)
}

/// Does what blocks in a thread that may.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::Closing.into())
}
