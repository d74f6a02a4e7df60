//! Signatures of nobody: loops that look signed and say no name.

use super::curve::smooth;
use super::writer::{Stroke, Writer};
use crate::paper::geometry::{Area, Point};
use crate::paper::random::Dice;

impl Writer {
    /// A scribble inside `area`; the same dice give the same signature.
    ///
    /// The pen is a ball pen of half a millimetre to a millimetre, whatever the writer uses for the figures.
    #[must_use]
    pub fn signature(area: Area, dice: &mut Dice) -> Vec<Stroke> {
        let pen = dice.between(0.5, 1.0);
        let inner = area.inset(area.height.min(area.width) * 0.12);
        let mut strokes = vec![Stroke { points: smooth(&loops(inner, dice)), pen }];
        if dice.percent(45) {
            let down = dice.between(0.65, 0.95);
            let points = [
                inner.at(dice.between(0.0, 0.2), down),
                inner.at(0.5, down - 0.05),
                inner.at(dice.between(0.8, 1.0), down),
            ];
            strokes.push(Stroke { points: smooth(&points), pen });
        }
        for stroke in &mut strokes {
            for point in &mut stroke.points {
                *point = kept_inside(*point, area);
            }
        }
        strokes
    }
}

fn loops(area: Area, dice: &mut Dice) -> Vec<Point> {
    let turns = 7 + u8::try_from(dice.below(7)).unwrap_or(0);
    let (first, last) = (dice.between(0.05, 0.2), dice.between(0.8, 0.98));
    (0..turns)
        .map(|turn| {
            let share = f32::from(turn) / f32::from(turns - 1);
            let across = first + (last - first) * share + dice.around_zero(0.16);
            let reach = 0.45 - 0.25 * share;
            let down = if turn % 2 == 0 { 0.5 - dice.between(0.05, reach) } else { 0.5 + dice.between(0.05, reach) };
            area.at(across.clamp(0.0, 1.0), down)
        })
        .collect()
}

/// A curve may swing out a little beyond its corners; a signature never leaves its cell.
const fn kept_inside(point: Point, area: Area) -> Point {
    Point { x: point.x.clamp(area.left, area.right()), y: point.y.clamp(area.top, area.bottom()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_keeps_to_its_cell_and_to_its_person() {
        let area = Area::new(10.0, 10.0, 60.0, 25.0);
        for person in 0..100 {
            let signed = Writer::signature(area, &mut Dice::new(person));
            let points = signed.iter().flat_map(|stroke| &stroke.points);
            assert!(points.clone().count() > 20);
            assert!(points.into_iter().all(|point| area.holds(&Area::new(point.x, point.y, 0.0, 0.0))), "{person}");
            assert_eq!(signed, Writer::signature(area, &mut Dice::new(person)));
        }
        assert_ne!(Writer::signature(area, &mut Dice::new(1)), Writer::signature(area, &mut Dice::new(2)));
    }
}
