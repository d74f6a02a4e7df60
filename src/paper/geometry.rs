//! Places on the sheet, in millimetres from its upper left corner.

/// Width of a plano sheet in millimetres.
pub const SHEET_WIDTH: f32 = 600.0;
/// Height of a plano sheet in millimetres.
pub const SHEET_HEIGHT: f32 = 900.0;

/// A point on the sheet, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A rectangle on the sheet, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Extent to the right.
    pub width: f32,
    /// Extent downwards.
    pub height: f32,
}

impl Area {
    /// The whole sheet.
    pub const SHEET: Self = Self::new(0.0, 0.0, SHEET_WIDTH, SHEET_HEIGHT);

    /// A rectangle by its upper left corner and its extent.
    #[must_use]
    pub const fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { left, top, width, height }
    }

    /// The x of its right edge.
    #[must_use]
    pub const fn right(&self) -> f32 {
        self.left + self.width
    }

    /// The y of its lower edge.
    #[must_use]
    pub const fn bottom(&self) -> f32 {
        self.top + self.height
    }

    /// The same rectangle without `edge` millimetres on every side.
    #[must_use]
    pub const fn inset(&self, edge: f32) -> Self {
        Self::new(self.left + edge, self.top + edge, self.width - 2.0 * edge, self.height - 2.0 * edge)
    }

    /// The horizontal band that starts `from` millimetres below the upper edge and is `height` high.
    #[must_use]
    pub const fn band(&self, from: f32, height: f32) -> Self {
        Self::new(self.left, self.top + from, self.width, height)
    }

    /// The vertical strip that starts `from` millimetres right of the left edge and is `width` wide.
    #[must_use]
    pub const fn strip(&self, from: f32, width: f32) -> Self {
        Self::new(self.left + from, self.top, width, self.height)
    }

    /// The point at these shares (0..=1) of the width and the height.
    #[must_use]
    pub const fn at(&self, across: f32, down: f32) -> Point {
        Point { x: self.left + self.width * across, y: self.top + self.height * down }
    }

    /// Whether the two share more than a tenth of a millimetre each way.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let across = self.right().min(other.right()) - self.left.max(other.left);
        let down = self.bottom().min(other.bottom()) - self.top.max(other.top);
        across > 0.1 && down > 0.1
    }

    /// Whether `other` lies inside, a tenth of a millimetre forgiven.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        other.left >= self.left - 0.1
            && other.top >= self.top - 0.1
            && other.right() <= self.right() + 0.1
            && other.bottom() <= self.bottom() + 0.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_is_not_overlapping() {
        let first = Area::new(0.0, 0.0, 10.0, 10.0);
        for (other, overlaps) in [
            (Area::new(10.0, 0.0, 5.0, 5.0), false),
            (Area::new(0.0, 10.0, 5.0, 5.0), false),
            (Area::new(9.0, 9.0, 5.0, 5.0), true),
            (Area::new(2.0, 2.0, 2.0, 2.0), true),
            (Area::new(20.0, 2.0, 2.0, 2.0), false),
        ] {
            assert_eq!(first.overlaps(&other), overlaps, "{other:?}");
            assert_eq!(other.overlaps(&first), overlaps, "{other:?}");
        }
    }

    #[test]
    fn parts_lie_inside() {
        let area = Area::new(10.0, 20.0, 100.0, 50.0);
        for part in [area.inset(5.0), area.band(10.0, 40.0), area.strip(99.0, 1.0), area] {
            assert!(area.holds(&part), "{part:?}");
        }
        assert!(!area.holds(&area.inset(-1.0)));
        assert_eq!(area.at(0.5, 1.0), Point { x: 60.0, y: 70.0 });
    }
}
