//! What happens at one TPS of a rehearsal, by seed: most days are plain, some have what real days have.

use crate::paper::random::Dice;

/// The human part of a station's day.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that happens or does not")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Story {
    /// The second officer swaps two pairs' votes on the first form; both read the two boxes again.
    pub slip: bool,
    /// The first form's sheet contradicts itself: V.A is one less than the votes. Recorded as written, answered.
    pub wrong_sum: bool,
    /// The first form is corrected after sealing, with a reason.
    pub correction: bool,
    /// A photo is taken in poor light first and replaced.
    pub retake: bool,
    /// It rained in: a kejadian khusus.
    pub incident: bool,
    /// A saksi refused the copy.
    pub refusal: bool,
}

impl Story {
    /// The story of the station that `seed` names.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::for_purpose(seed, 7);
        let wrong_sum = dice.percent(8);
        Self {
            slip: dice.percent(30),
            wrong_sum,
            // A sheet with a wrong sum stays as it is: its correction belongs to the kecamatan.
            correction: !wrong_sum && dice.percent(10),
            retake: dice.percent(12),
            incident: dice.percent(15),
            refusal: dice.percent(10),
        }
    }
}
