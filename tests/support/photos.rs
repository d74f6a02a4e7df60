//! Photos for tests: the fixtures, and made-up pages of any size.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};

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
