//! Bodies that count how much of them the network has taken, and stop while something more urgent goes.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use reqwest::Body;
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

use crate::sync::Progress;

/// Bytes handed over at a time.
const PIECE: usize = 16 * 1024;

/// All of `bytes`, piece by piece.
pub(super) fn of_bytes(bytes: Vec<u8>, progress: Progress) -> Body {
    let mut rest = Bytes::from(bytes);
    let pieces = std::iter::from_fn(move || {
        let piece = rest.split_to(PIECE.min(rest.len()));
        (!piece.is_empty()).then(|| Ok::<_, io::Error>(piece))
    });
    counted(stream::iter(pieces), progress)
}

/// `length` bytes of `file` from `start` on; the file is never held in memory as a whole.
///
/// # Errors
/// The system's, when the file cannot be positioned.
pub(super) fn of_file(file: &File, start: u64, length: u64, progress: Progress) -> io::Result<Body> {
    let mut file = file.try_clone()?;
    file.seek(SeekFrom::Start(start))?;
    let reader = tokio::fs::File::from_std(file).take(length);
    Ok(counted(ReaderStream::with_capacity(reader, PIECE), progress))
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
