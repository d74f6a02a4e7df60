//! What the camera looks at: the sheet, bellying a little, on its wall.

use image::RgbImage;

use super::expose::PIECE;
use super::lanes::Lanes;
use super::shot::Shot;
use super::wall::Wall;
use crate::paper::canvas::{pixels, whole};
use crate::paper::geometry::{SHEET_HEIGHT, SHEET_WIDTH};

/// The sheet and the wall; places are given in shares of the sheet, across and down.
pub(super) struct Scene<'a> {
    samples: &'a [u8],
    width: u32,
    height: u32,
    wall: Wall,
    belly: f32,
}

impl<'a> Scene<'a> {
    /// The page on the wall of this shot.
    pub(super) fn new(page: &'a RgbImage, shot: &Shot) -> Self {
        let (width, height) = page.dimensions();
        Self { samples: page.as_raw(), width, height, wall: Wall::new(shot.seed), belly: shot.belly }
    }

    /// The colours from one place up to another, in equal steps.
    ///
    /// Pieces that lie wholly on the sheet or wholly on the bare wall are by far the most; they take the short ways.
    pub(super) fn along(&self, from: (f32, f32), to: (f32, f32), colours: &mut [Lanes; PIECE as usize]) {
        let (from, to) = (self.bellied(from), self.bellied(to));
        let on_sheet = |(across, down)| (0.001..0.999).contains(&across) && (0.012..0.988).contains(&down);
        if on_sheet(from) && on_sheet(to) {
            self.along_sheet(from, to, colours);
        } else if Wall::is_plain(from.0, from.1) && Wall::is_plain(to.0, to.1) {
            let ends = [from, to].map(|(across, down)| Lanes::new(self.wall.colour(across, down)));
            for (share, colour) in (0..PIECE).zip(colours) {
                *colour = ends[0].mixed(ends[1], share * 256 / PIECE);
            }
        } else {
            let step = ((to.0 - from.0) / pixels(PIECE), (to.1 - from.1) / pixels(PIECE));
            for (share, colour) in (0..PIECE).map(pixels).zip(colours) {
                *colour = self.smooth(from.0 + step.0 * share, from.1 + step.1 * share, step);
            }
        }
    }

    fn bellied(&self, (across, down): (f32, f32)) -> (f32, f32) {
        let swing = across - 0.5;
        (across, down + self.belly * (1.0 - 4.0 * swing * swing))
    }

    fn along_sheet(&self, from: (f32, f32), to: (f32, f32), colours: &mut [Lanes; PIECE as usize]) {
        let (mut x, mut y) = self.fine(from);
        let (end_x, end_y) = self.fine(to);
        let step = |from: i32, to: i32| (to - from) / PIECE.cast_signed();
        let (right, below) = (step(x, end_x), step(y, end_y));
        for colour in colours {
            *colour = self.sample(x.cast_unsigned(), y.cast_unsigned());
            (x, y) = (x + right, y + below);
        }
    }

    /// A place on the sheet in 65,536ths of a pixel of the page, counted from the middle of its first pixel.
    fn fine(&self, (across, down): (f32, f32)) -> (i32, i32) {
        let fine =
            |share: f32, many: u32| (whole(share * pixels(many) * 65_536.0).min(many << 16)).cast_signed() - 0x8000;
        (fine(across, self.width), fine(down, self.height))
    }

    /// The mean of four places within one pixel, so that the edges of sheet and tape show no stairs.
    ///
    /// `step` leads to the next pixel of the row; the next row is as far away, measured on the sheet's own proportions.
    fn smooth(&self, across: f32, down: f32, step: (f32, f32)) -> Lanes {
        let (right, below) = (step.0 / 4.0, step.0 * SHEET_WIDTH / SHEET_HEIGHT / 4.0);
        let upper = self.colour(across - right, down - below).mixed(self.colour(across + right, down - below), 128);
        let lower = self.colour(across - right, down + below).mixed(self.colour(across + right, down + below), 128);
        upper.mixed(lower, 128)
    }

    fn colour(&self, across: f32, down: f32) -> Lanes {
        let inside = (0.0..1.0).contains(&across) && (0.0..1.0).contains(&down);
        if !inside || self.wall.is_taped(across, down) {
            return Lanes::new(self.wall.colour(across, down));
        }
        let (x, y) = self.fine((across, down));
        self.sample(x.max(0).cast_unsigned(), y.max(0).cast_unsigned())
    }

    /// The page between four pixels, weighed by nearness; the place is given in 65,536ths of a pixel.
    fn sample(&self, x: u32, y: u32) -> Lanes {
        let left = (x >> 16).min(self.width - 2) as usize;
        let top = (y >> 16).min(self.height - 2) as usize;
        let (right, below) = (x >> 8 & 255, y >> 8 & 255);
        let stride = self.width as usize * 3;
        let at = top * stride + left * 3;
        self.pair(at, right).mixed(self.pair(at + stride, right), below)
    }

    /// Two neighbouring pixels of one line, the right one weighing `share` 256ths.
    fn pair(&self, at: usize, share: u32) -> Lanes {
        let [r, g, b, next_r, next_g, next_b] = *self.samples[at..].first_chunk().unwrap_or(&[0; 6]);
        Lanes::new([r, g, b]).mixed(Lanes::new([next_r, next_g, next_b]), share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    /// A page whose red grows from left to right and whose green grows downwards.
    fn slope() -> RgbImage {
        RgbImage::from_fn(200, 200, |x, y| Rgb([u8::try_from(x).expect("small"), u8::try_from(y).expect("small"), 7]))
    }

    #[test]
    fn the_short_way_over_the_sheet_sees_what_the_long_way_sees() {
        let page = slope();
        let mut shot = Shot::steady(1);
        shot.belly = 0.0;
        let scene = Scene::new(&page, &shot);
        let mut colours = [Lanes::new([0; 3]); PIECE as usize];
        scene.along((0.2, 0.3), (0.36, 0.46), &mut colours);
        for (share, colour) in (0_u8..).zip(colours) {
            let [red, green, blue] = colour.lit(256);
            let share = f32::from(share) * 0.01;
            assert!((f32::from(red) - (0.2 + share) * 200.0).abs() < 1.6, "{red} after {share}");
            assert!((f32::from(green) - (0.3 + share) * 200.0).abs() < 1.6, "{green} after {share}");
            assert_eq!(blue, 7);
            let [far, ..] = scene.colour(0.2 + share, 0.3 + share).lit(256);
            assert!(far.abs_diff(red) <= 1);
        }
    }

    #[test]
    fn the_last_pixel_of_the_sheet_is_still_the_sheet() {
        let page = slope();
        let scene = Scene::new(&page, &Shot::steady(1));
        assert!(scene.colour(0.9999, 0.5).lit(256)[0] >= 197);
        assert!(scene.colour(0.0, 0.5).lit(256)[0] <= 1);
    }
}
