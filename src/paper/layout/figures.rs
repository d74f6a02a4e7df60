//! Sections with rows of boxes: voters, ballots, voters with a disability.

use crate::form::{BoxSpec, Column, Form, Lang, Page, SectionSpec};
use crate::paper::geometry::Area;
use crate::paper::mark::{Align, Weight, What};
use crate::paper::sheet::Sheet;

use super::leaf::{BOX_HEIGHT, Leaf, NUMBER_WIDTH};

/// Width of the column of one number in millimetres.
const COLUMN: f32 = NUMBER_WIDTH + 22.0;
/// Height of the title and the table heading of a section, with the gap before them, in millimetres.
const SECTION: f32 = 38.0;

/// Puts every section of `page` on the leaf, the rows as high as `room` lets them be.
pub(super) fn lay(leaf: &mut Leaf, sheet: &Sheet, page: Page, room: Area) {
    let spec = sheet.form().spec();
    let sections: Vec<_> = spec.sections.iter().map(|section| (section, rows(sheet.form(), section, page))).collect();
    let sections: Vec<_> = sections.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    let many: f32 = sections.iter().flat_map(|(_, rows)| rows).map(|_| 1.0).sum();
    let titles: f32 = sections.iter().map(|_| SECTION).sum();
    let height = ((room.height - titles) / many).clamp(BOX_HEIGHT + 1.0, BOX_HEIGHT + 12.0);
    let mut top = room.top;
    for (section, rows) in sections {
        title(leaf, section, room, top);
        let area = Area::new(room.left, top + SECTION - 14.0, room.width, 14.0);
        headings(leaf, area, rows[0].columns.each());
        top += SECTION;
        for row in rows {
            numbers(leaf, sheet, row, Area::new(room.left, top, room.width, height));
            top += height;
        }
    }
}

fn rows(form: &Form, section: &SectionSpec, page: Page) -> Vec<&'static BoxSpec> {
    form.spec().boxes.iter().filter(|row| row.section == section.number && row.page == page).collect()
}

/// Prints the Roman number and the title of a section at `top`.
pub(super) fn title(leaf: &mut Leaf, section: &SectionSpec, room: Area, top: f32) {
    let line = Area::new(room.left, top + 10.0, room.width, 10.5);
    leaf.print(line.strip(0.0, 20.0), format!("{}.", section.number), Weight::Bold, Align::Left);
    leaf.print(line.strip(22.0, room.width - 22.0), section.title.get(Lang::Id), Weight::Bold, Align::Left);
}

fn headings(leaf: &mut Leaf, area: Area, columns: &[Column]) {
    leaf.put(area, What::Frame { weight: 1.0 });
    let mut left = area.width;
    for column in columns.iter().rev() {
        left -= COLUMN;
        let cell = area.strip(left, COLUMN);
        leaf.frame(cell);
        leaf.heading(cell.inset(2.5), column_title(*column));
    }
    leaf.heading(area.strip(0.0, left).inset(2.5), "URAIAN");
}

const fn column_title(column: Column) -> &'static str {
    match column {
        Column::L => "LAKI-LAKI (L)",
        Column::P => "PEREMPUAN (P)",
        Column::J => "JUMLAH (L+P)",
        Column::Only => "JUMLAH",
    }
}

fn numbers(leaf: &mut Leaf, sheet: &Sheet, row: &'static BoxSpec, area: Area) {
    leaf.frame(area);
    let cells: Vec<_> = sheet.form().cells().iter().filter(|cell| cell.spec().id == row.id).collect();
    let mut left = area.width;
    for cell in cells.iter().rev() {
        left -= COLUMN;
        let column = area.strip(left, COLUMN);
        leaf.frame(column);
        leaf.number(column, cell.id(), sheet.counts().get(cell.id()), sheet.crosses_unused());
    }
    let middle = area.band((area.height - 9.0) / 2.0, 9.0);
    leaf.text(middle.strip(5.0, 22.0), row.number);
    leaf.text(middle.strip(28.0, left - 32.0), row.printed);
}
