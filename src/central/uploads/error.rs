//! Why a piece of a photo, or a question about an upload, is not taken.

use std::time::Duration;

use crate::photo::FolderError;
use crate::protocol::wire::{Problem, ProblemKind};

/// What stands in the way of an upload.
#[derive(Debug, thiserror::Error)]
pub(in crate::central) enum UploadError {
    /// Never created, finished long ago, or ended.
    #[error("no upload has this name here; create it anew")]
    Unknown,
    /// It took longer than an upload may.
    #[error("the upload took too long and was given up; create it anew")]
    Expired,
    /// The piece does not begin where the upload ends.
    #[error("the upload has {here} bytes, and the piece begins at {found}; ask for the offset and go on from there")]
    Offset {
        /// Bytes that are here.
        here: u64,
        /// Where the piece begins.
        found: u64,
    },
    /// The piece reaches beyond the end.
    #[error("the upload lacks {room} bytes, and the piece has more; none of it was kept")]
    TooLong {
        /// Bytes that are lacking.
        room: u64,
    },
    /// Another request works on it.
    #[error("another request works on this upload; ask for the offset, which ends that request, and go on from there")]
    Locked,
    /// A newer request asked for the offset, and this one was ended for it.
    #[error("a newer request for this upload came; what had arrived is kept, ask for the offset")]
    Overtaken,
    /// The bytes stopped coming.
    #[error("the piece did not come whole; ask for the offset and go on from there")]
    Interrupted(#[source] std::io::Error),
    /// The piece has another checksum.
    #[error("the bytes of the piece are not those of its checksum; none of it was kept, send it again")]
    Checksum,
    /// As many uploads of one photo are under way as may be.
    #[error("{0} uploads of this photo are under way; wait for one of them")]
    Crowded(usize),
    /// The disk.
    #[error("central cannot keep parts of photos now; try again later")]
    Disk(#[from] FolderError),
}

impl UploadError {
    /// The problem as it goes over the wire; its status is the one that tus 1.0.0 names.
    pub(in crate::central) fn problem(&self) -> Problem {
        let (kind, status) = match self {
            Self::Unknown => (ProblemKind::Unknown, None),
            Self::Expired => (ProblemKind::Unknown, Some(410)),
            // Of a broken request the sender asks for the offset, and goes on from there.
            Self::Offset { .. } | Self::Interrupted(_) => (ProblemKind::Offset, None),
            Self::TooLong { .. } => (ProblemKind::TooLarge, None),
            Self::Locked | Self::Overtaken => (ProblemKind::Offset, Some(423)),
            Self::Checksum => (ProblemKind::Digest, Some(460)),
            Self::Crowded(_) => (ProblemKind::Busy, None),
            Self::Disk(FolderError::Full { .. }) => (ProblemKind::Full, None),
            Self::Disk(_) => (ProblemKind::Unavailable, None),
        };
        let problem = Problem::new(kind, self.to_string());
        Problem { status: status.unwrap_or(problem.status), ..problem }
    }

    /// When it is worth trying again, for what passes.
    pub(in crate::central) const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Crowded(_) | Self::Disk(_) => Some(Duration::from_secs(5)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    #[test]
    fn every_trouble_has_the_status_of_the_protocol() {
        let disk = |kind: ErrorKind| UploadError::Disk(FolderError::write(Path::new("x"), kind.into()));
        for (error, status) in [
            (UploadError::Unknown, 404),
            (UploadError::Expired, 410),
            (UploadError::Offset { here: 1, found: 2 }, 409),
            (UploadError::TooLong { room: 1 }, 413),
            (UploadError::Locked, 423),
            (UploadError::Overtaken, 423),
            (UploadError::Interrupted(Error::from(ErrorKind::TimedOut)), 409),
            (UploadError::Checksum, 460),
            (UploadError::Crowded(3), 429),
            (disk(ErrorKind::StorageFull), 507),
            (disk(ErrorKind::QuotaExceeded), 507),
            (disk(ErrorKind::PermissionDenied), 503),
        ] {
            assert_eq!(error.problem().status, status, "{error}");
            assert_eq!(error.retry_after().is_some(), [429, 503, 507].contains(&status), "{error}");
        }
    }
}
