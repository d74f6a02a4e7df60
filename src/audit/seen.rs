//! Bytes looked at once: digest, length, and what kind of picture they claim to be.

use std::io::{self, Read};

use crate::digest::{Digest, Hasher};
use crate::protocol::entry::ImageKind;

/// What a single pass over a file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) digest: Digest,
    pub(super) bytes: u64,
    /// By the magic bytes; none for anything but JPEG and PNG.
    pub(super) kind: Option<ImageKind>,
}

/// So many bytes tell the kind.
pub(super) const MAGIC: usize = 8;

/// The kind of picture that begins so.
pub(super) fn kind(start: &[u8]) -> Option<ImageKind> {
    if start.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(ImageKind::Jpeg)
    } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageKind::Png)
    } else {
        None
    }
}

/// The first bytes of a reader, [`MAGIC`] of them unless it ends before.
pub(super) fn start(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(MAGIC);
    reader.take(MAGIC as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Reads to the end, piece by piece.
pub(super) fn see(reader: &mut dyn Read) -> io::Result<Seen> {
    let start = start(reader)?;
    let mut hasher = Hasher::default();
    hasher.update(&start);
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        match reader.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let (digest, bytes) = hasher.finish();
    Ok(Seen { digest, bytes, kind: kind(&start) })
}
