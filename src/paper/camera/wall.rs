//! What the sheet hangs on, and the strips of tape that hold it.

use crate::paper::canvas::{pixels, whole};
use crate::paper::random::Dice;

/// Cells of the mottled pattern along each side; a power of two.
const SIDE: u32 = 64;
/// Cells of the pattern over the width of a sheet.
const CELLS_PER_SHEET: f32 = 24.0;

/// A painted wall, a board or plywood, mottled; the same seed is the same wall.
#[derive(Debug, Clone)]
pub(super) struct Wall {
    colour: [u8; 3],
    mottle: Vec<u32>,
    tapes: [Tape; 6],
}

/// A strip of paper tape over the edge of the sheet, in shares of the sheet.
#[derive(Debug, Clone, Copy)]
struct Tape {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

/// Walls of schools and village halls.
const COLOURS: [[u8; 3]; 6] =
    [[196, 188, 160], [150, 176, 150], [158, 176, 190], [186, 152, 112], [120, 124, 128], [88, 110, 96]];

/// How far tape reaches on to the sheet, as a share of its height.
const TAPE_REACH: f32 = 0.009;

/// Colour of the tape.
const TAPE: [u8; 3] = [206, 186, 138];

impl Wall {
    /// The wall that `seed` names.
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::for_purpose(seed, 0x5741);
        let colour = COLOURS[usize::try_from(dice.below(6)).unwrap_or(0)];
        let depth = 10 + dice.below(22);
        let mottle = (0..SIDE * SIDE).map(|_| 256 - dice.below(depth)).collect();
        let tapes =
            [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.5, 0.0), (0.5, 1.0)].map(|at| Tape::new(at, &mut dice));
        Self { colour, mottle, tapes }
    }

    /// The colour at a place outside the sheet, given in shares of the sheet.
    pub(super) fn colour(&self, across: f32, down: f32) -> [u8; 3] {
        if self.is_taped(across, down) {
            return TAPE;
        }
        let shade = self.mottle_at((across + 8.0) * CELLS_PER_SHEET, (down + 8.0) * CELLS_PER_SHEET * 1.5);
        let shade = if shadow_of_sheet(across, down) { shade * 7 / 10 } else { shade };
        self.colour.map(|channel| u8::try_from((u32::from(channel) * shade) >> 8).unwrap_or(u8::MAX))
    }

    /// Whether a place is so far from the sheet that neither its shadow nor the tape reaches it.
    pub(super) fn is_plain(across: f32, down: f32) -> bool {
        !(-0.004..1.012).contains(&across) || !(-0.03..1.03).contains(&down)
    }

    /// Whether tape covers this place; it reaches a few hundredths of the sheet to either side of its edge.
    pub(super) fn is_taped(&self, across: f32, down: f32) -> bool {
        let between_tapes = (TAPE_REACH..1.0 - TAPE_REACH).contains(&down);
        !between_tapes
            && self
                .tapes
                .iter()
                .any(|tape| (tape.left..tape.right).contains(&across) && (tape.top..tape.bottom).contains(&down))
    }

    /// The pattern, straight between its cells, in 256ths.
    fn mottle_at(&self, x: f32, y: f32) -> u32 {
        let (column, row) = (whole(x), whole(y));
        let (right, below) = (whole((x - pixels(column)) * 256.0), whole((y - pixels(row)) * 256.0));
        let cell = |column: u32, row: u32| self.mottle[(row % SIDE * SIDE + column % SIDE) as usize];
        let upper = cell(column, row) * (256 - right) + cell(column + 1, row) * right;
        let lower = cell(column, row + 1) * (256 - right) + cell(column + 1, row + 1) * right;
        ((upper >> 8) * (256 - below) + (lower >> 8) * below) >> 8
    }
}

impl Tape {
    /// A strip about the place `(across, down)` on the edge of the sheet, never over a corner marker.
    fn new((across, down): (f32, f32), dice: &mut Dice) -> Self {
        let inward = 0.075;
        let across = across + inward * (1.0 - 2.0 * across) * 1.6 + dice.around_zero(0.01);
        let (long, short) = (dice.between(0.022, 0.034), dice.between(0.016, 0.022));
        let reach = if down < 0.5 { (short, TAPE_REACH) } else { (TAPE_REACH, short) };
        Self { left: across - long, right: across + long, top: down - reach.0, bottom: down + reach.1 }
    }
}

/// A narrow shadow to the right of the sheet and below it.
fn shadow_of_sheet(across: f32, down: f32) -> bool {
    (-0.002..1.008).contains(&across) && (0.004..1.006).contains(&down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tape_lies_over_the_edge_and_never_over_a_corner_marker() {
        for seed in 0..100 {
            let wall = Wall::new(seed);
            for tape in wall.tapes {
                assert!((tape.top < 0.0 && tape.bottom > 0.0) || (tape.top < 1.0 && tape.bottom > 1.0));
            }
            // Corner markers: 12 to 30 mm from both edges of a sheet of 600 by 900 mm.
            for (across, down) in [(0.02, 0.0135), (0.05, 0.033), (0.98, 0.0135), (0.95, 0.967), (0.02, 0.9865)] {
                assert!(!wall.is_taped(across, down), "{seed}: {across} {down}");
            }
        }
    }

    #[test]
    fn the_wall_is_mottled_without_end() {
        let wall = Wall::new(3);
        let colours: Vec<_> = [-3.0, -0.7, 1.4, 2.6, 3.9].map(|across| wall.colour(across, 0.31)).into();
        assert!(colours.iter().all(|colour| colour.iter().all(|channel| *channel >= 40)));
        assert!(colours.windows(2).any(|pair| pair[0] != pair[1]));
    }
}
