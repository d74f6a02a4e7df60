//! "Looks like the same photo": a short summary of a picture that survives resizing and re-encoding.

use std::fmt;

use super::pixels::Grey;

/// The bits are those of 8 by 8 cells; a border of one cell around them only serves for comparing.
const SIDE: usize = 10;

/// A cell counts as darker than its neighbours from one step of brightness on (means are kept in sixteenths).
const STEP: u64 = 16;

/// A perceptual hash of 64 bits of the upright picture: whether each of 8 by 8 cells is darker than those around it.
///
/// It is a hint for a person, never evidence: another photo of the same page may come near, and the same photo cut
/// differently does not. Evidence is compared by SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Two photos within this distance look like copies of one photo.
    pub const ALIKE: u32 = 3;

    /// The fingerprint of an upright picture.
    pub(crate) fn of(picture: &Grey) -> Self {
        let means = grid(picture);
        let cells = (1..SIDE - 1).flat_map(|y| (1..SIDE - 1).map(move |x| (y, x)));
        let darker = cells.map(|(y, x)| {
            let around = means[y - 1][x] + means[y + 1][x] + means[y][x - 1] + means[y][x + 1];
            (means[y][x] + STEP) * 4 < around
        });
        Self(darker.fold(0, |bits, bit| bits << 1 | u64::from(bit)))
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

/// Mean brightness of each cell in sixteenths; 0 for a cell without pixels.
fn grid(picture: &Grey) -> [[u64; SIDE]; SIDE] {
    let mut sums = [[(0, 0); SIDE]; SIDE];
    for y in 0..picture.height() {
        let row = &mut sums[y * SIDE / picture.height()];
        for (x, &sample) in picture.row(y).iter().enumerate() {
            let (sum, count) = &mut row[x * SIDE / picture.width()];
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
    fn each_dark_cell_sets_its_own_bit() {
        let spots = |dark: &[(usize, usize)]| {
            let sample = |index: usize| if dark.contains(&(index % 100 / 10, index / 1000)) { 100 } else { 102 };
            Fingerprint::of(&Grey::new(100, 100, (0..100 * 100).map(sample).collect())).bits()
        };
        assert_eq!(spots(&[]), 0);
        assert_eq!(spots(&[(1, 1)]), 1 << 63);
        assert_eq!(spots(&[(8, 1), (1, 2)]), 1 << 56 | 1 << 55);
        assert_eq!(spots(&[(8, 8), (0, 0), (9, 5)]), 1);
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
