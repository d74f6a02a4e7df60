//! A raster of the sheet, measured in millimetres: filled areas, pen lines, dots.

use image::{Rgb, RgbImage};

use super::geometry::{Area, Point, SHEET_HEIGHT, SHEET_WIDTH};

/// A picture of a sheet that is being drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Canvas {
    image: RgbImage,
    scale: f32,
}

impl Canvas {
    /// Blank paper of this colour, `height` pixels high (at least 90).
    pub(super) fn new(height: u32, paper: [u8; 3]) -> Self {
        let height = height.clamp(90, 12_000);
        let scale = pixels(height) / SHEET_HEIGHT;
        let width = whole((SHEET_WIDTH * scale).round());
        Self { image: RgbImage::from_pixel(width, height, Rgb(paper)), scale }
    }

    /// Pixels per millimetre.
    pub(super) const fn scale(&self) -> f32 {
        self.scale
    }

    /// The finished picture.
    pub(super) fn into_image(self) -> RgbImage {
        self.image
    }

    /// Fills `area` with `ink`; its edges are softened to the share of a pixel they cover.
    pub(super) fn fill(&mut self, area: Area, ink: [u8; 3]) {
        let [left, top, right, bottom] =
            [area.left, area.top, area.right(), area.bottom()].map(|edge| edge * self.scale);
        for y in whole(top.floor())..whole(bottom.ceil()) {
            let down = covered(pixels(y), top, bottom);
            for x in whole(left.floor())..whole(right.ceil()) {
                self.ink(x, y, ink, down * covered(pixels(x), left, right));
            }
        }
    }

    /// Fills `area` after moving its edges to whole pixels, so that neighbours meet without a seam.
    pub(super) fn block(&mut self, area: Area, ink: [u8; 3]) {
        let [left, top, right, bottom] =
            [area.left, area.top, area.right(), area.bottom()].map(|edge| whole((edge * self.scale).round()));
        for y in top..bottom {
            (left..right).for_each(|x| self.ink(x, y, ink, 1.0));
        }
    }

    /// Draws the outline of `area`, `weight` millimetres thick, half of it on either side of the edge.
    pub(super) fn frame(&mut self, area: Area, weight: f32, ink: [u8; 3]) {
        let half = weight / 2.0;
        let (wide, high) = (area.width + weight, area.height + weight);
        for edge in [
            Area::new(area.left - half, area.top - half, wide, weight),
            Area::new(area.left - half, area.bottom() - half, wide, weight),
            Area::new(area.left - half, area.top - half, weight, high),
            Area::new(area.right() - half, area.top - half, weight, high),
        ] {
            self.fill(edge, ink);
        }
    }

    /// Draws a pen line of `pen` millimetres through `points`, with round ends.
    pub(super) fn line(&mut self, points: &[Point], pen: f32, ink: [u8; 3]) {
        match points {
            [] => {}
            [dot] => self.segment(*dot, *dot, pen, ink),
            _ => points.windows(2).for_each(|pair| self.segment(pair[0], pair[1], pen, ink)),
        }
    }

    fn segment(&mut self, from: Point, to: Point, pen: f32, ink: [u8; 3]) {
        let [x0, y0, x1, y1] = [from.x, from.y, to.x, to.y].map(|edge| edge * self.scale);
        let radius = (pen * self.scale / 2.0).max(0.45);
        let reach = radius + 1.0;
        let (along, down) = (x1 - x0, y1 - y0);
        let length = along * along + down * down;
        for y in whole((y0.min(y1) - reach).floor())..whole((y0.max(y1) + reach).ceil()) {
            for x in whole((x0.min(x1) - reach).floor())..whole((x0.max(x1) + reach).ceil()) {
                let (dx, dy) = (pixels(x) + 0.5 - x0, pixels(y) + 0.5 - y0);
                let share = if length > 0.0 { ((dx * along + dy * down) / length).clamp(0.0, 1.0) } else { 0.0 };
                let (off_x, off_y) = (dx - share * along, dy - share * down);
                let distance = (off_x * off_x + off_y * off_y).sqrt();
                self.ink(x, y, ink, (radius + 0.5 - distance).clamp(0.0, 1.0));
            }
        }
    }

