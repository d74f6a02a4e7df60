//! A small upright copy of a photo, for screens and for publication.

use super::decode::Picture;
use super::header::Header;
use super::pixels::Grey;
use super::{Kind, PhotoError};

/// JPEG quality of a preview. Digits stay legible well below this.
const QUALITY: u8 = 80;

/// Makes an upright JPEG of which the longer side has at most `long_side` pixels.
///
/// It carries no metadata: place, time and camera stay in the original, which is only read. A cut photo gives what is
/// there of it. About 60 MB are taken for a photo of 12 megapixels.
///
/// # Errors
/// [`PhotoError`] as in [`examine`](super::examine()), and when the picture cannot be decoded or should not be trusted.
pub fn preview(bytes: &[u8], long_side: u32) -> Result<Vec<u8>, PhotoError> {
    PhotoError::check_length(bytes.len() as u64)?;
    let header = Header::read(Kind::sniff(bytes)?, bytes);
    Picture::decode(&header, bytes)?.fit(long_side)?.upright(header.orientation).to_jpeg(QUALITY)
}

/// The brightness of an upright picture of which the longer side has at most `long_side` pixels.
///
/// # Errors
/// As [`preview`].
pub fn grey(bytes: &[u8], long_side: u32) -> Result<Grey, PhotoError> {
    PhotoError::check_length(bytes.len() as u64)?;
    let header = Header::read(Kind::sniff(bytes)?, bytes);
    Ok(Picture::decode(&header, bytes)?.fit(long_side)?.upright(header.orientation).into_grey())
}
