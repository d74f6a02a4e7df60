//! Percentages with two decimals, in whole numbers alone.

use std::fmt;

use serde::{Serialize, Serializer};

/// Hundredths of a per cent. In text and JSON `33.34`, always with two decimals, never a floating-point number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u64);

/// Hundredths of a per cent in a whole.
const WHOLE: u64 = 10_000;

impl Percent {
    /// `part` of `whole`, half a hundredth rounded up; `None` of nothing.
    #[must_use]
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let (part, whole) = (u128::from(part), u128::from(whole));
        let nearest = (part * u128::from(WHOLE) * 2 + whole).checked_div(whole * 2)?;
        Some(Self(u64::try_from(nearest).unwrap_or(u64::MAX)))
    }

    /// The share of each part in their sum, by the method of the largest remainder (Hamilton): they come to exactly 100.00.
    /// Of equal remainders the earlier part goes first. All zero when the sum is.
    #[must_use]
    pub fn shares(parts: &[u64]) -> Vec<Self> {
        let sum: u128 = parts.iter().map(|part| u128::from(*part)).sum();
        if sum == 0 {
            return vec![Self(0); parts.len()];
        }
        let scaled: Vec<u128> = parts.iter().map(|part| u128::from(*part) * u128::from(WHOLE)).collect();
        // Each is at most the whole.
        let mut shares: Vec<u64> = scaled.iter().map(|part| u64::try_from(part / sum).unwrap_or(WHOLE)).collect();
        let lacking = WHOLE - shares.iter().sum::<u64>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(scaled[*at] % sum));
        for at in order.into_iter().take(usize::try_from(lacking).unwrap_or_default()) {
            shares[at] += 1;
        }
        shares.into_iter().map(Self).collect()
    }

    /// In hundredths of a per cent.
    #[must_use]
    pub const fn hundredths(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parts: &[u64]) -> Vec<String> {
        Percent::shares(parts).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn shares_come_to_a_hundred_and_the_largest_remainder_goes_first() {
        assert_eq!(shown(&[1, 1, 1]), ["33.34", "33.33", "33.33"]);
        assert_eq!(shown(&[2, 1]), ["66.67", "33.33"]);
        assert_eq!(shown(&[0, 7]), ["0.00", "100.00"]);
        assert_eq!(shown(&[0, 0]), ["0.00", "0.00"]);
        assert_eq!(shown(&[1, 99_999]), ["0.00", "100.00"]);
        for parts in [&[177, 6316, 10_458, 9129][..], &[u64::MAX, 1, u64::MAX], &[5; 7]] {
            let sum: u64 = Percent::shares(parts).into_iter().map(Percent::hundredths).sum();
            assert_eq!(sum, 10_000, "{parts:?}");
        }
    }

    #[test]
    fn one_ratio_is_rounded_to_the_nearest_hundredth() {
        let shown = |part, whole| Percent::of(part, whole).map(|percent| percent.to_string());
        assert_eq!(shown(327, 328).as_deref(), Some("99.70"));
        assert_eq!(shown(1, 8).as_deref(), Some("12.50"));
        assert_eq!(shown(1, 20_000).as_deref(), Some("0.01"), "half a hundredth goes up");
        assert_eq!(shown(612, 600).as_deref(), Some("102.00"), "more voters than the DPT is possible");
        assert_eq!(shown(0, 0), None);
    }
}
