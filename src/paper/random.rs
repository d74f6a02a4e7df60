//! The dice of the practice paper: the same seed gives the same numbers on every machine.

/// A `SplitMix64` generator (Steele, Lea, Flood 2014): whole-number arithmetic only, so it is the same everywhere.
///
/// It makes pictures, never keys: its numbers can be foretold.
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// The dice that `seed` names.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Dice for one purpose of the same seed, independent of how often the others were thrown.
    #[must_use]
    pub fn for_purpose(seed: u64, purpose: u64) -> Self {
        let mut dice = Self::new(seed ^ purpose.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Self::new(dice.next_u64())
    }

    /// The next 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number in `0..below`; 0 when `below` is 0.
    pub fn below(&mut self, below: u32) -> u32 {
        let wide = (self.next_u64() >> 32) * u64::from(below);
        u32::try_from(wide >> 32).unwrap_or(0)
    }

    /// A number from `low` up to `high`, in steps of a 65,536th of the span.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        let step = u16::try_from(self.below(0x1_0000)).unwrap_or(u16::MAX);
        low + (high - low) * (f32::from(step) / 65_536.0)
    }

    /// A number within `reach` of zero, nearer ones more likely (the mean of two throws).
    pub fn around_zero(&mut self, reach: f32) -> f32 {
        let first = self.between(-reach, reach);
        let second = self.between(-reach, reach);
        f32::midpoint(first, second)
    }

    /// True `parts` times out of a hundred.
    pub fn percent(&mut self, parts: u32) -> bool {
        self.below(100) < parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_comes_out() {
        // First outputs of the reference program for seed 1234567.
        let mut dice = Dice::new(1_234_567);
        assert_eq!(dice.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn numbers_stay_in_their_span_and_reach_its_ends() {
        let mut dice = Dice::new(7);
        let throws: Vec<u32> = (0..2_000).map(|_| dice.below(6)).collect();
        assert!((0..6).all(|face| throws.contains(&face)));
        assert!(throws.iter().all(|face| *face < 6));
        assert!((0..2_000).map(|_| dice.between(-2.0, 3.0)).all(|number| (-2.0..3.0).contains(&number)));
        assert_eq!(dice.below(0), 0);
    }

    #[test]
    fn purposes_are_independent() {
        let first: Vec<u64> = (0..50).map(|purpose| Dice::for_purpose(1, purpose).next_u64()).collect();
        let mut once = first.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), first.len());
    }
}
