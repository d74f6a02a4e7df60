//! The head of a page: title, place and TPS; on page 1 also date and times.

use crate::form::{Lang, Page, TimeOfDay};
use crate::paper::geometry::{Area, SHEET_HEIGHT};
use crate::paper::sheet::Sheet;
use crate::paper::words;

use super::leaf::Leaf;

const LEFT: f32 = 42.0;
const WIDTH: f32 = 516.0;
/// Height of a line of running text in millimetres.
const LINE: f32 = 9.0;

/// Puts the head of `page` on the leaf; the answer is the area left below it.
pub(super) fn lay(leaf: &mut Leaf, sheet: &Sheet, page: Page) -> Area {
    let below = if page == Page::FIRST {
        title(leaf, sheet);
        date(leaf, sheet, 142.0);
        place(leaf, sheet, 194.0);
        times(leaf, sheet, 252.0)
    } else {
        place(leaf, sheet, 66.0);
        126.0
    };
    Area::new(LEFT, below, WIDTH, SHEET_HEIGHT - below)
}

fn title(leaf: &mut Leaf, sheet: &Sheet) {
    let contest = sheet.form().contest().title.get(Lang::Id).to_uppercase();
    let lines = [
        (10.0, "BERITA ACARA, SERTIFIKAT DAN CATATAN HASIL PENGHITUNGAN SUARA".to_owned()),
        (10.0, "DI TEMPAT PEMUNGUTAN SUARA".to_owned()),
        (12.5, contest),
        (12.0, format!("TAHUN {}", sheet.date().year())),
    ];
    let mut top = 52.0;
    for (height, text) in lines {
        leaf.heading(Area::new(92.0, top, 360.0, height), text);
        top += height + 3.0;
    }
}

fn date(leaf: &mut Leaf, sheet: &Sheet, top: f32) {
    let date = sheet.date();
    let year = words::number(u16::try_from(date.year()).unwrap_or(0));
    let mut left = LEFT;
    for (label, label_width, text, width) in [
        ("Pada hari ini", 42.0, words::weekday(date).to_owned(), 58.0),
        ("tanggal", 25.0, words::number(u16::from(date.day())), 108.0),
        ("bulan", 20.0, words::month(date).to_owned(), 70.0),
        ("tahun", 20.0, year, 161.0),
    ] {
        leaf.text(Area::new(left, top, label_width, LINE), label);
        leaf.entry(Area::new(left + label_width + 1.0, top - 2.0, width, LINE + 2.0), text);
        left += label_width + width + 4.0;
    }
    for (line, text) in [
        (1.0, "Kelompok Penyelenggara Pemungutan Suara (KPPS) mengadakan rapat pemungutan dan penghitungan suara,"),
        (2.0, "yang dihadiri oleh saksi pasangan calon dan Pengawas TPS, bertempat di:"),
    ] {
        leaf.text(Area::new(LEFT, top + 2.0 + (LINE + 3.0) * line, WIDTH, LINE), text);
    }
}

fn place(leaf: &mut Leaf, sheet: &Sheet, top: f32) {
    let place = sheet.place();
    let tps = format!("{:03}  ({})", place.tps, words::number(place.tps));
    let rows = [
        (0.0, 0.0, "Provinsi", &place.provinsi),
        (0.0, 1.0, "Kabupaten/Kota", &place.kota),
        (1.0, 0.0, "Kecamatan", &place.kecamatan),
        (1.0, 1.0, "Kelurahan/Desa", &place.kelurahan),
        (1.0, 2.0, "Nomor TPS", &tps),
    ];
    for (column, row, label, text) in rows {
        let (left, row) = (LEFT + 218.0 * column, top + 15.0 * row);
        leaf.text(Area::new(left, row, 52.0, LINE), label);
        leaf.text(Area::new(left + 53.0, row, 4.0, LINE), ":");
        leaf.entry(Area::new(left + 58.0, row - 3.0, 122.0, LINE + 3.0), text);
    }
}

fn times(leaf: &mut Leaf, sheet: &Sheet, top: f32) -> f32 {
    let head = sheet.head();
    span(leaf, top, "Rapat pemungutan suara dimulai pada pukul", [head.voting_from, head.voting_to]);
    span(leaf, top + 15.0, "Rapat penghitungan suara dimulai pada pukul", [head.counting_from, head.counting_to]);
    let day = if head.same_day { "HARI YANG SAMA" } else { "HARI SETELAHNYA" };
    leaf.text(
        Area::new(LEFT, top + 30.0, 250.0, LINE),
        "Penghitungan suara selesai di hari yang sama / setelahnya *):",
    );
    leaf.entry(Area::new(LEFT + 254.0, top + 27.0, 120.0, LINE + 3.0), day);
    top + 46.0
}

fn span(leaf: &mut Leaf, top: f32, label: &str, times: [TimeOfDay; 2]) {
    leaf.text(Area::new(LEFT, top, 182.0, LINE), label);
    leaf.entry(Area::new(LEFT + 186.0, top - 3.0, 56.0, LINE + 3.0), times[0].to_string());
    leaf.text(Area::new(LEFT + 246.0, top, 14.0, LINE), "s.d.");
    leaf.entry(Area::new(LEFT + 263.0, top - 3.0, 56.0, LINE + 3.0), times[1].to_string());
    leaf.text(Area::new(LEFT + 323.0, top, 80.0, LINE), "waktu setempat.");
}
