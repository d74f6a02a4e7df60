//! QR codes as lines of a terminal: two modules in one letter.

use qrcode::render::unicode::Dense1x2;

use super::code;

/// The code of `text` in half blocks, its light modules as blocks: black on white where letters are light on dark, as a
/// terminal's are. `None` when the text is longer than a code holds.
pub(crate) fn terminal(text: &str) -> Option<String> {
    let code = code(text)?;
    let mut renderer = code.render::<Dense1x2>();
    Some(renderer.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_of_modules_are_one_line() {
        let drawn = terminal("PLANO1:BB8").expect("fits");
        // 21 modules and a quiet zone of four on each side: 29 rows in pairs.
        assert_eq!(drawn.lines().count(), 15);
        assert!(drawn.lines().all(|line| line.chars().count() == 29), "{drawn}");
        assert!(drawn.starts_with("█████"), "the quiet zone is light");
        assert!(terminal(&"A".repeat(4400)).is_none());
    }
}
