//! Perspective: from a place in the picture to a place on the sheet.

use crate::paper::geometry::Point;

/// The projective map from picture pixels to shares of the sheet (0..=1 across and down).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lens {
    rows: [[f32; 3]; 3],
}

impl Lens {
    /// The map under which the sheet's corners (upper left, upper right, lower right, lower left) appear at these pixels.
    ///
    /// The corners go round a convex quadrilateral.
    pub(super) fn looking_at(corners: [Point; 4]) -> Self {
        let forward = square_to(corners.map(|corner| [f64::from(corner.x), f64::from(corner.y)]));
        Self { rows: adjugate(forward).map(|row| row.map(narrow)) }
    }

    /// Where on the sheet the pixel row `y` is looked at: a function of x.
    pub(super) fn row(&self, y: f32) -> impl Fn(f32) -> (f32, f32) + use<> {
        let [across, down, depth] = self.rows.map(|[a, b, c]| (a, b * y + c));
        move |x| {
            let scale = 1.0 / (depth.0 * x + depth.1);
            ((across.0 * x + across.1) * scale, (down.0 * x + down.1) * scale)
        }
    }
}

/// The map from the unit square to a quadrilateral (Heckbert, *Fundamentals of Texture Mapping*, 1989, section 2.2.3).
fn square_to([upper_left, upper_right, lower_right, lower_left]: [[f64; 2]; 4]) -> [[f64; 3]; 3] {
    let axis = |at: usize| {
        let first = upper_right[at] - lower_right[at];
        let second = lower_left[at] - lower_right[at];
        let sum = upper_left[at] - upper_right[at] + lower_right[at] - lower_left[at];
        (first, second, sum)
    };
    let ((x1, x2, xs), (y1, y2, ys)) = (axis(0), axis(1));
    let denominator = x1 * y2 - x2 * y1;
    let g = (xs * y2 - x2 * ys) / denominator;
    let h = (x1 * ys - xs * y1) / denominator;
    let row = |at: usize| {
        [
            upper_right[at] - upper_left[at] + g * upper_right[at],
            lower_left[at] - upper_left[at] + h * lower_left[at],
            upper_left[at],
        ]
    };
    [row(0), row(1), [g, h, 1.0]]
}

/// The inverse up to a factor, which a projective map does not notice; scaled so that the last number is 1.
///
/// Its columns are the cross products of the rows.
fn adjugate([first, second, third]: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let columns = [cross(second, third), cross(third, first), cross(first, second)];
    let last = columns[2][2];
    [0, 1, 2].map(|row| columns.map(|column| column[row] / last))
}

fn cross([x1, y1, z1]: [f64; 3], [x2, y2, z2]: [f64; 3]) -> [f64; 3] {
    [y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2]
}

#[expect(clippy::cast_possible_truncation, reason = "a picture needs no more than the 24 bits of precision that stay")]
const fn narrow(number: f64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_of_the_picture_are_corners_of_the_sheet() {
        let corners = [(110.0, 90.0), (1010.0, 140.0), (1060.0, 1500.0), (80.0, 1420.0)].map(|(x, y)| Point { x, y });
        let lens = Lens::looking_at(corners);
        for (corner, expected) in corners.into_iter().zip([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]) {
            let (across, down) = lens.row(corner.y)(corner.x);
            assert!(
                (across - expected.0).abs() < 1e-3 && (down - expected.1).abs() < 1e-3,
                "{corner:?}: {across} {down}"
            );
        }
    }

    #[test]
    fn a_square_view_is_even() {
        let corners = [(0.0, 0.0), (600.0, 0.0), (600.0, 900.0), (0.0, 900.0)].map(|(x, y)| Point { x, y });
        let (across, down) = Lens::looking_at(corners).row(225.0)(300.0);
        assert!((across - 0.5).abs() < 1e-4 && (down - 0.25).abs() < 1e-4);
    }
}