    /// Inks one pixel to a share of 0..=1. Ink only darkens, so crossing lines leave no bright seam and no double edge.
    pub(super) fn ink(&mut self, x: u32, y: u32, ink: [u8; 3], share: f32) {
        if share <= 0.0 {
            return;
        }
        let Some(pixel) = self.image.get_pixel_mut_checked(x, y) else { return };
        let share = whole((share.min(1.0) * 256.0).round());
        for (channel, ink) in pixel.0.iter_mut().zip(ink) {
            let mixed = (u32::from(*channel) * (256 - share) + u32::from(ink) * share) >> 8;
            *channel = (*channel).min(u8::try_from(mixed).unwrap_or(u8::MAX));
        }
    }
}

/// How much of the pixel that begins at `at` lies between the two edges, 0..=1.
fn covered(at: f32, from: f32, to: f32) -> f32 {
    (to.min(at + 1.0) - from.max(at)).clamp(0.0, 1.0)
}

/// A pixel index as a coordinate; exact, as no raster here is wider than 2^24.
#[expect(clippy::cast_precision_loss, reason = "rasters are at most 12,000 pixels high")]
pub(super) const fn pixels(index: u32) -> f32 {
    index as f32
}

/// A coordinate as a pixel index; what is left of the raster is at its edge.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what is wanted"
)]
pub(super) const fn whole(coordinate: f32) -> u32 {
    coordinate as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: [u8; 3] = [255; 3];
    const BLACK: [u8; 3] = [0; 3];

    fn darkness(canvas: Canvas) -> u64 {
        canvas.into_image().pixels().map(|pixel| 255 - u64::from(pixel.0[0])).sum()
    }

    #[test]
    fn a_filled_area_is_as_dark_as_it_is_large() {
        for (area, expected) in [
            (Area::new(10.0, 10.0, 20.0, 5.0), 100),
            (Area::new(10.5, 10.5, 20.0, 5.0), 100),
            (Area::new(-10.0, -10.0, 20.0, 20.0), 100),
            (Area::new(590.0, 890.0, 50.0, 50.0), 100),
        ] {
            let mut canvas = Canvas::new(900, WHITE);
            canvas.fill(area, BLACK);
            let drawn = darkness(canvas) / 255;
            assert!((expected - 1..=expected + 1).contains(&drawn), "{area:?}: {drawn}");
        }
    }

    #[test]
    fn a_line_is_as_dark_as_it_is_long_and_wide() {
        let mut canvas = Canvas::new(1800, WHITE);
        canvas.line(&[Point { x: 10.0, y: 20.0 }, Point { x: 110.0, y: 20.0 }], 2.0, BLACK);
        let square_millimetres = darkness(canvas) / 255 / 4;
        assert!((200..=206).contains(&square_millimetres), "{square_millimetres}");
    }

    #[test]
    fn ink_only_darkens() {
        let mut canvas = Canvas::new(900, WHITE);
        canvas.fill(Area::SHEET, BLACK);
        canvas.fill(Area::new(10.0, 10.0, 50.0, 50.0), [200; 3]);
        assert!(canvas.into_image().pixels().all(|pixel| pixel.0 == BLACK));
    }

    #[test]
    fn lines_may_leave_the_sheet() {
        let mut canvas = Canvas::new(900, WHITE);
        canvas.line(&[Point { x: -50.0, y: -50.0 }, Point { x: 700.0, y: 1000.0 }], 3.0, BLACK);
        canvas.line(&[], 3.0, BLACK);
        assert!(darkness(canvas) > 0);
    }
}
