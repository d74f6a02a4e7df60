//! QR codes as drawings that stand in a page.

use std::fmt::Write as _;

use qrcode::Color;

use super::code;

/// Empty modules around the code (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// The code of `text` as an SVG element, black on white in every colour scheme: scanners need it so. `None` when the text
/// is longer than a code holds.
pub(crate) fn svg(text: &str, label: &str) -> Option<String> {
    let code = code(text)?;
    let (width, side) = (code.width(), code.width() + 2 * QUIET);
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = modules[column..].iter().take_while(|&&color| color == Color::Dark).count();
            if run > 0 {
                // Writing to a text does not fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    let label = escaped(label);
    Some(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_drawing_with_a_quiet_zone_and_a_name() {
        let drawn = svg("PLANO1:BB8", "salinan \"1\"").expect("fits");
        // Ten letters need version 1: 21 modules and a quiet zone of four on each side.
        assert!(drawn.contains("viewBox=\"0 0 29 29\""), "{drawn}");
        // The finder pattern's top row: seven dark modules.
        assert!(drawn.contains("M4 4h7v1h-7z"), "{drawn}");
        assert!(drawn.contains("aria-label=\"salinan &quot;1&quot;\""));
    }

    #[test]
    fn a_text_that_no_code_holds_is_none() {
        assert!(svg(&"A".repeat(4000), "x").is_some(), "4296 letters fit at the level L");
        assert!(svg(&"A".repeat(4400), "x").is_none());
    }
}
