//! The bridge between streams and readers that block: photos go to and from disk in threads that may wait.

use std::io::{self, Read};
use std::pin::Pin;

use bytes::{Buf as _, Bytes};
use futures_util::{Stream, StreamExt as _};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

/// How much is read from disk at a time, in bytes.
const PIECE: u64 = 64 * 1024;

/// A stream of pieces as a reader, for a thread that may block.
pub(super) struct Pieces {
    pieces: Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>,
    piece: Bytes,
    runtime: Handle,
}

impl Pieces {
    /// Must be made inside the runtime, and read outside of its tasks.
    pub(super) fn new(pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self { pieces: Box::pin(pieces), piece: Bytes::new(), runtime: Handle::current() }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.runtime.block_on(self.pieces.next()) {
                Some(piece) => self.piece = piece?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.len());
        self.piece.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// A reader as a stream of pieces.
pub(super) fn stream(reader: Box<dyn Read + Send>) -> impl Stream<Item = io::Result<Bytes>> + Send {
    futures_util::stream::try_unfold(reader, |mut reader| async move {
        let next = move || {
            let mut piece = Vec::new();
            Read::by_ref(&mut reader).take(PIECE).read_to_end(&mut piece)?;
            Ok((!piece.is_empty()).then(|| (Bytes::from(piece), reader)))
        };
        spawn_blocking(next).await.unwrap_or_else(|error| Err(io::Error::other(error)))
    })
}
