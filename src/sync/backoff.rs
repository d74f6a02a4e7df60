//! How long to wait before the next try. Pure: the random draw is an argument.

use std::time::Duration;

/// The range of the first wait.
pub const BASE: Duration = Duration::from_secs(1);

/// The longest range: nobody waits longer than this unless central asks for it.
pub const CAP: Duration = Duration::from_secs(30);

/// The longest that central may ask for; a larger wish (a wrong clock, a typing error) is cut to this.
pub const FLOOR_CAP: Duration = Duration::from_mins(15);

/// The longest wait that [`delay`] can give.
pub const LONGEST: Duration = Duration::from_mins(20);

/// The wait before the next try after `failures` failures in a row (at least 1).
///
/// "Full jitter": uniform between zero and `min(CAP, BASE · 2^(failures − 1))`, so that the stations of a whole city whose
/// network comes back at one moment do not all come at one moment. What central asked for (`floor`) comes on top of
/// that as a floor. `draw` is a uniform random number over all of `u64`.
#[must_use]
pub fn delay(failures: u32, floor: Option<Duration>, draw: u64) -> Duration {
    let millis = (range(failures).as_millis() * u128::from(draw)) >> 64;
    let jitter = Duration::from_millis(u64::try_from(millis).unwrap_or(0));
    floor.unwrap_or_default().min(FLOOR_CAP) + jitter
}

/// The range from which the wait after `failures` failures in a row is drawn.
#[must_use]
pub fn range(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    BASE.saturating_mul(1 << doublings).min(CAP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_range_doubles_up_to_the_cap() {
        let most = |failures| delay(failures, None, u64::MAX).as_millis();
        let ranges: Vec<_> = (0..12).map(most).collect();
        assert_eq!(ranges[..6], [999, 999, 1_999, 3_999, 7_999, 15_999]);
        assert_eq!((ranges[9], ranges[10], most(u32::MAX)), (29_999, 29_999, 29_999));
        assert_eq!(delay(7, None, 0), Duration::ZERO);
        assert_eq!(delay(2, None, u64::MAX / 2).as_millis(), 999, "half of the range");
    }

    proptest! {
        #[test]
        fn a_wait_keeps_to_its_bounds(failures in 0_u32.., floor in proptest::option::of(0_u64..10_000_000), draw: u64) {
            let floor = floor.map(Duration::from_secs);
            let wait = delay(failures, floor, draw);
            prop_assert!(wait >= floor.unwrap_or_default().min(FLOOR_CAP));
            prop_assert!(wait <= floor.unwrap_or_default().min(FLOOR_CAP) + CAP);
            prop_assert!(wait <= LONGEST);
        }
    }
}
