//! How light falls on a page.

use super::page::{CELL, Page};
use super::pixels::Grey;

/// A cell is burnt out when its mean brightness is at least this.
const BURNT: u64 = 250;
/// Burnt cells are a glare only on paper that is itself darker than this; a white scan has none.
const PAPER: u8 = 230;

/// The light on a page, in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tone {
    /// The brightness of the paper: the median of the page, 0 to 255.
    pub(crate) paper: u64,
    /// How far the darkest and the brightest hundredth of the page are apart, in percent of the paper's brightness.
    pub(crate) contrast: u64,
    /// The share of the page that glare has burnt out, in thousandths.
    pub(crate) glare: u64,
}

impl Tone {
    /// Measures the page; all zero when it has no cells.
    pub(crate) fn of(photo: &Grey, page: &Page) -> Self {
        let mut counts = [0_u64; 256];
        let mut burnt = 0;
        for (left, top) in page.corners() {
            let mut sum = 0;
            for &sample in photo.square(left, top, CELL).flatten() {
                counts[usize::from(sample)] += 1;
                sum += u64::from(sample);
            }
            burnt += u64::from(sum >= BURNT * (CELL * CELL) as u64);
        }
        let paper = permille(&counts, 500);
        let glare = if paper < PAPER { burnt * 1000 / (page.cells() as u64).max(1) } else { 0 };
        let spread = u64::from(permille(&counts, 990) - permille(&counts, 10));
        let contrast = (spread * 100).checked_div(u64::from(paper)).unwrap_or(0);
        Self { paper: u64::from(paper), contrast, glare }
    }
}

/// The brightness that `share` thousandths of the counted samples do not pass.
fn permille(counts: &[u64; 256], share: u64) -> u8 {
    let goal = (counts.iter().sum::<u64>() * share).div_ceil(1000);
    let mut seen = 0;
    for (brightness, count) in (0..=u8::MAX).zip(counts) {
        seen += count;
        if seen >= goal {
            return brightness;
        }
    }
    u8::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(brightness: impl Fn(usize) -> u8) -> Tone {
        let photo = Grey::new(320, 320, (0..320 * 320).map(brightness).collect());
        Tone::of(&photo, &Page::find(&photo))
    }

    #[test]
    fn paper_contrast_and_glare_are_told_apart() {
        let rows = [
            (of(|_| 120), Tone { paper: 120, contrast: 0, glare: 0 }),
            (of(|at| if at % 16 == 0 { 20 } else { 180 }), Tone { paper: 180, contrast: 88, glare: 0 }),
            (of(|at| if at % 16 == 0 { 20 } else { 255 }), Tone { paper: 255, contrast: 92, glare: 0 }),
            (of(|_| 255), Tone { paper: 255, contrast: 0, glare: 0 }),
        ];
        for (tone, expected) in rows {
            assert_eq!(tone, expected);
        }
    }

    #[test]
    fn a_burnt_spot_counts_by_its_share_of_the_page() {
        // Ten by ten cells; eight by eight are the middle, four of them are burnt.
        let spot =
            of(|at| if (4..6).contains(&(at % 320 / CELL)) && (4..6).contains(&(at / 320 / CELL)) { 255 } else { 190 });
        assert_eq!(spot.glare, 62);
        assert_eq!(spot.paper, 190);
    }

    #[test]
    fn a_photo_without_a_page_measures_nothing() {
        let none = Grey::new(2, 2, vec![200; 4]);
        assert_eq!(Tone::of(&none, &Page::find(&none)), Tone { paper: 0, contrast: 0, glare: 0 });
    }
}
