//! The exposure: every pixel of the picture looks at one place of the sheet or of the wall.

use image::RgbImage;

use super::lens::Lens;
use super::light;
use super::shot::Shot;
use super::soften::soften;
use super::wall::Wall;
use crate::paper::canvas::{pixels, whole};
use crate::paper::geometry::Point;
use crate::paper::random::Dice;

/// A photograph of `page`, upright, three by four, `long_side` pixels high (at least 160, at most 12,000).
///
/// The same page and shot give the same pixels on every machine.
#[must_use]
pub fn photograph(page: &RgbImage, shot: &Shot, long_side: u32) -> RgbImage {
    let height = long_side.clamp(160, 12_000);
    let width = height / 4 * 3;
    let corners = shot.corners.map(|at| Point { x: at.x * pixels(width), y: at.y * pixels(height) });
    let scene = Scene { page, wall: Wall::new(shot.seed), belly: shot.belly };
    let lens = Lens::looking_at(corners);
    let mut image = RgbImage::new(width, height);
    let mut lights = vec![0; width as usize];
    for (y, line) in (0..height).zip(image.chunks_exact_mut(width as usize * 3)) {
        light::along(&shot.light, y, (width, height), &mut lights);
        let look = lens.row(pixels(y) + 0.5);
        for ((x, pixel), light) in (0..width).zip(line.chunks_exact_mut(3)).zip(&lights) {
            let (across, down) = look(pixels(x) + 0.5);
            let colour = scene.colour(across, down);
            for (sample, channel) in pixel.iter_mut().zip(colour) {
                *sample = u8::try_from(channel * light >> 8).unwrap_or(u8::MAX);
            }
        }
    }
    soften(&mut image, shot.soft);
    sense(&mut image, shot);
    image
}

struct Scene<'a> {
    page: &'a RgbImage,
    wall: Wall,
    belly: f32,
}

impl Scene<'_> {
    /// The colour at a place given in shares of the sheet.
    fn colour(&self, across: f32, down: f32) -> [u32; 3] {
        let swing = (across - 0.5) * (across - 0.5);
        let down = down + self.belly * (1.0 - 4.0 * swing);
        let inside = (0.0..1.0).contains(&across) && (0.0..1.0).contains(&down);
        let near_edge = !(0.01..0.99).contains(&down);
        if !inside || near_edge && self.wall.is_taped(across, down) {
            return self.wall.colour(across, down);
        }
        self.sample(across * pixels(self.page.width()) - 0.5, down * pixels(self.page.height()) - 0.5)
    }

    /// The page between four pixels, weighed by nearness in 256ths.
    fn sample(&self, x: f32, y: f32) -> [u32; 3] {
        let (x, y) = (x.max(0.0), y.max(0.0));
        let (left, top) = (whole(x).min(self.page.width() - 2), whole(y).min(self.page.height() - 2));
        let right = whole((x - pixels(left)).min(1.0) * 256.0);
        let below = whole((y - pixels(top)).min(1.0) * 256.0);
        let stride = self.page.width() as usize * 3;
        let at = top as usize * stride + left as usize * 3;
        let samples = self.page.as_raw();
        let (upper, lower) = (&samples[at..at + 6], &samples[at + stride..at + stride + 6]);
        let mix =
            |row: &[u8], channel: usize| u32::from(row[channel]) * (256 - right) + u32::from(row[channel + 3]) * right;
        [0, 1, 2].map(|channel| (mix(upper, channel) * (256 - below) + mix(lower, channel) * below) >> 16)
    }
}

/// What the sensor makes of the light: the tint of the lamp, and noise.
fn sense(image: &mut RgbImage, shot: &Shot) {
    let tint = shot.light.tint.map(|channel| i32::try_from(whole(channel * 256.0)).unwrap_or(256));
    let mut state = Dice::for_purpose(shot.seed, 0x4E4F).next_u64() | 1;
    for pixel in image.chunks_exact_mut(3) {
        // Xorshift64 (Marsaglia 2003): one step a pixel is enough for noise.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let bytes = state.to_le_bytes().map(i32::from);
        let grain = bytes[0] + bytes[1] - 255;
        for (channel, sample) in pixel.iter_mut().enumerate() {
            let noise = (grain * 3 + bytes[2 + channel] - 128) * shot.noise / 1024;
            let value = (i32::from(*sample) * tint[channel] >> 8) + noise;
            *sample = u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX);
        }
    }
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
