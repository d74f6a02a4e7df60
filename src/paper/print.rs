//! Printed text: `DejaVu` Sans, shrunk until it fits the area it is given.

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};

use super::canvas::{Canvas, pixels, whole};
use super::geometry::Area;
use super::mark::{Align, Weight};

/// The faces that the form is printed in.
///
/// `DejaVu` 2.37 comes with the crate `dejavu`; the fonts are free to embed (Bitstream Vera and Arev licences, public domain parts).
pub(super) struct Press {
    plain: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Press {
    /// Reads the embedded faces.
    pub(super) fn new() -> Self {
        let face = |bytes| FontRef::try_from_slice(bytes).expect("the embedded DejaVu faces are sound TrueType files");
        Self { plain: face(dejavu::sans_condensed::regular()), bold: face(dejavu::sans_condensed::bold()) }
    }

    /// Prints one line of `text` in `area`: its full height if the width suffices, smaller if not, centred from top to bottom.
    pub(super) fn text(&self, canvas: &mut Canvas, text: &str, area: Area, style: Style) {
        let scale = canvas.scale();
        let (room_along, room_across) =
            if style.turned { (area.height, area.width) } else { (area.width, area.height) };
        let line = self.line(text, style.weight, room_across * scale, room_along * scale);
        let slack = room_along * scale - line.width;
        let start = match style.align {
            Align::Left => 0.0,
            Align::Middle => slack / 2.0,
            Align::Right => slack,
        };
        let lift = (room_across * scale - line.height) / 2.0;
        for (glyph, font) in line.glyphs {
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            outline.draw(|x, y, share| {
                let along = start + bounds.min.x + pixels(x);
                let across = lift + bounds.min.y + pixels(y);
                let (x, y) = if style.turned {
                    (area.left * scale + across, area.bottom() * scale - along - 1.0)
                } else {
                    (area.left * scale + along, area.top * scale + across)
                };
                if x >= 0.0 && y >= 0.0 {
                    canvas.ink(whole(x), whole(y), style.ink, share);
                }
            });
        }
    }

    fn line(&self, text: &str, weight: Weight, height: f32, room: f32) -> Line<'_> {
        let font = match weight {
            Weight::Plain => &self.plain,
            Weight::Bold => &self.bold,
        };
        let natural = advance(font, text, height);
        let height = if natural > room { height * (room / natural) } else { height };
        let scaled = font.as_scaled(PxScale::from(height));
        let mut glyphs = Vec::new();
        let mut along = 0.0;
        for symbol in text.chars() {
            let id = scaled.glyph_id(symbol);
            glyphs.push((id.with_scale_and_position(height, point(along, scaled.ascent())), font));
            along += scaled.h_advance(id);
        }
        Line { glyphs, width: along, height }
    }
}

/// How a line is printed; turned text reads from bottom to top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) align: Align,
    pub(super) turned: bool,
    pub(super) ink: [u8; 3],
}

struct Line<'a> {
    glyphs: Vec<(Glyph, &'a FontRef<'static>)>,
    width: f32,
    height: f32,
}

fn advance(font: &FontRef<'_>, text: &str, height: f32) -> f32 {
    let scaled = font.as_scaled(PxScale::from(height));
    text.chars().map(|symbol| scaled.h_advance(scaled.glyph_id(symbol))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { weight: Weight::Plain, align: Align::Left, turned: false, ink: [0; 3] };

    #[test]
    fn text_never_leaves_its_area() {
        let press = Press::new();
        let area = Area::new(100.0, 100.0, 60.0, 8.0);
        for text in ["Jumlah", "Jumlah pengguna hak pilih dalam Daftar Pemilih Tetap (DPT) dan seterusnya", "ÅÇgjpqy|"]
        {
            for turned in [false, true] {
                for align in [Align::Left, Align::Middle, Align::Right] {
                    let mut canvas = Canvas::new(1800, [255; 3]);
                    let area = if turned { Area::new(100.0, 100.0, 8.0, 60.0) } else { area };
                    press.text(&mut canvas, text, area, Style { align, turned, ..STYLE });
                    let edge = area.inset(-0.6);
                    let mut dark = 0;
                    for (x, y, pixel) in canvas.into_image().enumerate_pixels() {
                        let inside = edge.holds(&Area::new(pixels(x) / 2.0, pixels(y) / 2.0, 0.5, 0.5));
                        assert!(inside || pixel.0[0] == 255, "{text} {turned} {align:?} at {x},{y}");
                        dark += u32::from(pixel.0[0] < 200);
                    }
                    assert!(dark > 20, "{text} {turned} is not there");
                }
            }
        }
        assert!(area.holds(&area));
    }
}
