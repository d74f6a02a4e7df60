//! The routes of uploads, each method with what it is told and what it answers.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_axum::routes;

use super::{upload, uploads};
use crate::central::http::app::{App, blank};
use crate::central::http::openapi::{
    Announcing, Asking, Meant, PieceRefused, Sending, Text, UploadAsked, UploadKept, UploadRefused, Versioned,
};
use crate::central::uploads::UploadId;
use crate::protocol::ids::StationId;
use crate::protocol::wire::routes;

/// The routes of uploads. Methods that are none are answered in the words of tus too.
pub(in crate::central::http) fn routes() -> OpenApiRouter<App> {
    let (schemas, paths, begins): UtoipaMethodRouter<App> = routes!(create_upload, offer_uploads);
    let beginnings = (schemas, paths, begins.fallback(uploads));
    let (schemas, paths, goes_on): UtoipaMethodRouter<App> =
        routes!(get_upload_offset, send_piece, end_upload, offer_upload, override_upload);
    blank().routes(beginnings).routes((schemas, paths, goes_on.fallback(upload)))
}

/// Announces a photo that an accepted entry names
///
/// The photo, or the beginning of it, may come along. `Location` is relative to this address.
#[utoipa::path(
    post, path = routes::UPLOADS, tag = "uploads",
    params(("station" = StationId, Path), Announcing),
    request_body(content = Option<Text>, content_type = "application/offset+octet-stream", description = "The first piece, if it comes along"),
    responses(
        (status = 201, description = "The upload; when the photo is whole, its receipt", body = Text, content_type = "text/plain", headers(
            ("Location" = String, description = "Where the rest of it goes"),
            ("Upload-Offset" = u64, description = "Bytes that are here"),
            ("Upload-Expires" = Option<String>, description = "When an unfinished upload is given up (RFC 9110, 5.6.7)"),
        )),
        (status = 204, description = "What is offered, when X-HTTP-Method-Override says OPTIONS"),
        (status = 405, description = "X-HTTP-Method-Override says a method that this address does not take", body = crate::protocol::wire::Problem, content_type = "application/problem+json"),
        UploadRefused,
    )
)]
async fn create_upload(state: State<App>, place: Path<String>, request: Request) -> Response {
    uploads(state, place, request).await
}

/// What is offered: version, extensions, the largest photo
#[utoipa::path(
    options, path = routes::UPLOADS, tag = "uploads",
    params(("station" = StationId, Path)),
    responses((status = 204, description = "What is offered, in headers"), Asking)
)]
async fn offer_uploads(state: State<App>, place: Path<String>, request: Request) -> Response {
    uploads(state, place, request).await
}

/// How far an upload is
///
/// Ends a request that still works on it; what that has received counts.
#[utoipa::path(
    head, path = routes::UPLOAD, tag = "uploads",
    params(("station" = StationId, Path), ("upload" = UploadId, Path), Versioned),
    responses(
        (status = 200, description = "Where it stands", headers(
            ("Upload-Offset" = u64, description = "Bytes that are here"),
            ("Upload-Length" = u64, description = "Bytes of the photo"),
        )),
        UploadAsked,
    )
)]
async fn get_upload_offset(state: State<App>, place: Path<(String, String)>, request: Request) -> Response {
    upload(state, place, request).await
}

/// The next piece
#[utoipa::path(
    patch, path = routes::UPLOAD, tag = "uploads",
    params(("station" = StationId, Path), ("upload" = UploadId, Path), Sending),
    request_body(content = Text, content_type = "application/offset+octet-stream", description = "The bytes from the offset on"),
    responses(
        (status = 204, description = "They are durable; the photo too, when it is whole", headers(
            ("Upload-Offset" = u64, description = "Bytes that are here"),
            ("Upload-Receipt" = String, description = "The photo's receipt in base64, once it is whole"),
        )),
        PieceRefused,
    )
)]
async fn send_piece(state: State<App>, place: Path<(String, String)>, request: Request) -> Response {
    upload(state, place, request).await
}

/// Gives an upload up; a photo that is whole stays
#[utoipa::path(
    delete, path = routes::UPLOAD, tag = "uploads",
    params(("station" = StationId, Path), ("upload" = UploadId, Path), Versioned),
    responses((status = 204, description = "It is gone"), UploadKept)
)]
async fn end_upload(state: State<App>, place: Path<(String, String)>, request: Request) -> Response {
    upload(state, place, request).await
}

/// What is offered: version, extensions, the largest photo
#[utoipa::path(
    options, path = routes::UPLOAD, tag = "uploads",
    params(("station" = StationId, Path), ("upload" = UploadId, Path)),
    responses((status = 204, description = "What is offered, in headers"), Asking)
)]
async fn offer_upload(state: State<App>, place: Path<(String, String)>, request: Request) -> Response {
    upload(state, place, request).await
}

/// Any method of this address, where a network lets only POST pass
#[utoipa::path(
    post, path = routes::UPLOAD, tag = "uploads",
    params(("station" = StationId, Path), ("upload" = UploadId, Path), Meant),
    request_body(content = Option<Text>, content_type = "application/offset+octet-stream", description = "As the method that is meant"),
    responses(
        (status = 200, description = "As for HEAD"),
        (status = 204, description = "As for PATCH, DELETE, OPTIONS"),
        (status = 405, description = "X-HTTP-Method-Override does not say a method of this address", body = crate::protocol::wire::Problem, content_type = "application/problem+json"),
        PieceRefused,
    )
)]
async fn override_upload(state: State<App>, place: Path<(String, String)>, request: Request) -> Response {
    upload(state, place, request).await
}
