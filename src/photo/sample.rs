//! Made-up pages for tests: a sheet with strokes on a darker table, and what cameras do to it.

use super::pixels::Grey;

/// A bright sheet (220) with dark slanting strokes (40) of five pixels, some blocks left blank, on a table (90).
pub(crate) fn page(width: usize, height: usize) -> Grey {
    let at = |x: usize, y: usize| {
        let margin = width.min(height) / 10;
        let sheet = (margin..width - margin).contains(&x) && (margin..height - margin).contains(&y);
        let line = y % 48 < 24 && (x + y / 2 + y / 48 * 29) % 40 < 5 && !(x / 180 + y / 130).is_multiple_of(3);
        match (sheet, line) {
            (true, true) => 40,
            (true, false) => 220,
            (false, _) => 90,
        }
    };
    Grey::new(width, height, (0..width * height).map(|index| at(index % width, index / width)).collect())
}

/// The mean over each pixel and its eight neighbours.
pub(crate) fn blurred(photo: &Grey) -> Grey {
    mapped(photo, |x, y| {
        let rows = y.saturating_sub(1)..(y + 2).min(photo.height());
        let columns = x.saturating_sub(1)..(x + 2).min(photo.width());
        let samples = rows.flat_map(|row| &photo.row(row)[columns.clone()]);
        let (sum, count) = samples.fold((0, 0), |(sum, count), &sample| (sum + u32::from(sample), count + 1));
        sum / count
    })
}

/// Each sample scaled to `percent` and lifted by `floor`.
pub(crate) fn toned(photo: &Grey, floor: u32, percent: u32) -> Grey {
    mapped(photo, |x, y| (floor + u32::from(photo.row(y)[x]) * percent / 100).min(255))
}

/// Each sample off by up to `strength`, the same way in every run.
pub(crate) fn noisy(photo: &Grey, strength: u32) -> Grey {
    let mut state = 1_u32;
    mapped(photo, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (u32::from(photo.row(y)[x]) + (state >> 16) % (2 * strength + 1)).saturating_sub(strength).min(255)
    })
}

/// A burnt spot of a fifth of the width in the middle.
pub(crate) fn glared(photo: &Grey) -> Grey {
    let near = |at: usize, side: usize| at.abs_diff(side / 2) < photo.width() / 10;
    mapped(
        photo,
        |x, y| if near(x, photo.width()) && near(y, photo.height()) { 255 } else { u32::from(photo.row(y)[x]) },
    )
}

/// Everything moved to the left by `by` pixels, round the edge.
pub(crate) fn shifted(photo: &Grey, by: usize) -> Grey {
    mapped(photo, |x, y| u32::from(photo.row(y)[(x + by) % photo.width()]))
}

fn mapped(photo: &Grey, mut sample: impl FnMut(usize, usize) -> u32) -> Grey {
    let (width, height) = (photo.width(), photo.height());
    let samples = (0..width * height).map(|index| sample(index % width, index / width));
    Grey::new(width, height, samples.map(|sample| u8::try_from(sample).unwrap_or(u8::MAX)).collect())
}
