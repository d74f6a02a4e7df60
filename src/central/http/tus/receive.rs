//! Receiving one piece: it goes to disk as it comes, and what has come stays when the connection breaks.

use std::io;

use axum::body::Body;
use futures_util::{Stream, StreamExt as _};
use tokio_util::sync::CancellationToken;

use super::blocking;
use super::finish::finish;
use crate::central::http::app::App;
use crate::central::http::body::patient;
use crate::central::http::problem::Failure;
use crate::central::refusal::Refusal;
use crate::central::uploads::{self, Held, Upload, UploadError};
use crate::protocol::tus::Checksum;

/// So many bytes are gathered before they are handed to the disk.
const GATHERED: usize = 64 * 1024;

/// A piece that is about to come.
pub(super) struct Piece {
    /// Where it begins.
    pub(super) offset: u64,
    /// Its length, where the sender says it.
    pub(super) announced: Option<u64>,
    /// What it has to hash to.
    pub(super) checksum: Option<Checksum>,
    /// Its bytes.
    pub(super) body: Body,
}

/// What a piece has led to.
pub(super) struct Received {
    /// Where the upload stands.
    pub(super) upload: Upload,
    /// The receipt, when the photo is complete.
    pub(super) receipt: Option<Vec<u8>>,
}

/// Receives a piece, and completes the photo when it was the last. **What the answer says is durable.**
///
/// It goes on by itself when the connection ends and nobody waits any more: then it keeps what has come.
pub(super) async fn receive(app: &App, held: Held, piece: Piece) -> Result<Received, Failure> {
    let slot = app.photo_slots.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
    let app = app.clone();
    let task = tokio::spawn(async move {
        let received = to_disk(&app, held, piece).await;
        drop(slot);
        received
    });
    task.await.map_err(|_| Refusal::Closing)?
}

async fn to_disk(app: &App, held: Held, piece: Piece) -> Result<Received, Failure> {
    let Piece { offset, announced, checksum, body } = piece;
    let begin = move || held.begin(offset, announced, checksum).map(|piece| (held, piece));
    let (mut held, mut piece) = blocking(begin).await??;
    let stop = held.stop();
    let pieces = std::pin::pin!(patient(body, app.patience));
    let (back, came) = gather(pieces, piece, &stop).await?;
    piece = back;
    let worth_keeping = match &came {
        Ok(()) => true,
        Err(UploadError::TooLong { .. }) => false,
        Err(_) => !piece.is_checked(),
    };
    let settled = blocking(move || if worth_keeping { piece.keep() } else { piece.discard() }).await?;
    held.stands_at(settled?);
    came?;
    if held.upload().is_whole() {
        let (upload, receipt) = finish(app, held).await?;
        return Ok(Received { upload, receipt: Some(receipt) });
    }
    Ok(Received { upload: held.upload().clone(), receipt: None })
}

type Gathered = (uploads::Piece, Result<(), UploadError>);

/// Writes pieces until they end, fail, or are not wanted any more.
async fn gather(
    mut pieces: impl Stream<Item = io::Result<bytes::Bytes>> + Unpin,
    mut piece: uploads::Piece,
    stop: &CancellationToken,
) -> Result<Gathered, Failure> {
    let mut buffer = Vec::with_capacity(GATHERED);
    loop {
        let next = tokio::select! {
            biased;
            () = stop.cancelled() => Some(Err(UploadError::Overtaken)),
            next = pieces.next() => next.map(|bytes| bytes.map_err(UploadError::Interrupted)),
        };
        let end = match next {
            Some(Ok(bytes)) => {
                buffer.extend_from_slice(&bytes);
                None
            }
            Some(Err(error)) => Some(Err(error)),
            None => Some(Ok(())),
        };
        if end.is_none() && buffer.len() < GATHERED {
            continue;
        }
        let full = std::mem::take(&mut buffer);
        let write = move || {
            let written = piece.write(&full);
            (piece, written)
        };
        let (back, written) = blocking(write).await?;
        piece = back;
        match (written, end) {
            (Err(error), _) => return Ok((piece, Err(error))),
            (Ok(()), Some(end)) => return Ok((piece, end)),
            (Ok(()), None) => {}
        }
    }
}
