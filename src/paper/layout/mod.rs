//! Where everything stands on a page: pure, no pixels.
//!
//! In scope: the printed form and what officials write on it, as [`Mark`]s in millimetres.
//! Not here: how marks look (`draw`), whose hand it is (`hand`).

mod figures;
mod foot;
mod frame;
mod head;
mod leaf;
mod tally;
mod totals;
mod votes;

use super::mark::Mark;
use super::sheet::Sheet;
use crate::form::Page;
use leaf::Leaf;

/// Everything on `page` of `sheet`, printed and written.
#[must_use]
pub fn page(sheet: &Sheet, page: Page) -> Vec<Mark> {
    let mut leaf = Leaf::default();
    frame::lay(&mut leaf, sheet, page);
    let body = head::lay(&mut leaf, sheet, page);
    let foot = foot::lay(&mut leaf, sheet);
    let room = super::geometry::Area::new(body.left, body.top, body.width, foot.top - body.top - 6.0);
    if page == Page::FIRST {
        figures::lay(&mut leaf, sheet, page, room);
    } else if page == Page::SECOND {
        votes::lay(&mut leaf, sheet, room);
    } else {
        totals::lay(&mut leaf, sheet, page, room);
    }
    leaf.into_marks()
}
