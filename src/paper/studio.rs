//! Photographs as files: prints each page once, then fills in and photographs as many sheets as wanted.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageError};

use super::camera::{self, Shot};
use super::draw::Blank;
use super::sheet::Sheet;
use crate::form::Page;

/// JPEG quality: a photograph of 12 megapixels comes out at 1.5 to 3 MB.
const QUALITY: u8 = 85;

/// A stock of printed pages of one form and one set of names, for photographs of one size. Shareable between threads.
#[derive(Debug, Clone)]
pub struct Studio {
    blanks: [Blank; 3],
    long_side: u32,
}

/// Why there is no photograph.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// The encoder gave up.
    #[error("encoding a practice photo of {long_side} pixels as JPEG")]
    Encode {
        /// Height of the picture in pixels.
        long_side: u32,
        /// What the encoder says.
        #[source]
        source: ImageError,
    },
}

impl Studio {
    /// Prints the three pages of the form that `sheet` is written on, for photographs `long_side` pixels high.
    #[must_use]
    pub fn new(sheet: &Sheet, long_side: u32) -> Self {
        Self { blanks: Page::ALL.map(|page| Blank::print(sheet, page, page_height(long_side))), long_side }
    }

    /// A steady photograph of `page` of `sheet` as JPEG; the seed names writer and shot, and the same seed writes all three pages.
    ///
    /// `sheet` is written on the same form with the same names as the one the studio was made for.
    ///
    /// # Errors
    /// When the encoder gives up.
    pub fn photo(&self, sheet: &Sheet, page: Page, seed: u64) -> Result<Vec<u8>, StudioError> {
        self.shoot(sheet, page, seed, &Shot::steady(seed ^ u64::from(page.number()) << 48))
    }

    /// A photograph of `page` of `sheet`, written by the person `seed` names, taken as `shot` says.
    ///
    /// # Errors
    /// When the encoder gives up.
    pub fn shoot(&self, sheet: &Sheet, page: Page, seed: u64, shot: &Shot) -> Result<Vec<u8>, StudioError> {
        let drawn = self.blanks[usize::from(page.number()) - 1].fill_in(sheet, page, seed);
        jpeg(&camera::photograph(&drawn, shot, self.long_side), self.long_side)
    }
}

/// One steady photograph of `page` of `sheet` as JPEG, `long_side` pixels high; for many, a [`Studio`] is faster.
///
/// # Errors
/// When the encoder gives up.
pub fn photo(sheet: &Sheet, page: Page, seed: u64, long_side: u32) -> Result<Vec<u8>, StudioError> {
    Studio::new(sheet, long_side).photo(sheet, page, seed)
}

/// The sheet fills nine tenths of the picture; drawing it larger would be lost.
const fn page_height(long_side: u32) -> u32 {
    long_side / 10 * 9
}

fn jpeg(image: &image::RgbImage, long_side: u32) -> Result<Vec<u8>, StudioError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(image, image.width(), image.height(), ExtendedColorType::Rgb8)
        .map_err(|source| StudioError::Encode { long_side, source })?;
    Ok(bytes)
}
