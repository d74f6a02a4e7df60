//! Section IV: for each pair its name, the tally, the digits and the number in words.

use crate::form::{Cell, Count};
use crate::paper::geometry::Area;
use crate::paper::mark::{Align, Weight, What};
use crate::paper::sheet::Sheet;
use crate::paper::words;

use super::leaf::{BOX_HEIGHT, BOX_WIDTH, Leaf, NUMBER_WIDTH};
use super::{figures, tally};

/// Width of the column with number and names of a pair, in millimetres.
const NAMES: f32 = 112.0;
/// Width of the column with the digits, in millimetres.
const DIGITS: f32 = NUMBER_WIDTH + 10.0;
/// Height of title and table heading, in millimetres.
const HEADING: f32 = 40.0;
/// Gap between the blocks of two pairs, in millimetres.
const GAP: f32 = 3.0;
/// Contests whose form has bubbles 0 to 9 under each digit (C.HASIL-PPWP of February 2024).
const WITH_BUBBLES: [&str; 1] = ["presiden"];

/// Puts section IV on the leaf, one block for each pair, as high as `room` lets it be.
pub(super) fn lay(leaf: &mut Leaf, sheet: &Sheet, room: Area) {
    let cells: Vec<&Cell> = sheet.form().cells().iter().filter(|cell| cell.pair().is_some()).collect();
    let Some(first) = cells.first() else { return };
    if let Some(section) = sheet.form().spec().section(first.spec().section) {
        figures::title(leaf, section, room, room.top - 6.0);
    }
    headings(leaf, room.band(HEADING - 22.0, 20.0));
    let many = f32::from(sheet.form().pairs());
    let height = ((room.height - HEADING) / many - GAP).min(170.0);
    for ((order, cell), names) in (0_u8..).zip(cells).zip(sheet.pairs()) {
        let area = room.band(HEADING + (height + GAP) * f32::from(order), height);
        block(leaf, sheet, cell, names, area);
    }
}

fn headings(leaf: &mut Leaf, area: Area) {
    leaf.put(area, What::Frame { weight: 1.0 });
    let grid = area.width - NAMES - DIGITS - tally::TOTALS;
    let names = area.strip(0.0, NAMES);
    two_lines(leaf, names, ["NOMOR DAN NAMA", "PASANGAN CALON"]);
    leaf.heading(area.strip(NAMES, grid).band(2.0, 8.0), "RINCIAN PEROLEHAN SUARA SAH");
    let numbers = area.strip(NAMES, grid).band(11.0, 7.0);
    let width = grid / f32::from(tally::CELLS);
    for column in 0..tally::CELLS {
        leaf.heading(numbers.strip(width * f32::from(column), width), (column + 1).to_string());
    }
    two_lines(leaf, area.strip(NAMES + grid, tally::TOTALS), ["JUMLAH", "TIAP BARIS"]);
    two_lines(leaf, area.strip(area.width - DIGITS, DIGITS), ["JUMLAH", "SUARA SAH"]);
}

fn two_lines(leaf: &mut Leaf, cell: Area, lines: [&str; 2]) {
    leaf.frame(cell);
    for (at, text) in [2.0, 10.5].into_iter().zip(lines) {
        leaf.heading(cell.band(at, 7.5).strip(2.0, cell.width - 4.0), text);
    }
}

fn block(leaf: &mut Leaf, sheet: &Sheet, cell: &Cell, names: &str, area: Area) {
    leaf.put(area, What::Frame { weight: 1.0 });
    let spoken = (area.height * 0.22).clamp(12.0, 30.0);
    let grid_height = area.height - spoken;
    pair(leaf, cell, names, area.strip(0.0, NAMES).band(0.0, grid_height));
    let digits = area.strip(area.width - DIGITS, DIGITS);
    leaf.frame(digits);
    let count = sheet.counts().get(cell.id());
    leaf.number(digits.band(2.0, BOX_HEIGHT + 2.0), cell.id(), count, sheet.crosses_unused());
    if WITH_BUBBLES.contains(&sheet.form().contest().id) {
        bubbles(leaf, digits.band(BOX_HEIGHT + 6.0, area.height - BOX_HEIGHT - 8.0), count);
    }
    let Some(count) = count else { return };
    let rows = (sheet.form().spec().dpt_limit / tally::ROW).max(1);
    tally::lay(leaf, area.strip(NAMES, area.width - NAMES - DIGITS).band(0.0, grid_height), rows, cell.id(), count);
    in_words(leaf, area.strip(0.0, area.width - DIGITS).band(grid_height, spoken), cell, count);
}

fn pair(leaf: &mut Leaf, cell: &Cell, names: &str, area: Area) {
    let number = (area.height * 0.4).min(24.0);
    leaf.heading(area.band(area.height * 0.06, number), cell.pair().map_or_else(String::new, |pair| pair.to_string()));
    let line = (area.height * 0.2).min(10.0);
    let lines: Vec<&str> = names.lines().take(2).collect();
    for (at, text) in [0.0, 1.0].into_iter().zip(lines) {
        let band = area.band(area.height * 0.08 + number + line * at, line);
        leaf.heading(band.strip(3.0, area.width - 6.0), text);
    }
}

/// A number in words on a dotted line, after the word *Terbilang*.
pub(super) fn in_words(leaf: &mut Leaf, area: Area, cell: &Cell, count: Count) {
    let line = area.band(area.height * 0.1, area.height * 0.8);
    leaf.print(line.strip(3.0, 36.0).band(line.height - 9.0, 7.5), "Terbilang :", Weight::Plain, Align::Left);
    let written = line.strip(42.0, area.width - 48.0);
    leaf.put(written, What::Dots);
    leaf.put(written, What::Words { cell: cell.id().clone(), text: words::number(count.get()) });
}

/// Three columns of bubbles under the three boxes; the ones for the written digits are filled in.
fn bubbles(leaf: &mut Leaf, area: Area, count: Option<Count>) {
    let size = (area.height / 10.0).min(9.0);
    let pitch = NUMBER_WIDTH / 3.0;
    let left = area.left + (area.width - NUMBER_WIDTH) / 2.0;
    for (place, divisor) in [(0.0, 100), (1.0, 10), (2.0, 1)] {
        let middle = left + BOX_WIDTH / 2.0 + (pitch + 1.0) * place;
        let digit =
            count.map(Count::get).filter(|value| *value >= divisor || divisor == 1).map(|value| value / divisor % 10);
        for value in 0..10_u8 {
            let bubble =
                Area::new(middle - size / 2.0, area.top + size * f32::from(value), size, size).inset(size * 0.1);
            leaf.put(bubble, What::Bubble { value, filled: false });
            if digit == Some(u16::from(value)) {
                leaf.put(bubble, What::Bubble { value, filled: true });
            }
        }
    }
}
