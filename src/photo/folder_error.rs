//! What can go wrong with the folder of photos.

use std::io;
use std::path::{Path, PathBuf};

use super::{PhotoError, Words};
use crate::digest::Digest;

/// What the folder was doing, to which file, and why it failed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The disk or the quota is used up.
    #[error("no space left for {}", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The folder may not be written to.
    #[error("not allowed to write {}", path.display())]
    ReadOnly {
        /// What was being written.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Writing failed otherwise.
    #[error("writing {}", path.display())]
    Write {
        /// What was being written.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// A photo or the folder itself could not be read.
    #[error("reading {}", path.display())]
    Read {
        /// What was being read.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The bytes to be stored could not be read to their end; nothing was stored.
    #[error("receiving the bytes of a photo")]
    Receive {
        /// The reader's answer.
        #[source]
        source: io::Error,
    },
    /// More bytes came than allowed; nothing was stored.
    #[error("the photo has more than {limit} bytes")]
    TooManyBytes {
        /// The most that was allowed, in bytes.
        limit: u64,
    },
    /// No photo of this digest is in the folder.
    #[error("photo {digest} is not in {}", folder.display())]
    Missing {
        /// The digest that was asked for.
        digest: Digest,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The bytes on disk are no longer those that were stored.
    #[error("photo {digest} is damaged on disk: its bytes now hash to {found}")]
    Damaged {
        /// The digest under which it was stored.
        digest: Digest,
        /// The digest of what is there now.
        found: Digest,
    },
}

impl FolderError {
    /// The error for a failed write to `path`.
    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path, source },
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly { path, source },
            _ => Self::Write { path, source },
        }
    }

    /// What happened and what to do, for the officer.
    #[must_use]
    pub const fn words(&self) -> Words {
        match self {
            Self::Full { .. } => FULL,
            Self::ReadOnly { .. } | Self::Write { .. } | Self::Read { .. } => DISK,
            Self::Receive { .. } => BROKEN_OFF,
            Self::TooManyBytes { .. } => PhotoError::TOO_MANY_BYTES,
            Self::Missing { .. } | Self::Damaged { .. } => LOST,
        }
    }

    /// The error for a failed read of `path`.
    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_path_buf(), source }
    }
}

const FULL: Words = Words::new(
    "Penyimpanan komputer ini penuh; foto belum tersimpan. Kosongkan ruang, jangan hapus folder Plano, lalu kirim foto lagi.",
    "The storage of this computer is full; the photo is not stored. Free some space, do not delete Plano's folder, then send the photo again.",
);
const DISK: Words = Words::new(
    "Penyimpanan komputer ini tidak dapat ditulis atau dibaca. Periksa folder Plano dan izinnya, lalu coba lagi.",
    "The storage of this computer cannot be written or read. Check Plano's folder and its permissions, then try again.",
);
const BROKEN_OFF: Words = Words::new(
    "Pengiriman foto terputus; foto belum tersimpan. Kirim foto lagi.",
    "The photo broke off on its way; it is not stored. Send the photo again.",
);
const LOST: Words = Words::new(
    "Berkas foto ini hilang atau rusak di komputer ini. Kirim lagi berkas yang sama dari telepon; catatan tetap berlaku.",
    "The file of this photo is missing or damaged on this computer. Send the same file from the phone again; the record stays valid.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_locked_one_are_named() {
        let rows = [
            (io::ErrorKind::StorageFull, "no space left for /photos/x"),
            (io::ErrorKind::QuotaExceeded, "no space left for /photos/x"),
            (io::ErrorKind::ReadOnlyFilesystem, "not allowed to write /photos/x"),
            (io::ErrorKind::PermissionDenied, "not allowed to write /photos/x"),
            (io::ErrorKind::Other, "writing /photos/x"),
        ];
        for (kind, text) in rows {
            assert_eq!(FolderError::write(Path::new("/photos/x"), kind.into()).to_string(), text);
        }
    }
}
