//! The foot of every page: signatures of the seven KPPS and of one saksi for each pair.

use crate::paper::geometry::{Area, SHEET_HEIGHT};
use crate::paper::mark::{Align, Weight, What};
use crate::paper::sheet::Sheet;

use super::leaf::Leaf;

/// Members of the KPPS of one TPS.
const KPPS: u8 = 7;
/// Where the people numbered as witnesses begin; see [`What::Signature`].
const FIRST_SAKSI: u16 = 101;

/// Puts the foot on the leaf; the answer is the area it takes.
pub(super) fn lay(leaf: &mut Leaf, sheet: &Sheet) -> Area {
    let area = Area::new(42.0, SHEET_HEIGHT - 148.0, 516.0, 110.0);
    leaf.put(area, What::Frame { weight: 1.0 });
    leaf.heading(area.band(1.5, 8.0), "NAMA DAN TANDA TANGAN KELOMPOK PENYELENGGARA PEMUNGUTAN SUARA");
    kpps(leaf, area.band(11.0, 40.0));
    leaf.heading(area.band(52.5, 8.0), "NAMA DAN TANDA TANGAN SAKSI PASANGAN CALON");
    saksi(leaf, sheet, area.band(62.0, 48.0));
    area
}

fn kpps(leaf: &mut Leaf, row: Area) {
    let width = row.width / f32::from(KPPS);
    for member in 1..=KPPS {
        let cell = row.strip(width * f32::from(member - 1), width);
        leaf.frame(cell);
        leaf.text(Area::new(cell.left + 2.0, cell.top + 2.0, 10.0, 8.0), format!("{member}."));
        signature(leaf, Area::new(cell.left + 12.0, cell.top + 2.0, cell.width - 14.0, 28.0), u16::from(member));
        leaf.put(Area::new(cell.left + 5.0, cell.bottom() - 8.0, cell.width - 10.0, 5.0), What::Dots);
    }
}

fn saksi(leaf: &mut Leaf, sheet: &Sheet, row: Area) {
    let pairs = sheet.form().pairs();
    let width = row.width / f32::from(pairs);
    for (pair, name) in (1..=pairs).zip(sheet.pairs()) {
        let cell = row.strip(width * f32::from(pair - 1), width);
        leaf.frame(cell);
        leaf.print(
            Area::new(cell.left + 2.0, cell.top + 2.0, 12.0, 8.0),
            format!("{pair}."),
            Weight::Bold,
            Align::Left,
        );
        for (line, text) in [0.0, 1.0].into_iter().zip(name.lines()) {
            leaf.text(Area::new(cell.left + 14.0, cell.top + 2.0 + 6.0 * line, cell.width - 16.0, 6.0), text);
        }
        let wide = (cell.width - 8.0).min(90.0);
        let middle = cell.left + (cell.width - wide) / 2.0;
        signature(leaf, Area::new(middle, cell.top + 15.0, wide, 24.0), FIRST_SAKSI - 1 + u16::from(pair));
        leaf.put(Area::new(middle, cell.bottom() - 8.0, wide, 5.0), What::Dots);
    }
}

fn signature(leaf: &mut Leaf, area: Area, person: u16) {
    leaf.put(area, What::Signature { person });
}
