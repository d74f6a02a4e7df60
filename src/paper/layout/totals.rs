//! Section V: valid, invalid and all votes, with digits and words; the invalid ones are tallied too.

use crate::form::{Cell, Page};
use crate::paper::geometry::Area;
use crate::paper::mark::What;
use crate::paper::sheet::Sheet;
use crate::paper::words;

use super::leaf::{BOX_HEIGHT, Leaf, NUMBER_WIDTH};
use super::{figures, tally, votes};

/// The row that is counted by strokes on this page.
const TALLIED: &str = "invalid";
/// Rows of its tally grid; there are far fewer invalid votes than valid ones.
const TALLY_ROWS: u16 = 4;
/// Width of the column with the digits, in millimetres.
const DIGITS: f32 = NUMBER_WIDTH + 22.0;
/// Height of a row without its tally, in millimetres.
const ROW: f32 = 82.0;
/// Height of the tally of invalid votes, in millimetres.
const TALLY: f32 = 124.0;

/// Puts the sections of `page` on the leaf, then place and date.
pub(super) fn lay(leaf: &mut Leaf, sheet: &Sheet, page: Page, room: Area) {
    let cells: Vec<&Cell> = sheet.form().cells().iter().filter(|cell| cell.page() == page).collect();
    let mut top = room.top + 4.0;
    let mut section = "";
    for cell in cells {
        if cell.spec().section != section {
            section = cell.spec().section;
            if let Some(section) = sheet.form().spec().section(section) {
                figures::title(leaf, section, room, top - 8.0);
                top += 20.0;
            }
        }
        let height = if cell.spec().id == TALLIED { ROW + TALLY } else { ROW };
        row(leaf, sheet, cell, Area::new(room.left, top, room.width, height));
        top += height + 4.0;
    }
    settled(leaf, sheet, Area::new(room.left, top + 14.0, room.width, 12.0));
}

fn row(leaf: &mut Leaf, sheet: &Sheet, cell: &Cell, area: Area) {
    leaf.put(area, What::Frame { weight: 1.0 });
    let text = area.strip(0.0, area.width - DIGITS);
    let digits = area.strip(text.width, DIGITS);
    leaf.frame(digits);
    let count = sheet.counts().get(cell.id());
    leaf.number(digits.band(12.0, BOX_HEIGHT + 6.0), cell.id(), count, sheet.crosses_unused());
    leaf.text(text.band(14.0, 11.0).strip(5.0, 22.0), cell.number());
    leaf.text(text.band(14.0, 11.0).strip(28.0, text.width - 32.0), cell.spec().printed);
    let Some(count) = count else { return };
    if cell.spec().id == TALLIED {
        let grid = text.band(36.0, TALLY).strip(5.0, text.width - 10.0);
        tally::lay(leaf, grid, TALLY_ROWS, cell.id(), count);
    }
    votes::in_words(leaf, text.band(area.height - 36.0, 32.0), cell, count);
}

fn settled(leaf: &mut Leaf, sheet: &Sheet, line: Area) {
    let date = sheet.date();
    let when = format!("{} {} {}", date.day(), words::month(date), date.year());
    leaf.text(line.strip(120.0, 58.0).band(2.0, 9.0), "Ditetapkan di");
    leaf.entry(line.strip(180.0, 130.0), sheet.place().kelurahan.clone());
    leaf.text(line.strip(316.0, 36.0).band(2.0, 9.0), "tanggal");
    leaf.entry(line.strip(354.0, 150.0), when);
}
