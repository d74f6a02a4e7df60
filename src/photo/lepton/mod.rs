//! The shorter coding in which a JPEG travels: Lepton, from which every byte of it comes back.
//!
//! A JPEG's coefficients are coded anew, with arithmetic coding and a better guess at each: the photo of a form takes a fifth to
//! two fifths less. Format and library: <https://github.com/microsoft/lepton_jpeg_rust>.
//!
//! In scope: to and fro. Not here: who sends it and when (`sync`), whether what came back is the photo (`central`). Nothing is
//! kept in this coding.

mod head;

use std::io::{self, Write};

use lepton_jpeg::{
    DEFAULT_THREAD_POOL, EnabledFeatures, SingleThreadPool, catch_unwind_result, decode_lepton, encode_lepton_verify,
};

use super::guard::Outline;
use super::{Kind, limits};

/// A coding is worth its work when it takes at most so many per cent.
const WORTH: usize = 97;

/// Parts that can be coded at the same time. Each part that is coded for itself takes a little more.
const PARTS: u32 = 4;

/// Why what came is not the coding of a photo.
#[derive(Debug, thiserror::Error)]
pub enum LeptonError {
    /// It is no such coding, or one of a file that is not taken.
    #[error("the bytes are not a photo in the coding lepton: {0}")]
    Invalid(String),
    /// More bytes come out of it than may.
    #[error("the photo in the coding lepton has more than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: u64,
    },
}

/// The shorter coding of a photo, read back and compared. None when there is none: the file is no JPEG, or one that [`decode`] does
/// not take (progressive, with separate scans, larger than the limits), or hardly gets shorter.
///
/// Takes a few threads for a moment, and two bytes for each coefficient: 36 MB for 12 megapixels as phones write them.
#[must_use]
pub fn encode(photo: &[u8]) -> Option<Vec<u8>> {
    if Kind::sniff(photo).ok()? != Kind::Jpeg || Outline::read(photo).coefficient_bytes() > limits::DECODER_BYTES {
        return None;
    }
    let coded = catch_unwind_result(|| encode_lepton_verify(photo, &features(), &DEFAULT_THREAD_POOL));
    let (coded, _) = coded.ok()?;
    (coded.len() <= photo.len() / 100 * WORTH && head::check(&coded).is_ok()).then_some(coded)
}

/// The photo that `coded` is the coding of. Takes no thread but the caller's, little memory beside the two, and of a hostile one less than
/// [`limits::DECODER_BYTES`].
///
/// # Errors
/// [`LeptonError`]; also when more than `limit` bytes come out.
pub fn decode(coded: &[u8], limit: u64) -> Result<Vec<u8>, LeptonError> {
    head::check(coded)?;
    let mut rest = coded;
    let mut photo = Limited { bytes: Vec::new(), left: usize::try_from(limit).unwrap_or(usize::MAX), full: false };
    let pool = SingleThreadPool::default();
    let decoded = catch_unwind_result(|| decode_lepton(&mut rest, &mut photo, &features(), &pool));
    match decoded {
        _ if photo.full => Err(LeptonError::TooLong { limit }),
        Ok(_) => Ok(photo.bytes),
        Err(error) => Err(LeptonError::Invalid(first_line(&error))),
    }
}

/// Alike at both ends, and fixed: the same photo has the same coding at every try, so that an upload can go on.
fn features() -> EnabledFeatures {
    EnabledFeatures {
        progressive: false,
        max_jpeg_width: limits::SIDE,
        max_jpeg_height: limits::SIDE,
        max_partitions: PARTS,
        max_processor_threads: PARTS,
        // 25 MiB.
        max_jpeg_file_size: u32::try_from(limits::FILE_BYTES).unwrap_or(u32::MAX),
        ..EnabledFeatures::compat_lepton_vector_write()
    }
}

/// What happened; the lines behind it name places in the library.
fn first_line(error: &lepton_jpeg::LeptonError) -> String {
    error.message().lines().next().unwrap_or_default().to_owned()
}

/// Takes in what fits, and fails at the first byte that does not.
struct Limited {
    bytes: Vec<u8>,
    left: usize,
    full: bool,
}

impl Write for Limited {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if more.len() > self.left {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.left -= more.len();
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
