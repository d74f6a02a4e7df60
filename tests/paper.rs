//! The practice paper shows the very numbers it was given, on pages where everything has its place.

use plano::form::{Cell, CellId, Page};
use plano::paper::geometry::Area;
use plano::paper::mark::{Mark, What};
use plano::paper::{Sheet, layout, words};
use proptest::prelude::*;

use crate::support::sheets::sheet;

/// Nothing is printed or written nearer to the edge of the sheet than this, in millimetres.
const MARGIN: f32 = 8.0;

fn digits_of(marks: &[Mark], wanted: &CellId) -> String {
    let mut digits: Vec<(u8, char)> = marks
        .iter()
        .filter_map(|mark| match &mark.what {
            What::Digit { cell, place, symbol } if cell == wanted => Some((*place, *symbol)),
            _ => None,
        })
        .collect();
    digits.sort_unstable();
    digits.into_iter().map(|(_, symbol)| symbol).collect()
}

fn strokes_of(marks: &[Mark], wanted: &CellId) -> u16 {
    let strokes = |mark: &Mark| match &mark.what {
        What::Tally { cell, strokes } if cell == wanted => u16::from(*strokes),
        _ => 0,
    };
    marks.iter().map(strokes).sum()
}

fn words_of<'a>(marks: &'a [Mark], wanted: &CellId) -> Option<&'a str> {
    marks.iter().find_map(|mark| match &mark.what {
        What::Words { cell, text } if cell == wanted => Some(text.as_str()),
        _ => None,
    })
}

/// Every way in which the page says the number of `cell` says the number that was given.
fn assert_shows(sheet: &Sheet, marks: &[Mark], cell: &Cell) {
    let value = sheet.counts().get(cell.id()).expect("a number in every box").get();
    let digits = digits_of(marks, cell.id());
    assert_eq!(digits.trim_start_matches('X').parse::<u16>().ok(), Some(value), "{:?} reads {digits}", cell.id());
    if cell.page() != Page::FIRST {
        assert_eq!(words_of(marks, cell.id()), Some(words::number(value).as_str()));
    }
    if cell.pair().is_some() || cell.id().as_str() == "invalid" {
        assert_eq!(strokes_of(marks, cell.id()), value, "tally of {:?}", cell.id());
    }
}

fn assert_every_box_once(sheet: &Sheet) {
    let pages = Page::ALL.map(|page| (page, layout::page(sheet, page)));
    for cell in sheet.form().cells() {
        for (page, marks) in &pages {
            let mut places: Vec<u8> = marks
                .iter()
                .filter_map(|mark| match &mark.what {
                    What::DigitBox { cell: id, place } if id == cell.id() => Some(*place),
                    _ => None,
                })
                .collect();
            places.sort_unstable();
            let expected: &[u8] = if *page == cell.page() { &[0, 1, 2] } else { &[] };
            assert_eq!(places, expected, "{:?} on page {page}", cell.id());
            if *page == cell.page() {
                assert_shows(sheet, marks, cell);
            }
        }
    }
}

/// Things that need paper of their own; lines, frames and dots may run under others.
fn takes_paper(mark: &Mark) -> bool {
    !matches!(mark.what, What::Frame { .. } | What::Dots | What::Digit { .. } | What::Bubble { filled: true, .. })
}

fn assert_nothing_collides(sheet: &Sheet, page: Page) {
    let marks = layout::page(sheet, page);
    let room = Area::SHEET.inset(MARGIN);
    for mark in &marks {
        assert!(room.holds(&mark.area), "page {page}: leaves the page: {mark:?}");
        assert!(mark.area.width > 0.3 && mark.area.height > 0.3, "page {page}: has no room: {mark:?}");
    }
    let solid: Vec<&Mark> = marks.iter().filter(|mark| takes_paper(mark)).collect();
    for (at, first) in solid.iter().enumerate() {
        for second in &solid[at + 1..] {
            let both_lines = matches!((&first.what, &second.what), (What::Solid, What::Solid));
            assert!(both_lines || !first.area.overlaps(&second.area), "page {page}: {first:?} and {second:?}");
        }
    }
    for mark in marks.iter().filter(|mark| matches!(mark.what, What::Digit { .. })) {
        let boxes = marks.iter().filter(|printed| matches!(printed.what, What::DigitBox { .. }));
        assert_eq!(boxes.filter(|printed| printed.area.holds(&mark.area)).count(), 1, "{mark:?}");
    }
}

const FORMS: [(&str, &str); 4] =
    [("kwk-2024", "gubernur"), ("kwk-2024", "walikota"), ("kwk-2024", "bupati"), ("ppwp-2024", "presiden")];

#[test]
fn from_two_to_ten_pairs_everything_has_its_place() {
    for (version, contest) in FORMS {
        for pairs in 2..=10_usize {
            let sheet = sheet(version, contest, &vec![41; pairs], 7);
            Page::ALL.into_iter().for_each(|page| assert_nothing_collides(&sheet, page));
            assert_every_box_once(&sheet);
        }
    }
}

#[test]
fn votes_beyond_the_printed_grid_still_find_room() {
    for votes in [[600, 1], [601, 0], [999, 999]] {
        for (version, contest) in FORMS {
            let sheet = sheet(version, contest, &votes, 901);
            Page::ALL.into_iter().for_each(|page| assert_nothing_collides(&sheet, page));
            assert_every_box_once(&sheet);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_numbers_shown_are_the_numbers_given(votes in prop::collection::vec(0_u16..=999, 2..=10), tps in 1_u16..=999) {
        assert_every_box_once(&sheet("kwk-2024", "gubernur", &votes, tps));
    }
}
