//! Softness: mixes every pixel with its neighbours, pass by pass.

use image::RgbImage;

use super::shot::Softness;

/// Channels of a pixel.
const CHANNELS: usize = 3;

/// Softens the picture. A pass weighs a pixel twice and two others once; each pass reaches one pixel farther than the last.
pub(super) fn soften(image: &mut RgbImage, soft: Softness) {
    let row = image.width() as usize * CHANNELS;
    for pass in 1..=soft.across {
        image.chunks_exact_mut(row).for_each(|line| mix(line, CHANNELS * usize::from(pass)));
    }
    for pass in 1..=soft.down {
        mix(image, row * usize::from(pass));
    }
}

/// Mixes each sample with those `step` before and after it; samples without both neighbours stay.
fn mix(samples: &mut [u8], step: usize) {
    let before = samples.to_vec();
    let others = before.iter().zip(before.iter().skip(2 * step));
    for (sample, (first, last)) in samples.iter_mut().skip(step).zip(others) {
        *sample = mixed(*first, *sample, *last);
    }
}

fn mixed(before: u8, at: u8, after: u8) -> u8 {
    let sum = u16::from(before) + 2 * u16::from(at) + u16::from(after) + 2;
    u8::try_from(sum >> 2).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn a_dot_spreads_the_way_it_should() {
        for (soft, neighbours) in [
            (Softness { across: 1, down: 0 }, [(4, 5, 64), (6, 5, 64), (5, 4, 0)]),
            (Softness { across: 0, down: 1 }, [(5, 4, 64), (5, 6, 64), (4, 5, 0)]),
        ] {
            let mut image = RgbImage::new(11, 11);
            image.put_pixel(5, 5, Rgb([255; 3]));
            soften(&mut image, soft);
            assert_eq!(image.get_pixel(5, 5).0, [128; 3]);
            for (x, y, expected) in neighbours {
                assert_eq!(image.get_pixel(x, y).0, [expected; 3], "{soft:?} at {x},{y}");
            }
        }
    }

    #[test]
    fn an_even_picture_stays_as_it_is() {
        let mut image = RgbImage::from_pixel(9, 7, Rgb([10, 100, 200]));
        soften(&mut image, Softness { across: 5, down: 5 });
        assert!(image.pixels().all(|pixel| pixel.0 == [10, 100, 200]));
    }
}
