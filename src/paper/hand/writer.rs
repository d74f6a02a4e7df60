//! One person's handwriting: slant, pen, unsteadiness, favourite shapes.

use super::curve::smooth;
use super::glyphs::{self, GRID_HEIGHT, Path};
use crate::paper::geometry::{Area, Point};
use crate::paper::random::Dice;

/// Units of the glyph grid between two letters of a word.
const LETTER_GAP: f32 = 2.6;

/// A line the pen draws without being lifted.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// The corners of the line, close together where it bends; millimetres on the sheet.
    pub points: Vec<Point>,
    /// Width of the pen in millimetres.
    pub pen: f32,
}

/// The manner of one person; the same seed is the same person.
#[derive(Debug, Clone, PartialEq)]
pub struct Writer {
    ink: [u8; 3],
    slant: f32,
    unsteady: f32,
    pen: f32,
    fill: f32,
    blocky: bool,
    ways: u64,
}

/// Felt pens and ball pens as photographs show them, red first.
const INKS: [[u8; 3]; 4] = [[24, 24, 30], [36, 36, 44], [28, 40, 104], [40, 52, 128]];

impl Writer {
    /// The person that `seed` names.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::for_purpose(seed, 0x5057);
        let ink = INKS[usize::try_from(dice.below(4)).unwrap_or(0)];
        Self {
            ink,
            slant: dice.between(-0.04, 0.2),
            unsteady: dice.between(0.3, 0.8),
            pen: dice.between(1.0, 1.9),
            fill: dice.between(0.6, 0.78),
            blocky: dice.percent(30),
            ways: dice.next_u64(),
        }
    }

    /// Colour of the ink: red, green, blue.
    #[must_use]
    pub const fn ink(&self) -> [u8; 3] {
        self.ink
    }

    /// Writes one digit (or the X of an unused box) into the box `area`.
    #[must_use]
    pub fn digit(&self, symbol: char, area: Area, dice: &mut Dice) -> Vec<Stroke> {
        let (paths, width) = glyphs::glyph(symbol, self.way(symbol));
        let height = area.height * self.fill + dice.around_zero(area.height * 0.05);
        let unit = (height / GRID_HEIGHT).min(area.width * self.fill / width);
        let left = area.left + (area.width - width * unit) / 2.0 + dice.around_zero(area.width * 0.06);
        let top = area.top + (area.height - GRID_HEIGHT * unit) / 2.0 + dice.around_zero(area.height * 0.05);
        paths.iter().map(|path| self.stroke(path, Point { x: left, y: top }, unit, dice)).collect()
    }

    /// Writes `text` in capitals on one line inside `area`, smaller when it would not fit.
    #[must_use]
    pub fn words(&self, text: &str, area: Area, dice: &mut Dice) -> Vec<Stroke> {
        let letters: Vec<_> =
            text.to_uppercase().chars().map(|symbol| glyphs::glyph(symbol, self.way(symbol))).collect();
        let long = letters.iter().map(|(_, width)| width + LETTER_GAP).sum::<f32>();
        let unit = (area.height * 0.66 / GRID_HEIGHT).min(area.width * 0.96 / long.max(1.0));
        let base = area.top + area.height * 0.86 - GRID_HEIGHT * unit;
        let mut left = area.left + area.width * 0.02;
        let mut strokes = Vec::new();
        for (paths, width) in &letters {
            let start = Point { x: left, y: base + dice.around_zero(unit * 0.7) };
            strokes.extend(paths.iter().map(|path| self.stroke(path, start, unit, dice)));
            left += (width + LETTER_GAP) * unit;
        }
        strokes
    }

    /// Tally strokes (*turus*) of one group: four upright, the fifth across them.
    #[must_use]
    pub fn tally(&self, strokes: u8, area: Area, dice: &mut Dice) -> Vec<Stroke> {
        (0..strokes.min(5)).map(|index| self.tally_stroke(index, area, dice)).collect()
    }

    fn tally_stroke(&self, index: u8, area: Area, dice: &mut Dice) -> Stroke {
        let wobble = self.unsteady * 0.12;
        let mut corner = |across: f32, down: f32| {
            area.at(
                (across + dice.around_zero(wobble)).clamp(0.02, 0.98),
                (down + dice.around_zero(wobble)).clamp(0.02, 0.98),
            )
        };
        let points = if index == 4 {
            vec![corner(0.1, 0.72), corner(0.9, 0.28)]
        } else {
            let across = 0.2 + 0.2 * f32::from(index);
            let lean = self.slant * area.height / area.width.max(1.0) * 0.4;
            vec![corner(across + lean, 0.14), corner(across - lean, 0.86)]
        };
        Stroke { points, pen: self.pen.min(area.width * 0.1).min(area.height * 0.14) }
    }

    /// Which way to write this character this person keeps to.
    fn way(&self, symbol: char) -> usize {
        usize::try_from(self.ways >> (u32::from(symbol) % 31 * 2) & 3).unwrap_or(0)
    }

    fn stroke(&self, path: &Path, start: Point, unit: f32, dice: &mut Dice) -> Stroke {
        let mut points = Vec::with_capacity(path.points.len());
        for point in &path.points {
            let x = point.x + (GRID_HEIGHT - point.y) * self.slant + dice.around_zero(self.unsteady);
            let y = point.y + dice.around_zero(self.unsteady);
            points.push(Point { x: start.x + x * unit, y: start.y + y * unit });
        }
        let points = if path.curved && !self.blocky { smooth(&points) } else { points };
        Stroke { points, pen: self.pen.min(unit * 1.5) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(strokes: &[Stroke]) -> Area {
        let points = || strokes.iter().flat_map(|stroke| &stroke.points);
        let left = points().map(|point| point.x).fold(f32::MAX, f32::min);
        let right = points().map(|point| point.x).fold(f32::MIN, f32::max);
        let top = points().map(|point| point.y).fold(f32::MAX, f32::min);
        let bottom = points().map(|point| point.y).fold(f32::MIN, f32::max);
        Area::new(left, top, right - left, bottom - top)
    }

    #[test]
    fn digits_stay_in_their_box_whoever_writes() {
        let area = Area::new(100.0, 200.0, 18.0, 20.0);
        for seed in 0..200 {
            let writer = Writer::new(seed);
            for symbol in "0123456789X".chars() {
                let strokes = writer.digit(symbol, area, &mut Dice::new(seed));
                assert!(area.holds(&extent(&strokes)), "{symbol} by {seed}: {:?}", extent(&strokes));
            }
        }
    }

    #[test]
    fn words_stay_on_their_line_whoever_writes() {
        let area = Area::new(50.0, 50.0, 200.0, 12.0);
        for seed in 0..200 {
            for text in
                ["NOL", "SEMBILAN RATUS SEMBILAN PULUH SEMBILAN", "a (very) long text that has to shrink: 12/34.56"]
            {
                let strokes = Writer::new(seed).words(text, area, &mut Dice::new(seed));
                assert!(area.holds(&extent(&strokes)), "{text} by {seed}: {:?}", extent(&strokes));
            }
        }
    }

    #[test]
    fn a_tally_has_as_many_strokes_as_it_should() {
        let area = Area::new(0.0, 0.0, 20.0, 10.0);
        for strokes in 0..=5 {
            let drawn = Writer::new(1).tally(strokes, area, &mut Dice::new(3));
            assert_eq!(drawn.len(), usize::from(strokes));
            assert!(strokes == 0 || area.holds(&extent(&drawn)));
        }
    }

    #[test]
    fn people_differ_and_stay_themselves() {
        let area = Area::new(0.0, 0.0, 18.0, 20.0);
        let writes = |person, throw| Writer::new(person).digit('7', area, &mut Dice::new(throw));
        assert_eq!(writes(1, 1), writes(1, 1));
        assert_ne!(writes(1, 1), writes(2, 1));
        assert_ne!(writes(1, 1), writes(1, 2));
    }
}
