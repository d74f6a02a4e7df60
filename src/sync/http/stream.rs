//! Bodies that count how much of them the network has taken, and stop while something more urgent goes.

use std::io::{self, Seek as _, SeekFrom};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use reqwest::Body;
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

use crate::sync::{Content, Progress};

/// Bytes handed over at a time.
const PIECE: usize = 16 * 1024;

/// All of `bytes`, piece by piece.
pub(super) fn of_bytes(bytes: impl Into<Bytes>, progress: Progress) -> Body {
    let mut rest: Bytes = bytes.into();
    let pieces = std::iter::from_fn(move || {
        let piece = rest.split_to(PIECE.min(rest.len()));
        (!piece.is_empty()).then(|| Ok::<_, io::Error>(piece))
    });
    counted(stream::iter(pieces), progress)
}

/// `length` bytes of `content` from `start` on; a file is never held in memory as a whole.
///
/// # Errors
/// The system's, when the file cannot be positioned.
pub(super) fn of(content: &Content, start: u64, length: u64, progress: Progress) -> io::Result<Body> {
    let mut file = match content {
        Content::Bytes(bytes) => return Ok(of_bytes(part(bytes, start, length), progress)),
        Content::File(file) => file.try_clone()?,
    };
    file.seek(SeekFrom::Start(start))?;
    let reader = tokio::fs::File::from_std(file).take(length);
    Ok(counted(ReaderStream::with_capacity(reader, PIECE), progress))
}

/// As many of them as there are.
fn part(bytes: &Bytes, start: u64, length: u64) -> Bytes {
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    bytes.slice(place(start)..place(start.saturating_add(length)))
}

fn counted<S>(pieces: S, progress: Progress) -> Body
where
    S: futures_util::Stream<Item = io::Result<Bytes>> + Send + 'static,
{
    Body::wrap_stream(pieces.then(move |piece| {
        let progress = progress.clone();
        async move {
            progress.turn().await;
            if let Ok(piece) = &piece {
                progress.add(piece.len() as u64);
            }
            piece
        }
    }))
}
