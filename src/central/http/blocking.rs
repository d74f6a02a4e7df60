//! The bridge from readers that block to streams: photos come from disk in threads that may wait.

use std::io::{self, Read};

use bytes::Bytes;
use futures_util::Stream;
use tokio::task::spawn_blocking;

/// How much is read from disk at a time, in bytes.
const PIECE: u64 = 64 * 1024;

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
