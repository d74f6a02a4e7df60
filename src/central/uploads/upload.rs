//! One upload as a state: how long, how far, until when. Pure; it knows no protocol, no disk and no clock.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error::UploadError;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::coding::Coding;
use crate::protocol::ids::StationId;

/// How long an upload may take from its creation to its last byte. Fixed when it is created, so that nothing has to be
/// written down when a piece comes.
pub(super) const LIFETIME: Duration = Duration::from_hours(7 * 24);

/// The name of an upload: 128 random bits, so that whoever has not created it cannot put bytes into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::central) struct UploadId(u128);

impl UploadId {
    pub(super) fn random() -> Self {
        Self(rand::random())
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

/// Not the name of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an upload is named by 32 lower-case hexadecimal digits")]
pub(in crate::central) struct NotAnUpload;

impl FromStr for UploadId {
    type Err = NotAnUpload;

    fn from_str(text: &str) -> Result<Self, NotAnUpload> {
        let id = u128::from_str_radix(text, 16).map(Self).map_err(|_| NotAnUpload)?;
        if id.to_string() == text { Ok(id) } else { Err(NotAnUpload) }
    }
}

/// What is to be uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::central) struct Wanted {
    /// The station whose entry names the photo.
    pub(in crate::central) station: StationId,
    /// SHA-256 of the photo.
    pub(in crate::central) sha256: Digest,
    /// Length of the whole in bytes, in the coding in which it comes.
    pub(in crate::central) length: u64,
    /// How it is coded.
    #[serde(default)]
    pub(in crate::central) coding: Coding,
    /// What the sender said about it, given back as it came.
    pub(in crate::central) metadata: String,
}

/// An upload that has come so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::central) struct Upload {
    /// What it is to become.
    pub(in crate::central) wanted: Wanted,
    /// From when on it is given up.
    pub(in crate::central) expires: Timestamp,
    /// How many bytes from the start are durable.
    pub(in crate::central) offset: u64,
    /// Whether the photo is in the store of photos and in the log.
    pub(in crate::central) finished: bool,
}

impl Upload {
    /// Nothing of `wanted` has come at `now`.
    pub(super) fn new(wanted: Wanted, now: Timestamp) -> Self {
        Self { wanted, expires: now.after(LIFETIME), offset: 0, finished: false }
    }

    /// Whether all bytes are here.
    pub(in crate::central) const fn is_whole(&self) -> bool {
        self.offset == self.wanted.length
    }

    /// Whether it is given up at `now`.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.expires <= now
    }

    /// How many bytes a piece that begins at `offset` may have; `announced` is its length where the sender says it.
    ///
    /// # Errors
    /// [`UploadError::Offset`] when it does not begin where the upload ends, [`UploadError::TooLong`] when it would reach
    /// beyond its end.
    pub(in crate::central) fn room(&self, offset: u64, announced: Option<u64>) -> Result<u64, UploadError> {
        if offset != self.offset {
            return Err(UploadError::Offset { here: self.offset, found: offset });
        }
        let room = self.wanted.length - self.offset;
        if announced.is_some_and(|bytes| bytes > room) { Err(UploadError::TooLong { room }) } else { Ok(room) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000).expect("in range")
    }

    fn upload(length: u64, offset: u64) -> Upload {
        let station = "35.74.03.1001-001".parse().expect("station");
        let wanted =
            Wanted { station, sha256: Digest::of(b"x"), length, coding: Coding::Plain, metadata: String::new() };
        Upload { offset, ..Upload::new(wanted, moment(0)) }
    }

    #[test]
    fn a_piece_begins_where_the_upload_ends_and_stays_within_it() {
        for (offset, announced, expected) in [
            (4, None, Some(6)),
            (4, Some(0), Some(6)),
            (4, Some(6), Some(6)),
            (4, Some(7), None),
            (4, Some(u64::MAX), None),
            (0, None, None),
            (5, Some(1), None),
            (u64::MAX, Some(1), None),
        ] {
            assert_eq!(upload(10, 4).room(offset, announced).ok(), expected, "{offset} {announced:?}");
        }
        assert!(upload(10, 10).is_whole() && upload(0, 0).is_whole() && !upload(10, 9).is_whole());
        assert_eq!(upload(10, 10).room(10, Some(0)).ok(), Some(0));
    }

    #[test]
    fn it_ends_with_its_lifetime_and_not_before() {
        let last = moment(0).after(LIFETIME);
        assert!(upload(1, 0).is_over(last));
        assert!(!upload(1, 0).is_over(Timestamp::from_millis(last.millis() - 1).expect("in range")));
    }

    #[test]
    fn a_name_has_one_spelling() {
        let id = UploadId::random();
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in ["", "0", "../../etc/passwd", "+0000000000000000000000000000000f", &"F".repeat(32), &"0".repeat(33)]
        {
            assert_eq!(bad.parse::<UploadId>(), Err(NotAnUpload), "{bad}");
        }
    }
}
