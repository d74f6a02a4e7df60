//! From bytes to pixels, within the limits, and down to the size that is needed.

use std::io::Cursor;
use std::panic::catch_unwind;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};

use super::header::{Header, Size};
use super::pixels::Grey;
use super::{Kind, Orientation, PhotoError, filler, limits};

/// The pixels of a photo as stored, not yet upright: eight bits, grey or RGB.
#[derive(Debug, Clone)]
pub(crate) struct Picture(DynamicImage);

impl Picture {
    /// Decodes a photo whose header has been read. A cut JPEG gives what is there; the missing part is grey.
    pub(crate) fn decode(header: &Header, bytes: &[u8]) -> Result<Self, PhotoError> {
        let stated = header.size.ok_or(PhotoError::NoSize)?;
        if header.load_percent() > 100 {
            return Err(PhotoError::OverLimits { size: stated });
        }
        if !header.trusted {
            return Err(PhotoError::Untrusted);
        }
        // Some damaged files make zune-jpeg 0.5.15 panic. They are evidence too, so a panic of the decoder is one more way
        // in which a file cannot be opened; nothing of ours is touched inside.
        catch_unwind(|| open(header.kind, stated, bytes)).unwrap_or(Err(PhotoError::Panicked)).map(Self)
    }

    /// Whether the bottom is made up by the decoder. Only a JPEG decoder does that.
    pub(crate) fn ends_in_filler(&self) -> bool {
        let channels = usize::from(self.0.color().channel_count());
        filler::ends_in_filler(self.0.as_bytes(), self.0.width() as usize, channels)
    }

    /// The picture with its longer side at most `long_side` pixels; never enlarged.
    pub(crate) fn fit(self, long_side: u32) -> Result<Self, PhotoError> {
        if self.size().long_side() <= long_side { Ok(self) } else { self.shrunk(long_side) }
    }

    /// A copy with its longer side at most `long_side` pixels; never enlarged.
    pub(crate) fn shrunk(&self, long_side: u32) -> Result<Self, PhotoError> {
        let size = self.size();
        let target = fitted(size, long_side);
        if target == size {
            return Ok(self.clone());
        }
        let source = |source| PhotoError::Resize { source };
        let pixel = if self.0.color().channel_count() == 1 { PixelType::U8 } else { PixelType::U8x3 };
        let view = ImageRef::new(size.width, size.height, self.0.as_bytes(), pixel)
            .expect("a decoded picture has as many bytes as its size and kind of pixel say");
        let mut small = Image::new(target.width, target.height, pixel);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Box)).use_alpha(false);
        Resizer::new().resize(&view, &mut small, &options).map_err(source)?;
        Ok(Self::from_samples(target, pixel, small.into_vec()))
    }

    fn size(&self) -> Size {
        Size { width: self.0.width(), height: self.0.height() }
    }

    fn from_samples(size: Size, pixel: PixelType, samples: Vec<u8>) -> Self {
        let picture = if pixel == PixelType::U8 {
            GrayImage::from_raw(size.width, size.height, samples).map(DynamicImage::ImageLuma8)
        } else {
            RgbImage::from_raw(size.width, size.height, samples).map(DynamicImage::ImageRgb8)
        };
        Self(picture.expect("the resizer fills a picture of exactly this size"))
    }

    /// The picture as a person holds the page.
    pub(crate) fn upright(mut self, orientation: Orientation) -> Self {
        if let Some(turn) = image::metadata::Orientation::from_exif(orientation.exif()) {
            self.0.apply_orientation(turn);
        }
        self
    }

    /// The brightness alone.
    pub(crate) fn into_grey(self) -> Grey {
        let grey = self.0.into_luma8();
        let (width, height) = grey.dimensions();
        Grey::new(width as usize, height as usize, grey.into_raw())
    }

    /// The picture as a JPEG of the given quality (1 to 100) with no metadata at all.
    pub(crate) fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, PhotoError> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
        self.0.write_with_encoder(encoder).map_err(|source| PhotoError::Encode { source })?;
        Ok(bytes)
    }
}

/// Runs the decoder, which must see the size that we have judged by.
fn open(kind: Kind, stated: Size, bytes: &[u8]) -> Result<DynamicImage, PhotoError> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
    };
    let failed = |source| PhotoError::Decode { source };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(decoder_limits());
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    let seen = Size { width, height };
    if seen != stated {
        return Err(PhotoError::TwoSizes { stated, seen });
    }
    decoder.set_limits(decoder_limits()).map_err(failed)?;
    DynamicImage::from_decoder(decoder).map(eight_bits).map_err(failed)
}

fn decoder_limits() -> Limits {
    let mut own = Limits::default();
    own.max_image_width = Some(limits::SIDE);
    own.max_image_height = Some(limits::SIDE);
    own.max_alloc = Some(limits::DECODER_BYTES);
    own
}

/// Drops alpha and the lower byte of deep samples; ordinary photos pass through untouched.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => picture,
        DynamicImage::ImageLumaA8(_) | DynamicImage::ImageLuma16(_) | DynamicImage::ImageLumaA16(_) => {
            DynamicImage::ImageLuma8(picture.into_luma8())
        }
        _ => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

/// `size` scaled down so that its longer side is at most `long_side`; no side becomes zero.
fn fitted(size: Size, long_side: u32) -> Size {
    let long = size.long_side();
    let long_side = long_side.max(1);
    if long <= long_side {
        return size;
    }
    let scale = |side: u32| {
        let scaled = (u64::from(side) * u64::from(long_side) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(scaled).unwrap_or(long_side).clamp(1, long_side)
    };
    Size { width: scale(size.width), height: scale(size.height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reason for the guard. When this fails, the decoder has been mended: lift the guard and delete this test.
    #[test]
    fn the_decoder_still_makes_stripes_of_separate_scans() {
        let decode = |bytes: &[u8]| {
            let header = Header::read(Kind::Jpeg, bytes).with_trust();
            Picture::decode(&header, bytes).expect("no error, that is the trap").into_grey()
        };
        let separate = decode(include_bytes!("../../fixtures/photos/separate-scans-420.jpg"));
        let interleaved = decode(include_bytes!("../../fixtures/photos/interleaved-420.jpg"));
        let pairs = (0..64).flat_map(|y| separate.row(y).iter().zip(interleaved.row(y)));
        let difference: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        assert!(difference / (96 * 64) > 30, "the same picture, {difference}");
    }

    #[test]
    fn pictures_shrink_to_the_side_and_never_grow() {
        let rows = [
            ((4000, 3000), 1600, (1600, 1200)),
            ((3000, 4000), 1600, (1200, 1600)),
            ((1600, 9), 1600, (1600, 9)),
            ((100, 50), 1600, (100, 50)),
            ((12_000, 1), 1600, (1600, 1)),
            ((7, 5), 0, (1, 1)),
        ];
        for ((width, height), side, (w, h)) in rows {
            assert_eq!(fitted(Size { width, height }, side), Size { width: w, height: h });
        }
    }
}
