//! Taking a photo in: only one that an accepted entry names, itself or as a light copy, and only with the bytes that its name
//! promises.

use std::io::{self, Read};

use super::answer::{Answer, News, Submission};
use super::batch::Batch;
use super::keeper::{Central, Verdict};
use super::refusal::{Refusal, Stop};
use super::store::Photos;
use crate::clock::Timestamp;
use crate::digest::{Digest, Hasher};
use crate::photo::FolderError;
use crate::protocol::ids::StationId;
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::limits;

/// What central says about a photo before its bytes come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// It is held; this is its receipt.
    Held(Vec<u8>),
    /// It may come, with one of these lengths in bytes (one, unless entries disagree).
    Lengths(Vec<u64>),
}

impl Expected {
    /// The most bytes that are read.
    #[must_use]
    pub fn limit(&self) -> u64 {
        match self {
            Self::Held(_) => 0,
            Self::Lengths(lengths) => lengths.iter().copied().max().unwrap_or(0),
        }
    }
}

impl Central {
    /// Whether a photo is wanted, and how long it has to be. Asked before a byte of it is read.
    ///
    /// # Errors
    /// [`Refusal::UnknownStation`], [`Refusal::UnnamedPhoto`], [`Refusal::TooLarge`].
    pub fn expects_photo(&self, station: StationId, sha256: &Digest) -> Result<Expected, Refusal> {
        self.takes_part(station)?;
        let unnamed = || Refusal::UnnamedPhoto { station, sha256: *sha256 };
        let holding = self.index.held(station).ok_or_else(unnamed)?;
        if let Some(bytes) = holding.received(sha256) {
            let item = Item { station, what: What::Photo(bytes), digest: *sha256 };
            return self.receipt(&item)?.map(Expected::Held).ok_or_else(unnamed);
        }
        let named = holding.lengths(sha256);
        if named.is_empty() {
            return Err(unnamed());
        }
        let lengths: Vec<u64> = named.into_iter().filter(|length| *length <= limits::PHOTO_BYTES).collect();
        if lengths.is_empty() {
            Err(Refusal::TooLarge { limit: limits::PHOTO_BYTES })
        } else {
            Ok(Expected::Lengths(lengths))
        }
    }

    /// Takes a photo in from a reader: asks, stores, submits.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn put_photo(
        &mut self,
        station: StationId,
        sha256: &Digest,
        reader: &mut dyn Read,
        now: Timestamp,
    ) -> Result<Answer, Refusal> {
        let expected = match self.expects_photo(station, sha256)? {
            Expected::Held(bytes) => return Ok(Answer { news: News::Known, bytes }),
            expected @ Expected::Lengths(_) => expected,
        };
        let bytes = store_photo(&*self.photos, sha256, &expected, reader)?;
        self.submit_one(Submission::Photo { station, sha256: *sha256, bytes }, now)
    }

    pub(super) fn judge_photo(
        &mut self,
        station: StationId,
        sha256: Digest,
        bytes: u64,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Verdict, Stop> {
        let item = Item { station, what: What::Photo(bytes), digest: sha256 };
        let held = self.index.held(station);
        if held.is_some_and(|held| held.received(&sha256).is_some()) {
            return Ok(Verdict::Known(item));
        }
        match held.map(|held| held.lengths(&sha256)).unwrap_or_default().as_slice() {
            [] => Err(Refusal::UnnamedPhoto { station, sha256 }.into()),
            lengths if lengths.contains(&bytes) => Ok(self.log(item, now, batch)?),
            [expected, ..] => Err(Refusal::PhotoLength { sha256, expected: *expected, found: bytes }.into()),
        }
    }
}

/// Stores a photo whose bytes come from `reader`, if they are those of `sha256`. **Durable when it returns.**
///
/// # Errors
/// [`Refusal`]; nothing is stored then.
pub(super) fn store_photo(
    photos: &dyn Photos,
    sha256: &Digest,
    expected: &Expected,
    reader: &mut dyn Read,
) -> Result<u64, Refusal> {
    let mut checked = Checked { reader, hasher: Some(Hasher::default()), sha256: *sha256 };
    match photos.put(&mut checked, expected.limit()) {
        Ok(stored) => Ok(stored.bytes),
        Err(FolderError::TooManyBytes { limit }) => {
            Err(Refusal::PhotoLength { sha256: *sha256, expected: limit, found: limit.saturating_add(1) })
        }
        Err(FolderError::Receive { source }) if source.kind() == io::ErrorKind::InvalidData => {
            Err(Refusal::OtherBytes(*sha256))
        }
        Err(error) => Err(Refusal::PhotoStore(error)),
    }
}

/// A reader that fails at its end when the bytes are not those of the digest, so that they are never kept.
struct Checked<'a> {
    reader: &'a mut dyn Read,
    hasher: Option<Hasher>,
    sha256: Digest,
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        if read > 0 {
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&buffer[..read]);
            }
            return Ok(read);
        }
        match self.hasher.take().map(Hasher::finish) {
            Some((found, _)) if found != self.sha256 && !buffer.is_empty() => Err(io::ErrorKind::InvalidData.into()),
            _ => Ok(0),
        }
    }
}
