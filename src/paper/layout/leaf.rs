//! A page being laid out: short names for the marks that occur everywhere.

use crate::form::{CellId, Count};
use crate::paper::geometry::Area;
use crate::paper::mark::{Align, Mark, Weight, What};

/// Width of one digit box in millimetres.
pub(super) const BOX_WIDTH: f32 = 18.0;
/// Height of one digit box in millimetres.
pub(super) const BOX_HEIGHT: f32 = 20.0;
/// Gap between two digit boxes of a number in millimetres.
const BOX_GAP: f32 = 3.0;
/// Width of the three boxes of a number in millimetres.
pub(super) const NUMBER_WIDTH: f32 = 3.0 * BOX_WIDTH + 2.0 * BOX_GAP;

/// The marks of a page, in the order they are put on it.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    marks: Vec<Mark>,
}

impl Leaf {
    /// Everything put on the page.
    pub(super) fn into_marks(self) -> Vec<Mark> {
        self.marks
    }

    /// Puts one thing at `area`.
    pub(super) fn put(&mut self, area: Area, what: What) {
        self.marks.push(Mark { area, what });
    }

    /// Prints plain text from the left edge.
    pub(super) fn text(&mut self, area: Area, text: impl Into<String>) {
        self.print(area, text, Weight::Plain, Align::Left);
    }

    /// Prints a bold heading in the middle.
    pub(super) fn heading(&mut self, area: Area, text: impl Into<String>) {
        self.print(area, text, Weight::Bold, Align::Middle);
    }

    /// Prints text as told.
    pub(super) fn print(&mut self, area: Area, text: impl Into<String>, weight: Weight, align: Align) {
        self.put(area, What::Text { text: text.into(), weight, align, turned: false });
    }

    /// Outlines `area` with a thin line.
    pub(super) fn frame(&mut self, area: Area) {
        self.put(area, What::Frame { weight: 0.7 });
    }

    /// Writes `text` by hand on a dotted line.
    pub(super) fn entry(&mut self, area: Area, text: impl Into<String>) {
        self.put(area, What::Dots);
        self.put(area, What::Written { text: text.into() });
    }

    /// The three digit boxes of a number in the middle of `area`, and the number written in them.
    ///
    /// Unused leading boxes carry an X; officials may also leave them empty, which happens where `crossed` is false.
    pub(super) fn number(&mut self, area: Area, cell: &CellId, count: Option<Count>, crossed: bool) {
        let left = area.left + (area.width - NUMBER_WIDTH) / 2.0;
        let top = area.top + (area.height - BOX_HEIGHT) / 2.0;
        let mut left_of = left;
        for (place, symbol) in (0_u8..).zip(symbols(count, crossed)) {
            let digit = Area::new(left_of, top, BOX_WIDTH, BOX_HEIGHT);
            self.put(digit, What::DigitBox { cell: cell.clone(), place });
            if let Some(symbol) = symbol {
                self.put(digit.inset(0.8), What::Digit { cell: cell.clone(), place, symbol });
            }
            left_of += BOX_WIDTH + BOX_GAP;
        }
    }
}

/// What stands in the boxes for hundreds, tens and units.
fn symbols(count: Option<Count>, crossed: bool) -> [Option<char>; 3] {
    let Some(value) = count.map(Count::get) else { return [None; 3] };
    let digit = |divisor: u16| char::from_digit(u32::from(value / divisor % 10), 10);
    let unused = if crossed { Some('X') } else { None };
    [if value >= 100 { digit(100) } else { unused }, if value >= 10 { digit(10) } else { unused }, digit(1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_the_right_of_their_boxes() {
        for (value, crossed, expected) in [
            (0, true, [Some('X'), Some('X'), Some('0')]),
            (7, false, [None, None, Some('7')]),
            (10, true, [Some('X'), Some('1'), Some('0')]),
            (62, false, [None, Some('6'), Some('2')]),
            (100, true, [Some('1'), Some('0'), Some('0')]),
            (909, false, [Some('9'), Some('0'), Some('9')]),
        ] {
            assert_eq!(symbols(Count::new(value).ok(), crossed), expected, "{value}");
        }
        assert_eq!(symbols(None, true), [None; 3]);
    }
}
