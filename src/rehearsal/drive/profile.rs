//! When stations come: arrival curves over the time of a rehearsal, squeezed from that of a polling night.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::paper::random::Dice;

/// The shape of an arrival curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// The regional elections of 27 November 2024, from the close of the polls to 24 hours later: of the forms 80 % had come
    /// after six hours (19.00 WIB) and 96.6 % after 21¼ (10.15 WIB), as KPU's own site showed. What lies between these
    /// points is assumed: hardly any in the first hour and a half, the most between the third and the fifth.
    Pilkada2024,
    /// One bell: slow at the beginning and the end, half of all in the middle third.
    Evening,
    /// The same number in every minute.
    Flat,
    /// Six crowds, each all at once; as many as there are stations when these are fewer.
    Burst,
}

/// A profile that there is not.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is none of pilkada-2024, evening, flat, burst")]
pub struct NoProfile(String);

/// Share of the time that has gone, and share of the stations that have come by then.
type Curve = &'static [(f64, f64)];

const PILKADA_2024: Curve = &[
    (0.0, 0.0),
    (1.5 / 24.0, 0.02),
    (3.0 / 24.0, 0.20),
    (5.0 / 24.0, 0.66),
    (6.0 / 24.0, 0.80),
    (9.0 / 24.0, 0.905),
    (21.25 / 24.0, 0.966),
    (1.0, 1.0),
];
const EVENING: Curve = &[(0.0, 0.0), (0.15, 0.05), (0.35, 0.26), (0.5, 0.5), (0.65, 0.74), (0.85, 0.95), (1.0, 1.0)];
const FLAT: Curve = &[(0.0, 0.0), (1.0, 1.0)];
const CROWDS: u32 = 6;

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 4] = [Self::Pilkada2024, Self::Evening, Self::Flat, Self::Burst];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pilkada2024 => "pilkada-2024",
            Self::Evening => "evening",
            Self::Flat => "flat",
            Self::Burst => "burst",
        }
    }

    /// When each of so many stations comes, in order; the last one not after `span`.
    #[must_use]
    pub fn arrivals(self, stations: u32, span: Duration) -> Vec<Duration> {
        let share = |nth: u32| (f64::from(nth) + 0.5) / f64::from(stations);
        let moment = |nth: u32| match self {
            Self::Pilkada2024 => along(PILKADA_2024, share(nth)),
            Self::Evening => along(EVENING, share(nth)),
            Self::Flat => along(FLAT, share(nth)),
            Self::Burst => {
                let crowds = f64::from(CROWDS.min(stations));
                (share(nth) * crowds).floor() / crowds
            }
        };
        (0..stations).map(|nth| span.mul_f64(moment(nth))).collect()
    }
}

/// The straight line between the two points of the curve around `share`.
fn along(curve: Curve, share: f64) -> f64 {
    let between = curve.windows(2).find(|pair| share <= pair[1].1);
    between.map_or(1.0, |pair| {
        let [(from, come), (to, all)] = [pair[0], pair[1]];
        from + (to - from) * (share - come) / (all - come)
    })
}

/// Shuffled so that neighbours do not come together; the same for the same seed.
pub(super) fn shuffled<T>(mut list: Vec<T>, seed: u64) -> Vec<T> {
    let mut dice = Dice::for_purpose(seed, 11);
    for last in (1..list.len()).rev() {
        let other = dice.below(u32::try_from(last + 1).unwrap_or(u32::MAX));
        list.swap(last, other as usize);
    }
    list
}

impl FromStr for Profile {
    type Err = NoProfile;

    fn from_str(text: &str) -> Result<Self, NoProfile> {
        Self::ALL.into_iter().find(|profile| profile.name() == text).ok_or_else(|| NoProfile(text.to_owned()))
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    fn by(profile: Profile, hours: f64) -> usize {
        let until = Duration::from_secs_f64(hours * 3600.0);
        profile.arrivals(1000, DAY).into_iter().filter(|at| *at <= until).count()
    }

    #[test]
    fn every_profile_brings_everybody_in_order_and_in_time() {
        for profile in Profile::ALL {
            for stations in [1, 6, 328] {
                let arrivals = profile.arrivals(stations, DAY);
                assert_eq!(arrivals.len(), stations as usize, "{profile}");
                assert!(arrivals.is_sorted() && arrivals.iter().all(|at| *at <= DAY), "{profile}");
            }
            assert_eq!(profile.name().parse::<Profile>().ok(), Some(profile));
        }
    }

    #[test]
    fn the_night_of_2024_passes_through_its_known_points() {
        assert_eq!(by(Profile::Pilkada2024, 6.0), 800);
        assert_eq!(by(Profile::Pilkada2024, 21.25), 966);
        assert!(by(Profile::Pilkada2024, 1.5) <= 20);
    }

    #[test]
    fn bursts_are_six_flat_is_even_and_the_evening_has_its_middle() {
        let mut moments = Profile::Burst.arrivals(600, DAY);
        moments.dedup();
        assert_eq!(moments.len(), 6);
        assert_eq!(Profile::Burst.arrivals(2, DAY), [Duration::ZERO, DAY / 2]);
        assert_eq!(by(Profile::Flat, 6.0), 250);
        assert_eq!(by(Profile::Evening, 12.0), 500);
    }

    #[test]
    fn a_shuffle_loses_nobody_and_repeats_itself() {
        let [one, again, other] = [1, 1, 2].map(|seed| shuffled((0..100).collect::<Vec<_>>(), seed));
        assert_eq!(one, again);
        assert_ne!(one, other);
        let mut sorted = one;
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..100));
    }
}
