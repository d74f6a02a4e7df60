//! One press of the shutter: how the camera was held, and in what light.

use crate::paper::geometry::Point;
use crate::paper::random::Dice;

/// Everything that makes one photograph of a page differ from the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    pub(super) seed: u64,
    /// Corners of the sheet, clockwise from the upper left one, as shares of the picture's width and height.
    pub(super) corners: [Point; 4],
    /// How far the sheet bellies, in shares of its height.
    pub(super) belly: f32,
    pub(super) light: Light,
    /// The most that noise adds or takes, in steps of 0..=255.
    pub(super) noise: i8,
    /// How unsharp the picture is, across and down.
    pub(super) soft: Softness,
}

/// Light on the wall, as shares of full daylight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Light {
    /// In the middle of the picture.
    pub(super) middle: f32,
    /// How much brighter the right edge is than the left one.
    pub(super) across: f32,
    /// How much brighter the lower edge is than the upper one.
    pub(super) down: f32,
    /// How much darker the corners are.
    pub(super) corners: f32,
    /// A shadow with a soft edge, as of the person who takes the picture.
    pub(super) shadow: Shadow,
    /// The tint of the lamp: red, green, blue.
    pub(super) tint: [f32; 3],
}

/// A straight soft edge; all on one side of it is darker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shadow {
    /// Share of the light that is taken.
    pub(super) depth: f32,
    /// Where the edge crosses the left side, as a share of the height.
    pub(super) left: f32,
    /// Where it crosses the right side.
    pub(super) right: f32,
}

/// Passes of mixing with the neighbours, each reaching one pixel farther than the last; eight smear a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Softness {
    pub(super) across: u8,
    pub(super) down: u8,
}

/// The upright sheet in the middle of the picture, before the hand shakes: half width and half height as shares.
const HALF_WIDTH: f32 = 0.5 * 2.0 / 3.0 / (3.0 / 4.0);

impl Shot {
    /// A photograph as it should be: square to the sheet, all corner markers in the picture, sharp, evenly lit.
    #[must_use]
    pub fn steady(seed: u64) -> Self {
        let mut dice = Dice::for_purpose(seed, 0x5348);
        let share = dice.between(0.85, 0.91);
        Self {
            seed,
            corners: held(&mut dice, share, 0.014),
            belly: dice.around_zero(0.006),
            light: Light {
                middle: dice.between(0.86, 0.98),
                across: dice.around_zero(0.16),
                down: dice.around_zero(0.16),
                corners: dice.between(0.03, 0.12),
                shadow: shadow(&mut dice, 0.02, 0.1),
                tint: tint(&mut dice, 0.05),
            },
            noise: 5,
            soft: Softness { across: 0, down: 0 },
        }
    }

    /// A photograph in which one of four things went wrong; `seed` says which.
    #[must_use]
    pub fn poor(seed: u64) -> Self {
        match Dice::for_purpose(seed, 0x504F).below(4) {
            0 => Self::shaken(seed),
            1 => Self::aslant(seed),
            2 => Self::dark(seed),
            _ => Self::shaded(seed),
        }
    }

    /// The camera moved while the shutter was open: digits run into each other.
    #[must_use]
    pub fn shaken(seed: u64) -> Self {
        let mut dice = Dice::for_purpose(seed, 0x5348_414B);
        let across = 6 + u8::try_from(dice.below(3)).unwrap_or(0);
        Self { soft: Softness { across, down: 3 }, ..Self::steady(seed) }
    }

    /// Taken from the side and from too far away; a corner marker may be out of the picture.
    #[must_use]
    pub fn aslant(seed: u64) -> Self {
        let mut dice = Dice::for_purpose(seed, 0x534C);
        Self { corners: held(&mut dice, 0.7, 0.11), soft: Softness { across: 1, down: 1 }, ..Self::steady(seed) }
    }

    /// Taken in the evening without a lamp: little light, much noise.
    #[must_use]
    pub fn dark(seed: u64) -> Self {
        let mut shot = Self::steady(seed);
        shot.light.middle = Dice::for_purpose(seed, 0x4441).between(0.12, 0.22);
        shot.noise = 22;
        shot
    }

    /// The photographer stands in the light: a deep shadow over part of the sheet.
    #[must_use]
    pub fn shaded(seed: u64) -> Self {
        let mut shot = Self::steady(seed);
        shot.light.shadow = shadow(&mut Dice::for_purpose(seed, 0x5344), 0.5, 0.68);
        shot.soft = Softness { across: 2, down: 2 };
        shot
    }
}

/// The corners as an unsteady hand frames them, each within `reach` of where it should be.
fn held(dice: &mut Dice, share: f32, reach: f32) -> [Point; 4] {
    let (half_width, half_height) = (HALF_WIDTH * share, 0.5 * share);
    let (x, y) = (0.5 + dice.around_zero(reach), 0.5 + dice.around_zero(reach));
    [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(right, down)| Point {
        x: x + right * half_width + dice.around_zero(reach),
        y: y + down * half_height + dice.around_zero(reach),
    })
}

fn shadow(dice: &mut Dice, least: f32, most: f32) -> Shadow {
    Shadow { depth: dice.between(least, most), left: dice.between(0.2, 0.9), right: dice.between(0.2, 0.9) }
}

fn tint(dice: &mut Dice, reach: f32) -> [f32; 3] {
    let warm = dice.between(-reach, reach);
    [1.0 + warm.min(0.0), 1.0 - warm.abs() * 0.3, 1.0 - warm.max(0.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_shot_has_the_whole_sheet_in_the_picture() {
        for seed in 0..500 {
            for corner in Shot::steady(seed).corners {
                assert!((0.02..0.98).contains(&corner.x) && (0.02..0.98).contains(&corner.y), "{seed}: {corner:?}");
            }
        }
    }

    #[test]
    fn a_poor_shot_is_one_of_four_kinds_and_each_kind_occurs() {
        let kinds: [fn(u64) -> Shot; 4] = [Shot::shaken, Shot::aslant, Shot::dark, Shot::shaded];
        let mut seen = [0; 4];
        for seed in 0..100 {
            let poor = Shot::poor(seed);
            assert_ne!(poor, Shot::steady(seed));
            let kind = kinds.iter().position(|kind| kind(seed) == poor).expect("one of the four");
            seen[kind] += 1;
        }
        assert!(seen.iter().all(|times| *times > 10), "{seen:?}");
    }
}
