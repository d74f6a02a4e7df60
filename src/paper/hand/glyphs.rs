//! How capitals and digits are written: a table of pen strokes.

use crate::paper::geometry::Point;

/// One movement of the pen, on a grid that is ten units high.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) curved: bool,
    pub(super) points: Vec<Point>,
}

/// Height of the grid in units; the baseline is at this y.
pub(super) const GRID_HEIGHT: f32 = 10.0;

/// Character, other ways to write it, width in units, strokes.
///
/// Strokes are divided by `;`, points by a blank; a point is x and y as one hexadecimal digit each; `~` begins a curve.
const GLYPHS: &[(char, u8, &str)] = &[
    ('0', 6, "~30 01 08 3a 68 62 30"),
    ('0', 6, "~40 11 06 1a 4a 67 52 30 20"),
    ('1', 3, "12 30 3a"),
    ('1', 3, "20 2a"),
    ('2', 6, "~02 20 51 53 36 0a;0a 6a"),
    ('2', 6, "~01 30 62 45 1a;~1a 29 4a 6a"),
    ('3', 6, "~01 30 62 44 25;~25 55 68 3a 09"),
    ('3', 6, "00 60 34;~34 56 68 3a 09"),
    ('4', 6, "40 07 67;42 4a"),
    ('4', 6, "10 06 66;50 5a"),
    ('5', 6, "60 10 04;~04 34 66 69 3a 09"),
    ('5', 6, "10 05;~05 35 67 4a 0a;10 60"),
    ('6', 6, "~50 13 07 2a 5a 67 45 16 07"),
    ('7', 6, "00 60 2a"),
    ('7', 6, "01 00 60 3a;25 65"),
    ('8', 6, "~51 30 11 13 35 57 69 3a 09 17 35 53 51"),
    ('8', 6, "~30 01 13 35 67 5a 1a 07 35 53 51 30"),
    ('9', 6, "~62 40 10 03 25 54 62;~62 66 4a"),
    ('9', 6, "~61 20 03 25 64;61 6a"),
    ('X', 6, "00 6a;60 0a"),
    ('A', 6, "0a 30 6a;16 56"),
    ('B', 6, "00 0a;~00 40 52 44 05;~05 45 67 4a 0a"),
    ('C', 6, "~61 30 03 07 3a 69"),
    ('D', 6, "00 0a;~00 30 63 67 3a 0a"),
    ('E', 5, "50 00 0a 5a;05 45"),
    ('F', 5, "50 00 0a;05 45"),
    ('G', 6, "~61 30 03 07 3a 68;68 66 36"),
    ('H', 6, "00 0a;60 6a;05 65"),
    ('I', 1, "00 0a"),
    ('J', 5, "~50 58 4a 1a 08"),
    ('K', 6, "00 0a;50 05 6a"),
    ('L', 5, "00 0a 5a"),
    ('M', 7, "0a 00 36 70 7a"),
    ('N', 6, "0a 00 6a 60"),
    ('O', 6, "~30 02 08 3a 68 62 30"),
    ('P', 6, "00 0a;~00 40 62 45 05"),
    ('Q', 6, "~30 02 08 3a 68 62 30;47 6a"),
    ('R', 6, "00 0a;~00 40 62 45 05;25 6a"),
    ('S', 6, "~61 30 02 35 68 3a 09"),
    ('T', 6, "00 60;30 3a"),
    ('U', 6, "~00 07 1a 5a 67 60"),
    ('V', 6, "00 3a 60"),
    ('W', 8, "00 2a 44 6a 80"),
    ('Y', 6, "00 35 60;35 3a"),
    ('Z', 6, "00 60 0a 6a"),
    ('.', 1, "0a 0a"),
    (',', 1, "09 0b"),
    (':', 1, "03 03;09 09"),
    ('-', 4, "05 45"),
    ('/', 5, "0a 50"),
    ('\'', 1, "00 02"),
    ('(', 2, "~20 04 07 2b"),
    (')', 2, "~00 24 27 0b"),
];

/// The strokes of `symbol` in the manner `way` (any number; ways repeat), and its width in units.
///
/// A character that is not in the table is a gap as wide as a letter.
pub(super) fn glyph(symbol: char, way: usize) -> (Vec<Path>, f32) {
    let ways = GLYPHS.iter().filter(|(known, ..)| *known == symbol).count();
    let found = GLYPHS.iter().filter(|(known, ..)| *known == symbol).nth(way % ways.max(1));
    found.map_or((Vec::new(), 4.0), |(_, width, text)| (text.split(';').map(path).collect(), f32::from(*width)))
}

fn path(text: &str) -> Path {
    let (curved, points) = text.strip_prefix('~').map_or((false, text), |rest| (true, rest));
    Path { curved, points: points.split(' ').map(point).collect() }
}

fn point(text: &str) -> Point {
    let mut units =
        text.chars().map(|digit| f32::from(digit.to_digit(16).and_then(|d| u8::try_from(d).ok()).unwrap_or(0)));
    Point { x: units.next().unwrap_or(0.0), y: units.next().unwrap_or(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_table_is_well_formed() {
        for (symbol, width, text) in GLYPHS {
            for stroke in text.split(';') {
                let points = stroke.strip_prefix('~').unwrap_or(stroke);
                for point in points.split(' ') {
                    assert!(
                        point.len() == 2 && point.chars().all(|digit| digit.is_ascii_hexdigit()),
                        "{symbol}: {point}"
                    );
                    assert!(point.as_bytes()[0] - b'0' <= *width, "{symbol} is wider than it says: {point}");
                }
                assert!(points.split(' ').count() > 1, "{symbol}");
            }
        }
    }

    #[test]
    fn all_that_officials_write_is_known() {
        for symbol in ('A'..='Z').chain('0'..='9').chain(".,:-/'()".chars()) {
            assert!(!glyph(symbol, 0).0.is_empty(), "{symbol}");
        }
        assert_eq!(glyph(' ', 3), (Vec::new(), 4.0));
        assert_ne!(glyph('7', 0), glyph('7', 1));
        assert_eq!(glyph('7', 0), glyph('7', 2));
    }
}
