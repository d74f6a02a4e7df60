//! The texts of the QR codes in a grey picture.

use rqrr::PreparedImage;

/// Reads every code that can be read in a picture of `width` × `height` samples (0 black, 255 white).
///
/// A picture of a screen may be light on dark: when nothing is found, its negative is tried.
pub(crate) fn scan(width: usize, height: usize, sample: impl Fn(usize, usize) -> u8) -> Vec<String> {
    let read = |turned: u8| {
        let mut picture = PreparedImage::prepare_from_greyscale(width, height, |x, y| sample(x, y) ^ turned);
        let grids = picture.detect_grids();
        grids.into_iter().filter_map(|grid| grid.decode().ok().map(|(_, text)| text)).collect::<Vec<_>>()
    };
    let found = read(0);
    if found.is_empty() { read(0xFF) } else { found }
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;

    /// A picture of a code with `side` samples a module.
    fn drawn(text: &str, side: usize) -> (usize, impl Fn(usize, usize) -> u8) {
        let code = code(text).expect("fits");
        let (modules, width) = (code.to_colors(), code.width());
        let picture = (width + 8) * side;
        let sample = move |x: usize, y: usize| {
            let at = |pixel: usize| (pixel / side).checked_sub(4).filter(|module| *module < width);
            let dark = at(x).zip(at(y)).is_some_and(|(x, y)| modules[y * width + x] == qrcode::Color::Dark);
            if dark { 30 } else { 220 }
        };
        (picture, sample)
    }

    #[test]
    fn a_drawn_code_is_read_and_so_is_its_negative() {
        let text = format!("PLANO1:{}", "6BF+70S-1*K7:%EDQJ".repeat(40));
        let (side, sample) = drawn(&text, 3);
        assert_eq!(scan(side, side, &sample), std::slice::from_ref(&text));
        assert_eq!(scan(side, side, |x, y| 255 - sample(x, y)), std::slice::from_ref(&text));
    }

    #[test]
    fn a_picture_without_a_code_has_no_text() {
        assert_eq!(scan(40, 30, |x, y| u8::try_from((x * 7 + y * 13) % 256).unwrap_or(0)), Vec::<String>::new());
        assert_eq!(scan(1, 1, |_, _| 0), Vec::<String>::new());
    }
}
