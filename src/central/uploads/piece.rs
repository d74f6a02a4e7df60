//! One piece being written behind what is there. Blocking.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use super::checksum::Running;
use super::error::UploadError;
use crate::photo::FolderError;
use crate::protocol::tus::Checksum;

/// A piece under way. Nothing of it counts before [`Piece::keep`].
pub(in crate::central) struct Piece {
    path: PathBuf,
    file: File,
    start: u64,
    room: u64,
    written: u64,
    checksum: Option<Running>,
}

impl Piece {
    /// A piece of at most `room` bytes behind the first `start` bytes of the file at `path`.
    ///
    /// Whatever lies beyond `start` is cut off: it was written by a request that did not come to its end.
    pub(super) fn begin(path: PathBuf, start: u64, room: u64, checksum: Option<Checksum>) -> Result<Self, UploadError> {
        let opened = File::options().append(true).open(&path).and_then(|file| file.set_len(start).map(|()| file));
        let file = opened.map_err(|source| FolderError::write(&path, source))?;
        Ok(Self { path, file, start, room, written: 0, checksum: checksum.map(Running::new) })
    }

    /// Whether every piece has to be checked as a whole, so that half of it is worth nothing.
    pub(in crate::central) const fn is_checked(&self) -> bool {
        self.checksum.is_some()
    }

    /// Takes in the next bytes.
    ///
    /// # Errors
    /// [`UploadError::TooLong`], [`UploadError::Disk`]; what was taken in before is still there to be kept.
    pub(in crate::central) fn write(&mut self, bytes: &[u8]) -> Result<(), UploadError> {
        let length = bytes.len() as u64;
        if length > self.room - self.written {
            return Err(UploadError::TooLong { room: self.room });
        }
        self.file.write_all(bytes).map_err(|source| FolderError::write(&self.path, source))?;
        self.written += length;
        if let Some(checksum) = &mut self.checksum {
            checksum.update(bytes);
        }
        Ok(())
    }

    /// Brings the piece to disk, and gives the new length of the upload. **Durable when it returns.**
    ///
    /// # Errors
    /// [`UploadError::Checksum`] and [`UploadError::Disk`]; nothing of the piece counts then.
    pub(in crate::central) fn keep(mut self) -> Result<u64, UploadError> {
        let sound = self.checksum.take().is_none_or(Running::holds);
        if !sound {
            self.discard()?;
            return Err(UploadError::Checksum);
        }
        let end = self.start + self.written;
        // A write that failed half way may have left more bytes than were counted.
        let kept = self.file.set_len(end).and_then(|()| self.file.sync_all());
        kept.map_err(|source| FolderError::write(&self.path, source))?;
        Ok(end)
    }

    /// Takes the piece away again, and gives the length of the upload as before.
    ///
    /// # Errors
    /// [`UploadError::Disk`].
    pub(in crate::central) fn discard(self) -> Result<u64, UploadError> {
        let cut = self.file.set_len(self.start).and_then(|()| self.file.sync_all());
        cut.map_err(|source| FolderError::write(&self.path, source))?;
        Ok(self.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, Engine as _};

    fn checksum(name: &str, bytes: &[u8]) -> Checksum {
        use sha1::Digest as _;
        let digest = match name {
            "sha1" => sha1::Sha1::digest(bytes).to_vec(),
            _ => crate::digest::Digest::of(bytes).as_bytes().to_vec(),
        };
        Checksum::parse(&format!("{name} {}", BASE64_STANDARD.encode(digest))).expect("a checksum")
    }

    #[test]
    fn a_piece_counts_when_it_is_kept_and_leaves_nothing_when_it_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("part");
        std::fs::write(&path, b"abXX").expect("writes");
        let read = || std::fs::read(&path).expect("reads");
        let begin = |start, room, check| Piece::begin(path.clone(), start, room, check).expect("begins");
        let mut piece = begin(2, 4, None);
        assert_eq!(read(), b"ab", "what no request finished is cut off");
        piece.write(b"cd").expect("fits");
        assert!(matches!(piece.write(b"efg"), Err(UploadError::TooLong { room: 4 })));
        assert_eq!((piece.keep().expect("keeps"), read()), (4, b"abcd".to_vec()));
        for name in ["sha1", "sha256"] {
            let mut wrong = begin(4, 2, Some(checksum(name, b"ef")));
            wrong.write(b"eX").expect("fits");
            assert!(matches!(wrong.keep(), Err(UploadError::Checksum)));
            assert_eq!(read(), b"abcd");
            let mut right = begin(4, 2, Some(checksum(name, b"ef")));
            right.write(b"ef").expect("fits");
            assert_eq!((right.keep().expect("keeps"), read()), (6, b"abcdef".to_vec()));
        }
        let mut dropped = begin(6, 2, None);
        dropped.write(b"gh").expect("fits");
        assert_eq!((dropped.discard().expect("cuts"), read()), (6, b"abcdef".to_vec()));
    }
}
