//! What stands on a page: the layout as data, before anything is drawn.

use super::geometry::Area;
use super::tag::Tag;
use crate::form::CellId;

/// One thing on the page. Text and handwriting never leave the area.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The place it takes.
    pub area: Area,
    /// What is there.
    pub what: What,
}

/// The kinds of things on a page: printed ones first, then what officials write.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A black surface: a ruled line, half of a corner marker.
    Solid,
    /// The outline of a table, a cell or a box.
    Frame {
        /// Thickness of the line in millimetres.
        weight: f32,
    },
    /// Printed text on one line.
    Text {
        /// The words.
        text: String,
        /// Plain or bold.
        weight: Weight,
        /// Where in the area a shorter line stands.
        align: Align,
        /// Whether it reads from bottom to top.
        turned: bool,
    },
    /// A dotted line along the lower edge, to write on.
    Dots,
    /// An empty box for one digit, with a faint dotted seven-segment guide.
    DigitBox {
        /// The number it belongs to.
        cell: CellId,
        /// Hundreds 0, tens 1, units 2.
        place: u8,
    },
    /// A bubble for one value of one digit, as the presidential form has them.
    Bubble {
        /// The value printed in it.
        value: u8,
        /// Whether it has been filled in.
        filled: bool,
    },
    /// The square tag of the page.
    Tag(Tag),
    /// The mark that tells a practice sheet from a real one, in grey.
    Practice {
        /// The words.
        text: &'static str,
        /// Whether it reads from bottom to top.
        turned: bool,
    },
    /// A digit written in a box, or the X of an unused one.
    Digit {
        /// The number it belongs to.
        cell: CellId,
        /// Hundreds 0, tens 1, units 2.
        place: u8,
        /// `0` to `9` or `X`.
        symbol: char,
    },
    /// One group of tally strokes (*turus*), the fifth across the others.
    Tally {
        /// The number it is counted for.
        cell: CellId,
        /// 1 to 5.
        strokes: u8,
    },
    /// The total of one row of a tally grid.
    RowTotal {
        /// The number it is counted for.
        cell: CellId,
        /// What is written.
        total: u16,
    },
    /// A number in words.
    Words {
        /// The number it says.
        cell: CellId,
        /// The words.
        text: String,
    },
    /// Anything else that is written by hand: a name of a place, a date, a time.
    Written {
        /// The words.
        text: String,
    },
    /// The scribble of one person.
    Signature {
        /// Which of the people at the foot of the page: KPPS 1 to 7, then the witnesses from 101.
        person: u16,
    },
}

/// Thickness of printed letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Plain,
    /// Titles and headings.
    Bold,
}

/// Where a line of text stands in its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// From the left edge.
    Left,
    /// In the middle.
    Middle,
    /// Up to the right edge.
    Right,
}

impl Mark {
    /// Whether it comes from the printing works, the same on every sheet of a contest.
    #[must_use]
    pub const fn is_printed(&self) -> bool {
        match self.what {
            What::Solid
            | What::Frame { .. }
            | What::Text { .. }
            | What::Dots
            | What::DigitBox { .. }
            | What::Bubble { filled: false, .. }
            | What::Tag(_)
            | What::Practice { .. } => true,
            What::Bubble { filled: true, .. }
            | What::Digit { .. }
            | What::Tally { .. }
            | What::RowTotal { .. }
            | What::Words { .. }
            | What::Written { .. }
            | What::Signature { .. } => false,
        }
    }
}
