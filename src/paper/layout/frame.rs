//! What every page has around its content: corner markers, model box, page tag, practice marks.

use crate::form::Page;
use crate::paper::geometry::{Area, SHEET_HEIGHT, SHEET_WIDTH};
use crate::paper::mark::{Align, Weight, What};
use crate::paper::sheet::Sheet;
use crate::paper::tag::Tag;

use super::leaf::Leaf;

/// Side of one of the two squares of a corner marker, in millimetres.
const SQUARE: f32 = 9.0;
/// Distance of a corner marker from the edges of the sheet, in millimetres.
const EDGE: f32 = 12.0;

/// In the margins of every page, so that no picture of a practice sheet passes for a real one.
const PRACTICE: &str = "LATIHAN / CONTOH – BUKAN DOKUMEN RESMI – PRACTICE SHEET";

/// Puts the frame of `page` on the leaf.
pub(super) fn lay(leaf: &mut Leaf, sheet: &Sheet, page: Page) {
    corner_markers(leaf);
    tear_off_line(leaf);
    identity(leaf, sheet, page);
    let middle = SHEET_HEIGHT / 2.0;
    leaf.put(Area::new(16.0, middle - 150.0, 9.0, 300.0), What::Practice { text: PRACTICE, turned: true });
    leaf.put(
        Area::new(SHEET_WIDTH - 25.0, middle - 150.0, 9.0, 300.0),
        What::Practice { text: PRACTICE, turned: true },
    );
    leaf.put(Area::new(150.0, SHEET_HEIGHT - 24.0, 300.0, 9.0), What::Practice { text: PRACTICE, turned: false });
}

/// Two black squares set diagonally in each corner, touching where the diagonal of the sheet passes between them.
fn corner_markers(leaf: &mut Leaf) {
    let far_x = SHEET_WIDTH - EDGE - 2.0 * SQUARE;
    let far_y = SHEET_HEIGHT - EDGE - 2.0 * SQUARE;
    for (left, top) in [(EDGE, EDGE), (far_x, EDGE), (EDGE, far_y), (far_x, far_y)] {
        leaf.put(Area::new(left, top, SQUARE, SQUARE), What::Solid);
        leaf.put(Area::new(left + SQUARE, top + SQUARE, SQUARE, SQUARE), What::Solid);
    }
}

fn tear_off_line(leaf: &mut Leaf) {
    leaf.put(Area::new(EDGE + 2.5 * SQUARE, EDGE - 4.0, SHEET_WIDTH - 2.0 * EDGE - 5.0 * SQUARE, 3.0), What::Dots);
}

/// The model box, the page of pages, and the tag with its number beside it.
fn identity(leaf: &mut Leaf, sheet: &Sheet, page: Page) {
    let model = Area::new(462.0, 40.0, 96.0, 24.0);
    leaf.put(model, What::Frame { weight: 1.0 });
    leaf.heading(Area::new(466.0, 42.0, 88.0, 9.0), "MODEL");
    leaf.heading(Area::new(466.0, 52.0, 88.0, 10.0), sheet.form().contest().model);
    let pages = sheet.form().pages().len();
    leaf.print(Area::new(462.0, 66.0, 96.0, 9.0), format!("Halaman {page} dari {pages}"), Weight::Bold, Align::Right);
    let tag = Tag::new(u8::try_from(sheet.form().spec().tag(page)).unwrap_or(u8::MAX));
    leaf.put(Area::new(516.0, 77.0, 42.0, 42.0), What::Tag(tag));
    leaf.put(
        Area::new(502.0, 82.0, 10.0, 32.0),
        What::Text { text: tag.id().to_string(), weight: Weight::Plain, align: Align::Middle, turned: true },
    );
}
