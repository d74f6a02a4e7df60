//! Photos for tests: the fixtures, and made-up pages of any size.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};

/// How strong the grain of [`grainy`] is.
const GRAIN: i32 = 20;
/// Its JPEG quality.
const QUALITY: u8 = 92;

/// The bytes of a file in `fixtures/photos`.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/photos").join(name);
    fs::read(path).expect("the fixture is in the tree")
}

/// A photo in focus of a bright sheet with dark strokes on a darker table; another `seed` is another page.
pub(crate) fn page(width: u32, height: u32, seed: u32) -> DynamicImage {
    let margin = width.min(height) / 10;
    let stroke = (width.max(height) / 320).max(1);
    DynamicImage::ImageLuma8(GrayImage::from_fn(width, height, |x, y| {
        let sheet = (margin..width - margin).contains(&x) && (margin..height - margin).contains(&y);
        let (column, row) = (x / (stroke * 24), y / (stroke * 10));
        let written = (column * 7 + row * 13 + seed * (column + 3 * row)) % 5 < 3;
        let line = (x + y / 2) % (stroke * 6) < stroke && y % (stroke * 10) < stroke * 6;
        Luma([match (sheet, written && line) {
            (true, true) => 40,
            (true, false) => 205,
            (false, _) => 90,
        }])
    }))
}

/// The picture with every pixel lighter or darker by chance: what makes a JPEG long. `strength` is of 256 for all of the range.
pub(crate) fn grained(picture: &DynamicImage, strength: i32, seed: u32) -> DynamicImage {
    let mut state = u64::from(seed) + 1;
    let mut dice = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::from(state.to_be_bytes()[0])
    };
    let mut picture = picture.to_rgb8();
    for pixel in picture.pixels_mut() {
        // Four dice, so that small differences are frequent.
        let grain = (dice() + dice() + dice() + dice() - 510) * strength / 256;
        pixel.0 = pixel.0.map(|value| u8::try_from((i32::from(value) + grain).clamp(0, 255)).expect("a byte"));
    }
    DynamicImage::ImageRgb8(picture)
}

/// A colour JPEG of a page in poor light, with the grain that such photos have. It gets shorter by a fifth when it is coded anew, as
/// photos of the real form do (two were at hand: by 19 and by 41 per cent).
pub(crate) fn grainy(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let picture = grained(&page(width, height, seed), GRAIN, seed);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(&picture)
        .expect("a picture in memory can be encoded");
    bytes
}

/// The picture as a colour JPEG.
pub(crate) fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    encode(&DynamicImage::ImageRgb8(picture.to_rgb8()), ImageFormat::Jpeg)
}

/// The picture as a PNG with the samples it has.
pub(crate) fn png(picture: &DynamicImage) -> Vec<u8> {
    encode(picture, ImageFormat::Png)
}

fn encode(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture in memory can be encoded");
    bytes.into_inner()
}
