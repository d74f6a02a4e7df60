//! The exposure: every pixel of the picture looks at one place of the sheet or of the wall.

use image::RgbImage;

use super::lanes::Lanes;
use super::lens::Lens;
use super::light;
use super::scene::Scene;
use super::sensor::sense;
use super::shot::Shot;
use super::soften::soften;
use crate::paper::canvas::pixels;
use crate::paper::geometry::Point;

/// Pixels of a row that are worked out together; perspective is straight enough over so few.
pub(super) const PIECE: u32 = 16;

/// A photograph of `page`, upright, three by four, `long_side` pixels high (at least 160, at most 12,000).
///
/// The same page and shot give the same pixels on every machine.
#[must_use]
pub fn photograph(page: &RgbImage, shot: &Shot, long_side: u32) -> RgbImage {
    let height = long_side.clamp(160, 12_000);
    let width = height / 4 * 3;
    let corners = shot.corners.map(|at| Point { x: at.x * pixels(width), y: at.y * pixels(height) });
    let scene = Scene::new(page, shot);
    let lens = Lens::looking_at(corners);
    let mut image = RgbImage::new(width, height);
    let mut lights = vec![0; width as usize];
    let mut colours = [Lanes::new([0; 3]); PIECE as usize];
    for (y, line) in (0..height).zip(image.chunks_exact_mut(width as usize * 3)) {
        light::along(&shot.light, y, (width, height), &mut lights);
        let look = lens.row(pixels(y) + 0.5);
        let mut x = 0;
        for (piece, lights) in line.chunks_mut(PIECE as usize * 3).zip(lights.chunks(PIECE as usize)) {
            scene.along(look(pixels(x) + 0.5), look(pixels(x + PIECE) + 0.5), &mut colours);
            for ((pixel, colour), light) in piece.as_chunks_mut().0.iter_mut().zip(&colours).zip(lights) {
                *pixel = colour.lit(*light);
            }
            x += PIECE;
        }
    }
    soften(&mut image, shot.soft);
    sense(&mut image, shot);
    image
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    fn white_page() -> RgbImage {
        RgbImage::from_pixel(400, 600, Rgb([250; 3]))
    }

    #[test]
    fn the_sheet_is_bright_and_the_wall_around_it_darker() {
        for seed in 0..12 {
            let photo = photograph(&white_page(), &Shot::steady(seed), 800);
            assert_eq!(photo.dimensions(), (600, 800));
            let brightness =
                |x: u32, y: u32| photo.get_pixel(x, y).0.iter().map(|channel| u32::from(*channel)).sum::<u32>();
            assert!(brightness(300, 400) > 3 * 170, "{seed}");
            assert!(brightness(300, 400) > brightness(8, 400) + 60, "{seed}");
        }
    }

    #[test]
    fn the_same_shot_is_the_same_picture() {
        let first = photograph(&white_page(), &Shot::poor(5), 400);
        assert_eq!(first, photograph(&white_page(), &Shot::poor(5), 400));
        assert_ne!(first, photograph(&white_page(), &Shot::poor(6), 400));
    }

    #[test]
    fn absurd_sizes_are_brought_within_reason() {
        assert_eq!(photograph(&white_page(), &Shot::steady(1), 0).dimensions(), (120, 160));
    }
}
