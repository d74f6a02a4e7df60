//! The tally grid: groups of five strokes in printed cells, with the total of each row.

use crate::form::{CellId, Count};
use crate::paper::geometry::Area;
use crate::paper::mark::What;

use super::leaf::Leaf;

/// Cells in one row of a grid; five strokes go into each, so that a full row is 60 (C.HASIL-PPWP of February 2024).
pub(super) const CELLS: u16 = 12;
/// Votes in a full row.
pub(super) const ROW: u16 = CELLS * GROUP;
const GROUP: u16 = 5;
/// Width of the column of row totals in millimetres.
pub(super) const TOTALS: f32 = 34.0;

/// Rules a grid of `rows` rows in `area`, strokes for `count`, and the row totals in the strip at its right.
///
/// Officials who run out of cells write smaller: all groups always find room, several to a cell when they must.
pub(super) fn lay(leaf: &mut Leaf, area: Area, rows: u16, cell: &CellId, count: Count) {
    let grid = area.strip(0.0, area.width - TOTALS);
    rule(leaf, area, grid, rows);
    let count = count.get();
    let crowd = count.div_ceil(GROUP).div_ceil(CELLS * rows).max(1);
    let height = area.height / f32::from(rows);
    for row in 0..rows {
        let full_row = ROW * crowd;
        let total = count.saturating_sub(row * full_row).min(full_row);
        if total == 0 {
            break;
        }
        let line = grid.band(height * f32::from(row), height);
        strokes(leaf, line, cell, total, crowd);
        let sum = Area::new(grid.right() + 5.0, line.top, TOTALS - 8.0, height).inset(0.4);
        leaf.put(sum, What::RowTotal { cell: cell.clone(), total });
    }
}

fn strokes(leaf: &mut Leaf, line: Area, cell: &CellId, total: u16, crowd: u16) {
    let slot = line.width / f32::from(CELLS * crowd);
    for group in 0..total.div_ceil(GROUP) {
        let left = total - group * GROUP;
        let area = line.strip(slot * f32::from(group), slot).inset(0.4);
        let strokes = u8::try_from(left.min(GROUP)).unwrap_or(5);
        leaf.put(area, What::Tally { cell: cell.clone(), strokes });
    }
}

fn rule(leaf: &mut Leaf, area: Area, grid: Area, rows: u16) {
    leaf.put(area, What::Frame { weight: 1.0 });
    let height = area.height / f32::from(rows);
    for row in 1..rows {
        leaf.put(area.band(height * f32::from(row) - 0.2, 0.4), What::Solid);
    }
    let width = grid.width / f32::from(CELLS);
    for column in 1..CELLS {
        leaf.put(grid.strip(width * f32::from(column) - 0.2, 0.4), What::Solid);
    }
    leaf.put(area.strip(grid.width - 0.4, 0.8), What::Solid);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_and_row_totals_add_up_to_the_count() {
        let area = Area::new(0.0, 0.0, 334.0, 60.0);
        let cell = "votes.1".parse::<CellId>().expect("a box");
        for count in 0..=999 {
            for rows in [4, 5, 10] {
                let mut leaf = Leaf::default();
                lay(&mut leaf, area, rows, &cell, Count::new(count).expect("three digits"));
                let marks = leaf.into_marks();
                let strokes = marks
                    .iter()
                    .map(|mark| if let What::Tally { strokes, .. } = mark.what { strokes.into() } else { 0 });
                let totals =
                    marks.iter().map(|mark| if let What::RowTotal { total, .. } = mark.what { total } else { 0 });
                assert_eq!((strokes.sum::<u16>(), totals.sum::<u16>()), (count, count), "{rows} rows");
                assert!(marks.iter().all(|mark| area.holds(&mark.area)), "{count} in {rows} rows");
            }
        }
    }
}
