//! Puts the marks of a page on a raster: print in black, handwriting in one writer's ink.

use image::RgbImage;

use super::canvas::Canvas;
use super::geometry::{Area, Point, SHEET_HEIGHT, SHEET_WIDTH};
use super::hand::{Stroke, Writer};
use super::layout;
use super::mark::{Align, Mark, Weight, What};
use super::print::{Press, Style};
use super::random::Dice;
use super::sheet::Sheet;
use super::tag::{SIDE, Tag};
use crate::form::Page;

const PAPER: [u8; 3] = [247, 246, 241];
const CREASE: [u8; 3] = [237, 236, 230];
const PRINT: [u8; 3] = [34, 33, 36];
const FAINT: [u8; 3] = [176, 178, 184];
const GREY: [u8; 3] = [150, 150, 152];

/// Everything on a page but the handwriting: the same for all sheets with the same form and names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Blank {
    canvas: Canvas,
}

/// `page` of `sheet`, flat and evenly lit, `height` pixels high (90 to 12,000), written by the person that `seed` names.
///
/// The same arguments give the same pixels on every machine.
#[must_use]
pub fn page(sheet: &Sheet, page: Page, seed: u64, height: u32) -> RgbImage {
    Blank::print(sheet, page, height).fill_in(sheet, page, seed)
}

impl Blank {
    /// Prints `page` of the form that `sheet` is written on.
    pub(super) fn print(sheet: &Sheet, page: Page, height: u32) -> Self {
        let mut canvas = Canvas::new(height, PAPER);
        creases(&mut canvas);
        let press = Press::new();
        for mark in layout::page(sheet, page).iter().filter(|mark| mark.is_printed()) {
            printed(&mut canvas, &press, mark);
        }
        Self { canvas }
    }

    /// A copy of this page with everything that `sheet` says on `page` written on it.
    ///
    /// One seed is one writer; the people who sign are others, and sign alike on every page.
    pub(super) fn fill_in(&self, sheet: &Sheet, page: Page, seed: u64) -> RgbImage {
        let mut canvas = self.canvas.clone();
        let writer = Writer::new(seed);
        let mut purpose = u64::from(page.number()) << 32;
        for mark in layout::page(sheet, page).iter().filter(|mark| !mark.is_printed()) {
            purpose += 1;
            let mut dice = Dice::for_purpose(seed, purpose);
            written(&mut canvas, &writer, mark, seed, &mut dice);
        }
        canvas.into_image()
    }
}

/// A plano comes folded in eight; the folds stay visible.
fn creases(canvas: &mut Canvas) {
    let sheet = Area::SHEET;
    canvas.fill(sheet.strip(SHEET_WIDTH / 2.0 - 1.5, 3.0), CREASE);
    for quarter in [1.0, 2.0, 3.0] {
        canvas.fill(sheet.band(SHEET_HEIGHT * quarter / 4.0 - 1.5, 3.0), CREASE);
    }
}

fn printed(canvas: &mut Canvas, press: &Press, mark: &Mark) {
    let area = mark.area;
    match &mark.what {
        What::Solid => canvas.fill(area, PRINT),
        What::Frame { weight } => canvas.frame(area, *weight, PRINT),
        What::Text { text, weight, align, turned } => {
            let style = Style { weight: *weight, align: *align, turned: *turned, ink: PRINT };
            press.text(canvas, text, area, style);
        }
        What::Practice { text, turned } => {
            let style = Style { weight: Weight::Bold, align: Align::Middle, turned: *turned, ink: GREY };
            press.text(canvas, text, area, style);
        }
        What::Dots => dotted(canvas, area.at(0.0, 0.96), area.at(1.0, 0.96), 2.4, PRINT),
        What::DigitBox { .. } => digit_box(canvas, area),
        What::Bubble { value, .. } => bubble(canvas, press, area, *value),
        What::Tag(tag) => page_tag(canvas, area, *tag),
        What::Digit { .. }
        | What::Tally { .. }
        | What::RowTotal { .. }
        | What::Words { .. }
        | What::Written { .. }
        | What::Signature { .. } => {}
    }
}

