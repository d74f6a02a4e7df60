//! "Looks like the same photo": a short summary of a picture that survives resizing and re-encoding.

use std::fmt;

use super::pixels::Grey;

/// The grid of mean brightnesses that is compared: each cell with its right neighbour, so one column more than bits.
const COLUMNS: usize = 9;
const ROWS: usize = 8;

/// A perceptual hash of 64 bits of the upright picture: whether each of 8 by 8 cells is darker than the next to its right.
///
/// It is a hint for a person, never evidence: other photos of the same page often come near, and the same photo cut
/// differently does not. Evidence is compared by SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Two photos within this distance look like copies of one photo.
    pub const ALIKE: u32 = 4;

    /// The fingerprint of an upright picture.
    pub(crate) fn of(picture: &Grey) -> Self {
        let means = grid(picture);
        let bits =
            means.iter().flat_map(|row| row.windows(2)).fold(0, |bits, pair| bits << 1 | u64::from(pair[0] < pair[1]));
        Self(bits)
    }

    /// The fingerprint with these bits, first cell in the highest.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The 64 bits, first cell in the highest.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// In how many of the 64 bits two fingerprints differ.
    #[must_use]
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether the two look like copies of one photo.
    #[must_use]
    pub const fn looks_like(self, other: Self) -> bool {
        self.distance(other) <= Self::ALIKE
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// Mean brightness of each cell, times 16 so that shades closer than one step still differ; 0 for a cell without pixels.
fn grid(picture: &Grey) -> [[u64; COLUMNS]; ROWS] {
    let mut sums = [[(0, 0); COLUMNS]; ROWS];
    for y in 0..picture.height() {
        let row = &mut sums[y * ROWS / picture.height()];
        for (x, &sample) in picture.row(y).iter().enumerate() {
            let (sum, count) = &mut row[x * COLUMNS / picture.width()];
            *sum += u64::from(sample) * 16;
            *count += 1_u64;
        }
    }
    sums.map(|row| row.map(|(sum, count)| sum.checked_div(count).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_slope_sets_all_bits_or_none() {
        let slope = |flip: bool| {
            let at = |x: usize| u8::try_from(if flip { 179 - x } else { x }).expect("below 256");
            Grey::new(180, 80, (0..180 * 80).map(|index| at(index % 180)).collect())
        };
        assert_eq!(Fingerprint::of(&slope(false)).bits(), u64::MAX);
        assert_eq!(Fingerprint::of(&slope(true)).bits(), 0);
        assert_eq!(Fingerprint::of(&Grey::new(0, 0, Vec::new())).bits(), 0);
        assert_eq!(Fingerprint::from_bits(10).to_string(), "000000000000000a");
    }

    #[test]
    fn blur_and_light_keep_it_and_another_picture_does_not() {
        let page = sample::page(640, 480);
        let own = Fingerprint::of(&page);
        for copy in [sample::blurred(&page), sample::toned(&page, 30, 70), sample::noisy(&page, 4)] {
            assert!(own.looks_like(Fingerprint::of(&copy)), "{}", own.distance(Fingerprint::of(&copy)));
        }
        assert!(!own.looks_like(Fingerprint::of(&sample::shifted(&page, 200))));
    }
}
