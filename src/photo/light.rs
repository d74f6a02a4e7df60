//! The light copy of a photo: the same page, upright and legible, small enough to travel before its photo.
//!
//! In scope: which photo has one, how large and how fine it is. Not here: who names it and when it travels.

use super::decode::Picture;
use super::header::Header;
use super::{Kind, PhotoError, limits};

/// The longer side in pixels, the best first. On a page of a form that fills the photo, a digit in its box is 25 pixels high
/// at the first, and 12 at the last.
const SIDES: [u32; 4] = [1600, 1280, 1024, 800];

/// The least JPEG quality at which the edges of a pen's strokes stay clean. More pixels at this say more than fewer at a better.
const COARSE: u8 = 40;
/// The quality where there is room for twice as much: it takes two thirds more.
const FINE: u8 = 70;

/// Makes the light copy: a JPEG without metadata of at most [`limits::LIGHT_BYTES`], as large and fine as goes into that.
/// None when the photo has no more than [`limits::LIGHT_FROM`] bytes, or does not get small enough.
///
/// About 70 MB are taken for a photo of 12 megapixels.
///
/// # Errors
/// As [`preview`](super::preview()).
pub fn light(bytes: &[u8]) -> Result<Option<Vec<u8>>, PhotoError> {
    let length = bytes.len() as u64;
    PhotoError::check_length(length)?;
    let kind = Kind::sniff(bytes)?;
    if length <= limits::LIGHT_FROM {
        return Ok(None);
    }
    let header = Header::read(kind, bytes);
    let picture = Picture::decode(&header, bytes)?;
    for side in SIDES {
        let small = picture.shrunk(side)?.upright(header.orientation);
        let coarse = small.to_jpeg(COARSE)?;
        if !fits(&coarse) {
            continue;
        }
        let fine = if coarse.len() as u64 * 2 <= limits::LIGHT_BYTES { Some(small.to_jpeg(FINE)?) } else { None };
        return Ok(fine.filter(|fine| fits(fine)).or(Some(coarse)));
    }
    Ok(None)
}

fn fits(copy: &[u8]) -> bool {
    copy.len() as u64 <= limits::LIGHT_BYTES
}
