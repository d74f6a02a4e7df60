//! The practice paper shows the very numbers it was given, on pages where everything has its place.

use plano::digest::Digest;
use plano::form::{Cell, CellId, Page};
use plano::paper::geometry::Area;
use plano::paper::mark::{Mark, What};
use plano::paper::tag::{SIDE, Tag};
use plano::paper::{Sheet, Studio, draw, layout, words};
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

fn assert_pages_are_tidy(sheet: &Sheet) {
    for page in Page::ALL {
        assert_nothing_collides(sheet, page);
    }
}

const FORMS: [(&str, &str); 4] =
    [("kwk-2024", "gubernur"), ("kwk-2024", "walikota"), ("kwk-2024", "bupati"), ("ppwp-2024", "presiden")];

#[test]
fn from_two_to_ten_pairs_everything_has_its_place() {
    for (version, contest) in FORMS {
        for pairs in 2..=10_usize {
            let sheet = sheet(version, contest, &vec![41; pairs], 7);
            assert_pages_are_tidy(&sheet);
            assert_every_box_once(&sheet);
        }
    }
}

#[test]
fn votes_beyond_the_printed_grid_still_find_room() {
    for votes in [[600, 1], [601, 0], [999, 999]] {
        for (version, contest) in FORMS {
            let sheet = sheet(version, contest, &votes, 901);
            assert_pages_are_tidy(&sheet);
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

/// The page as it was looked at when this digest was written down; a change of the drawing changes it.
const PAGE_2: &str = "fa6efd901481a9697588ebce6b612a0f37e614a5b38c6596e82ed103b29ceead";

#[test]
fn the_page_is_the_same_on_every_machine() {
    let page = draw::page(&sheet("kwk-2024", "gubernur", &[123, 274, 32], 7), Page::SECOND, 5, 900);
    assert_eq!(page.dimensions(), (600, 900));
    assert_eq!(
        Digest::of(&page).to_string(),
        PAGE_2,
        "the drawing changed: look at the page before writing down its new digest"
    );
}

#[test]
fn a_page_drawn_twice_is_the_same_and_another_seed_is_another_hand() {
    let sheet = sheet("ppwp-2024", "presiden", &[101, 74, 32], 8);
    let drawn = |seed| draw::page(&sheet, Page::FIRST, seed, 900);
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
}

#[test]
fn a_photo_is_the_same_file_each_time_and_no_two_pages_are() {
    let sheet = sheet("kwk-2024", "walikota", &[200, 51], 12);
    let studio = Studio::new(&sheet, 800);
    let photos = Page::ALL.map(|page| studio.photo(&sheet, page, 9).expect("a photo"));
    for (page, bytes) in Page::ALL.into_iter().zip(&photos) {
        assert_eq!(bytes, &studio.photo(&sheet, page, 9).expect("a photo"));
        assert_eq!(bytes, &plano::paper::photo(&sheet, page, 9, 800).expect("a photo"));
        assert!(bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && bytes.ends_with(&[0xFF, 0xD9]), "a whole JPEG");
        assert!((40_000..200_000).contains(&bytes.len()), "{} bytes", bytes.len());
    }
    assert!(photos[0] != photos[1] && photos[1] != photos[2] && photos[0] != photos[2]);
}

/// What stands in the square of the tag on a drawn page, cell by cell.
fn tag_on(sheet: &Sheet, page: Page) -> Option<Tag> {
    let marks = layout::page(sheet, page);
    let area = marks.iter().find(|mark| matches!(mark.what, What::Tag(_)))?.area;
    let drawn = draw::page(sheet, page, 1, 900);
    let cell = area.width / 8.0;
    let mut cells = [[false; SIDE]; SIDE];
    for (row, line) in (1_u8..).zip(&mut cells) {
        for (column, white) in (1_u8..).zip(line) {
            let middle = |edge: f32, cells: u8| pixel(edge + cell * (f32::from(cells) + 0.5));
            *white = drawn.get_pixel(middle(area.left, column), middle(area.top, row)).0[1] > 128;
        }
    }
    Tag::read(&cells)
}

/// The pixel at this many millimetres when one pixel is drawn per millimetre.
fn pixel(millimetres: f32) -> u32 {
    format!("{millimetres:.0}").parse().expect("a place on the sheet")
}

#[test]
fn the_drawn_tag_reads_as_the_page() {
    let sheet = sheet("kwk-2024", "gubernur", &[12, 7], 1);
    let read = Page::ALL.map(|page| tag_on(&sheet, page).map(Tag::id));
    assert_eq!(read, [Some(101), Some(102), Some(103)]);
}

#[test]
fn every_page_says_in_its_margins_that_it_is_practice() {
    let sheet = sheet("kwk-2024", "gubernur", &[12, 7], 1);
    for page in Page::ALL {
        let marks = layout::page(&sheet, page);
        let said = |mark: &&Mark| matches!(mark.what, What::Practice { text, .. } if text.contains("LATIHAN / CONTOH"));
        assert_eq!(marks.iter().filter(said).count(), 3);
    }
}
