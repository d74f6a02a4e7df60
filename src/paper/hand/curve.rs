//! Smooth curves through given points.

use crate::paper::geometry::Point;

/// Pieces between two given points; enough that no corner shows on a 12 megapixel picture of the sheet.
const PIECES: u8 = 6;

/// Points along the Catmull-Rom curve through `points`; the ends are kept.
pub(super) fn smooth(points: &[Point]) -> Vec<Point> {
    let Some(last) = points.last() else { return Vec::new() };
    let mut out = Vec::with_capacity(points.len() * usize::from(PIECES) + 1);
    for index in 0..points.len() - 1 {
        let before = points[index.saturating_sub(1)];
        let after = points[(index + 2).min(points.len() - 1)];
        for piece in 0..PIECES {
            let share = f32::from(piece) / f32::from(PIECES);
            out.push(between([before, points[index], points[index + 1], after], share));
        }
    }
    out.push(*last);
    out
}

fn between([before, from, to, after]: [Point; 4], share: f32) -> Point {
    let axis = |a: f32, b: f32, c: f32, d: f32| {
        let linear = c - a;
        let square = 2.0 * a - 5.0 * b + 4.0 * c - d;
        let cube = 3.0 * (b - c) + d - a;
        b + 0.5 * share * (linear + share * (square + share * cube))
    };
    Point { x: axis(before.x, from.x, to.x, after.x), y: axis(before.y, from.y, to.y, after.y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_passes_through_its_points() {
        let points = [(0.0, 0.0), (1.0, 2.0), (3.0, 1.0), (4.0, 4.0)].map(|(x, y)| Point { x, y });
        let curve = smooth(&points);
        assert!(points.iter().all(|point| curve.contains(point)));
        assert_eq!(curve.len(), 3 * usize::from(PIECES) + 1);
    }

    #[test]
    fn few_points_are_no_trouble() {
        assert!(smooth(&[]).is_empty());
        let one = Point { x: 1.0, y: 1.0 };
        assert_eq!(smooth(&[one]), [one]);
    }
}