fn written(canvas: &mut Canvas, writer: &Writer, mark: &Mark, seed: u64, dice: &mut Dice) {
    let area = mark.area;
    let (ink, strokes) = match &mark.what {
        What::Digit { symbol, .. } => (writer.ink(), writer.digit(*symbol, area, dice)),
        What::Tally { strokes, .. } => (writer.ink(), writer.tally(*strokes, area, dice)),
        What::RowTotal { total, .. } => (writer.ink(), writer.words(&total.to_string(), area, dice)),
        What::Words { text, .. } | What::Written { text } => (writer.ink(), writer.words(text, area, dice)),
        What::Bubble { .. } => (writer.ink(), filled_in(area)),
        What::Signature { person } => {
            let mut person = Dice::for_purpose(seed, u64::from(*person) << 16);
            let ink = if person.percent(60) { [30, 40, 110] } else { [30, 30, 34] };
            (ink, Writer::signature(area, &mut person))
        }
        _ => return,
    };
    for stroke in strokes {
        canvas.line(&stroke.points, stroke.pen, ink);
    }
}

/// A box with a dotted seven-segment guide: officials draw their digit along it.
fn digit_box(canvas: &mut Canvas, area: Area) {
    let guide = [(0.25, 0.18), (0.75, 0.18), (0.25, 0.5), (0.75, 0.5), (0.25, 0.82), (0.75, 0.82)];
    let corner = |index: usize| area.at(guide[index].0, guide[index].1);
    for (from, to) in [(0, 1), (2, 3), (4, 5), (0, 2), (1, 3), (2, 4), (3, 5)] {
        dotted(canvas, corner(from), corner(to), 1.6, FAINT);
    }
    canvas.frame(area, 0.8, PRINT);
}

/// Dots of half a millimetre, `pitch` millimetres apart; the line is level or upright.
fn dotted(canvas: &mut Canvas, from: Point, to: Point, pitch: f32, ink: [u8; 3]) {
    let (mut x, mut y) = (from.x, from.y);
    let (right, down) = if to.x > from.x { (pitch, 0.0) } else { (0.0, pitch) };
    while x <= to.x && y <= to.y {
        canvas.fill(Area::new(x - 0.3, y - 0.3, 0.6, 0.6), ink);
        (x, y) = (x + right, y + down);
    }
}

fn bubble(canvas: &mut Canvas, press: &Press, area: Area, value: u8) {
    let around =
        [(0.5, 0.0), (0.85, 0.15), (1.0, 0.5), (0.85, 0.85), (0.5, 1.0), (0.15, 0.85), (0.0, 0.5), (0.15, 0.15)];
    let ring: Vec<Point> = around.iter().chain(&around[..1]).map(|(across, down)| area.at(*across, *down)).collect();
    canvas.line(&ring, 0.4, PRINT);
    let style = Style { weight: Weight::Plain, align: Align::Middle, turned: false, ink: PRINT };
    press.text(canvas, &value.to_string(), area.inset(area.height * 0.15), style);
}

fn filled_in(area: Area) -> Vec<Stroke> {
    let lines = [0.3, 0.5, 0.7].map(|down| vec![area.at(0.3, down), area.at(0.7, down)]);
    lines.into_iter().map(|points| Stroke { points, pen: area.height * 0.36 }).collect()
}

/// The cells of the tag inside a black border one cell wide.
fn page_tag(canvas: &mut Canvas, area: Area, tag: Tag) {
    let cells = tag.cells();
    let cell = area.width / 8.0;
    let mut row = area.band(0.0, cell);
    for line in 0..SIDE + 2 {
        let mut square = row.strip(0.0, cell);
        for column in 0..SIDE + 2 {
            let inside = (1..=SIDE).contains(&line) && (1..=SIDE).contains(&column);
            if !inside || !cells[line - 1][column - 1] {
                canvas.block(square, PRINT);
            }
            square = Area::new(square.right(), square.top, cell, cell);
        }
        row = Area::new(row.left, row.bottom(), row.width, cell);
    }
}
