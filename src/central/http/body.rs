//! Reading bodies: never more bytes than allowed, never longer than patience lasts.

use axum::body::Body;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use futures_util::{Stream, StreamExt as _};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use super::config::Patience;
use super::problem::Failure;
use crate::central::refusal::Refusal;
use crate::protocol::wire::{Problem, ProblemKind};

/// The length that the sender announces in bytes.
pub(super) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A small body has to be whole after so many times the patience for one piece: six minutes, on any link that is one.
const PATIENCES: u32 = 8;

/// A whole body of at most `limit` bytes.
pub(super) async fn whole(headers: &HeaderMap, body: Body, limit: u64, patience: Patience) -> Result<Vec<u8>, Failure> {
    let whole = tokio::time::timeout(patience.idle * PATIENCES, gather(headers, body, limit, patience));
    whole.await.unwrap_or_else(|_| Err(stopped(&std::io::ErrorKind::TimedOut.into())))
}

async fn gather(headers: &HeaderMap, body: Body, limit: u64, patience: Patience) -> Result<Vec<u8>, Failure> {
    if announced(headers).is_some_and(|length| length > limit) {
        return Err(Refusal::TooLarge { limit }.into());
    }
    let mut pieces = std::pin::pin!(patient(body, patience));
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| stopped(&error))?;
        if (bytes.len() + piece.len()) as u64 > limit {
            return Err(Refusal::TooLarge { limit }.into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// A whole body that may come deflated; `limit` is for what is unpacked.
pub(super) async fn unpacked(
    headers: &HeaderMap,
    body: Body,
    limit: u64,
    patience: Patience,
) -> Result<Vec<u8>, Failure> {
    let bytes = whole(headers, body, limit, patience).await?;
    match headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"identity") => Ok(bytes),
        Some(b"deflate") => {
            let most = usize::try_from(limit).unwrap_or(usize::MAX);
            decompress_to_vec_zlib_with_limit(&bytes, most).map_err(|error| match error.status {
                TINFLStatus::HasMoreOutput => Refusal::TooLarge { limit }.into(),
                _ => Problem::new(ProblemKind::Malformed, "the body is not what zlib (RFC 1950) packs").into(),
            })
        }
        Some(_) => {
            let mut problem = Problem::new(ProblemKind::Malformed, "of codings this address takes deflate alone");
            problem.status = StatusCode::UNSUPPORTED_MEDIA_TYPE.as_u16();
            Err(problem.into())
        }
    }
}

/// So many bytes of a body that is not wanted are read all the same, before the answer.
const PASSED: usize = 64 * 1024;

/// Reads a small body that is not wanted: answered before it has come, its sender would meet a closed connection in place of
/// the answer. Of a large one the rest is not waited for.
pub(super) async fn let_pass(body: Body, patience: Patience) {
    let passing = async {
        let mut pieces = std::pin::pin!(patient(body, patience));
        let mut passed = 0;
        while let Some(Ok(piece)) = pieces.next().await
            && passed <= PASSED
        {
            passed += piece.len();
        }
    };
    // Whoever drips is answered, too.
    let _ = tokio::time::timeout(patience.idle * PATIENCES, passing).await;
}

/// The pieces of a body; an error when the next one lets itself be waited for longer than patience lasts.
pub(super) fn patient(
    body: Body,
    patience: Patience,
) -> impl Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static {
    let pieces = Box::pin(body.into_data_stream());
    futures_util::stream::unfold(Some(pieces), move |pieces| async move {
        let mut pieces = pieces?;
        match tokio::time::timeout(patience.idle, pieces.next()).await {
            Ok(Some(Ok(piece))) => Some((Ok(piece), Some(pieces))),
            Ok(Some(Err(error))) => Some((Err(std::io::Error::other(error)), None)),
            Ok(None) => None,
            Err(_) => Some((Err(std::io::ErrorKind::TimedOut.into()), None)),
        }
    })
}

fn stopped(error: &std::io::Error) -> Failure {
    Problem::new(ProblemKind::Unavailable, format!("the body did not come whole; send it again: {error}")).into()
}
