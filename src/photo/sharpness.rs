//! How sharp the writing on a page is.
//!
//! The measure is the variance of the Laplacian over cells that hold writing, less what the quiet cells show (that is
//! noise of the camera), divided by the variance of brightness in the same cells. Dim and bright photos of equal focus
//! so get equal figures.

use super::page::{CELL, Page};
use super::pixels::Grey;

/// A cell holds writing when its brightness varies by at least this much (variance, so a spread of about 8 of 255) ...
const LEAST_INK: u64 = 64;
/// ... and by at least one such part of what the strongest cells show ...
const INK_PART: u64 = 10;
/// ... and by so many times what the quietest cells show, which is noise. On a page without quiet cells this may not ask
/// for more than one [`NOISE_PART`] of the strongest.
const OVER_NOISE: u64 = 4;
const NOISE_PART: u64 = 4;

/// Variances of one cell.
#[derive(Debug, Clone, Copy)]
struct Texture {
    brightness: u64,
    laplacian: u64,
}

/// The sharpness of the page in thousandths; 0 where no writing can be made out at all.
pub(crate) fn sharpness(photo: &Grey, page: &Page) -> u64 {
    let textures: Vec<Texture> = page.corners().map(|(left, top)| texture(photo, left, top)).collect();
    let least = least_ink(&textures);
    let (ink, quiet): (Vec<Texture>, Vec<Texture>) = textures.into_iter().partition(|cell| cell.brightness >= least);
    let noise = percentile(quiet.iter().map(|cell| cell.laplacian).collect(), 50);
    let brightness: u64 = ink.iter().map(|cell| cell.brightness).sum();
    let laplacian: u64 = ink.iter().map(|cell| cell.laplacian).sum();
    (laplacian.saturating_sub(noise * ink.len() as u64) * 1000).checked_div(brightness).unwrap_or(0)
}

/// The variance of brightness from which on a cell counts as written on.
fn least_ink(textures: &[Texture]) -> u64 {
    let brightness = |share| percentile(textures.iter().map(|cell| cell.brightness).collect(), share);
    let (quietest, strongest) = (brightness(10), brightness(95));
    let over_noise = (quietest * OVER_NOISE).min(strongest / NOISE_PART);
    LEAST_INK.max(strongest / INK_PART).max(over_noise)
}

/// The value below which `share` percent of `values` lie; 0 of none.
fn percentile(mut values: Vec<u64>, share: usize) -> u64 {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) * share / 100).copied().unwrap_or(0)
}

/// Measures the inner 30 by 30 pixels of a cell, each with its four neighbours.
fn texture(photo: &Grey, left: usize, top: usize) -> Texture {
    let (mut brightness, mut laplacian) = (Moments::default(), Moments::default());
    for y in top + 1..top + CELL - 1 {
        let inner = left + 1..left + CELL - 1;
        let (above, row, below) = (photo.row(y - 1), photo.row(y), photo.row(y + 1));
        for x in inner {
            let centre = i64::from(row[x]);
            let around = i64::from(row[x - 1]) + i64::from(row[x + 1]) + i64::from(above[x]) + i64::from(below[x]);
            brightness.add(centre);
            laplacian.add(around - 4 * centre);
        }
    }
    Texture { brightness: brightness.variance(), laplacian: laplacian.variance() }
}

/// Count, sum and sum of squares, from which a variance comes in whole numbers.
#[derive(Debug, Default)]
struct Moments {
    count: i64,
    sum: i64,
    squares: i64,
}

impl Moments {
    fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
    }

    fn variance(&self) -> u64 {
        let count = self.count.max(1);
        ((self.squares - self.sum * self.sum / count) / count).unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn of(photo: &Grey) -> u64 {
        sharpness(photo, &Page::find(photo))
    }

    #[test]
    fn blur_lowers_the_figure_step_by_step() {
        let mut page = sample::page(640, 640);
        let mut last = of(&page);
        for _ in 0..4 {
            page = sample::blurred(&page);
            let now = of(&page);
            assert!(now * 10 < last * 9, "{now} after {last}");
            last = now;
        }
    }

    #[test]
    fn light_and_contrast_do_not_change_it_much() {
        let page = sample::page(640, 640);
        let dim = of(&sample::toned(&page, 40, 30));
        let full = of(&page);
        assert!(dim * 100 > full * 90 && dim * 100 < full * 110, "{dim} {full}");
    }

    #[test]
    fn noise_does_not_make_a_blurred_page_sharp() {
        let soft = (0..4).fold(sample::page(640, 640), |page, _| sample::blurred(&page));
        let noisy = sample::noisy(&soft, 16);
        assert!(of(&noisy) < of(&soft) * 2 + 40, "{} {}", of(&noisy), of(&soft));
    }

    #[test]
    fn an_empty_page_has_none() {
        assert_eq!(of(&Grey::new(320, 320, vec![200; 320 * 320])), 0);
        assert_eq!(of(&Grey::new(3, 3, vec![200; 9])), 0);
    }
}
