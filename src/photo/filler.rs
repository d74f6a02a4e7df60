//! Whether the bottom of a decoded JPEG is what the decoder puts in the place of data that are not there.
//!
//! The decoder never says so. Where the data end or make no sense it fills with middle grey; where an end mark comes too
//! early it repeats one block to the last row. No camera takes either picture: its noise makes every block another.

/// The grey (of 255) of rows that could not be read.
const GREY: u8 = 128;

/// The largest block that a decoder handles at once, in pixels from left to right.
const BLOCK: usize = 16;

/// From this part of the height on, rows of repeating blocks are no picture: a quarter. Less may be the margin of a drawn
/// page.
const PART: usize = 4;

/// Judges the samples of a picture, row after row, `channels` of them for each of `width` pixels.
pub(crate) fn ends_in_filler(samples: &[u8], width: usize, channels: usize) -> bool {
    let rows = || samples.rchunks_exact((width * channels).max(1));
    let grey = rows().next().is_some_and(|row| row.iter().all(|&sample| sample == GREY));
    let repeated = rows().take_while(|row| repeats(row, BLOCK * channels)).count();
    grey || (repeated > 0 && repeated * PART >= rows().len())
}

/// Whether a row is one block over and over. White and black do not count: paper and shadow come to that in scans.
fn repeats(row: &[u8], block: usize) -> bool {
    let all = |value: u8| row.iter().all(|&sample| sample == value);
    row.len() > block && row[block..] == row[..row.len() - block] && !all(u8::MAX) && !all(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight rows of forty pixels; the last `rows` repeat `block`, the others change from pixel to pixel.
    fn picture(rows: usize, block: [u8; 16]) -> Vec<u8> {
        let sample = |x: u8, y: usize| if y + rows >= 8 { block[usize::from(x) % 16] } else { x };
        (0..8).flat_map(|y| (0..40).map(move |x| sample(x, y))).collect()
    }

    #[test]
    fn grey_rows_and_a_large_repeating_part_are_filler() {
        let mut ripple = [90; 16];
        ripple[3] = 20;
        let rows = [
            (0, [128; 16], false),
            (1, [128; 16], true),
            (1, ripple, false),
            (2, ripple, true),
            (8, ripple, true),
            (8, [255; 16], false),
            (8, [0; 16], false),
        ];
        for (count, block, filler) in rows {
            assert_eq!(ends_in_filler(&picture(count, block), 40, 1), filler, "{count} rows of {block:?}");
        }
        assert!(ends_in_filler(&[1, 2, 3, 128, 128, 128], 1, 3));
        assert!(!ends_in_filler(&[], 2, 1) && !ends_in_filler(&[], 0, 0));
    }
}
