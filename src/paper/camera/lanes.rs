//! Colours that are mixed and lit with one multiplication for all three channels.

/// Red, green and blue side by side in one number, 20 bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lanes(u64);

/// The low 8 bits of each lane.
const MASK: u64 = 0xFF | 0xFF << 20 | 0xFF << 40;

impl Lanes {
    /// A colour given by its channels.
    pub(super) fn new([red, green, blue]: [u8; 3]) -> Self {
        Self(u64::from(red) | u64::from(green) << 20 | u64::from(blue) << 40)
    }

    /// This colour and another one, the other one weighing `share` 256ths (0..=256).
    pub(super) fn mixed(self, other: Self, share: u32) -> Self {
        let share = u64::from(share);
        Self((self.0 * (256 - share) + other.0 * share) >> 8 & MASK)
    }

    /// The colour in this light, in 256ths of full daylight (at most twice that); nothing is brighter than white.
    pub(super) fn lit(self, light: u32) -> [u8; 3] {
        let lit = self.0 * u64::from(light);
        [8, 28, 48].map(|shift| u8::try_from(lit >> shift & 0xFFF).unwrap_or(u8::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_do_not_leak_into_each_other() {
        let (dark, bright) = (Lanes::new([0, 255, 0]), Lanes::new([255, 0, 255]));
        for (share, expected) in [(0, [0, 255, 0]), (128, [127, 127, 127]), (256, [255, 0, 255])] {
            assert_eq!(dark.mixed(bright, share).lit(256), expected);
        }
        for (light, expected) in [(0, [0, 0, 0]), (128, [5, 127, 50]), (256, [10, 255, 100]), (384, [15, 255, 150])] {
            assert_eq!(Lanes::new([10, 255, 100]).lit(light), expected);
        }
    }
}
