//! The sensor: what it makes of the light of a lamp, and the noise it adds.

use image::RgbImage;

use super::shot::Shot;
use crate::paper::canvas::{pixels, whole};
use crate::paper::random::Dice;

/// Different grains of noise; a power of two.
const GRAINS: usize = 4096;

/// Tints the picture as the lamp does, then adds noise: mostly the same in all channels, a little of each channel's own.
pub(super) fn sense(image: &mut RgbImage, shot: &Shot) {
    let mut dice = Dice::for_purpose(shot.seed, 0x4E4F);
    let tints = shot.light.tint.map(tinted);
    let (grey, own) = (grains(&mut dice, shot.noise), grains(&mut dice, shot.noise / 3));
    let mut state = dice.next_u64() | 1;
    for pixel in image.as_chunks_mut::<3>().0 {
        // Xorshift64 (Marsaglia 2003): one step a pixel is enough for noise.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let grain = |table: &[i8; GRAINS], shift: u32| i32::from(table[(state >> shift & 0xFFF) as usize]);
        let common = grain(&grey, 0);
        for ((sample, tint), shift) in pixel.iter_mut().zip(&tints).zip([12, 24, 36]) {
            let value = i32::from(tint[usize::from(*sample)]) + common + grain(&own, shift);
            *sample = u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX);
        }
    }
}

/// What each brightness becomes when this share of it (0..=1) gets through.
fn tinted(share: f32) -> [u8; 256] {
    let mut out = [0; 256];
    for (value, sample) in (0_u32..).zip(&mut out) {
        *sample = u8::try_from(whole(pixels(value) * share + 0.5)).unwrap_or(u8::MAX);
    }
    out
}

/// Noise of at most `most` either way, small grains more frequent than large ones.
fn grains(dice: &mut Dice, most: i8) -> [i8; GRAINS] {
    let most = u32::from(most.unsigned_abs());
    let mut out = [0; GRAINS];
    for grain in &mut out {
        let sum = dice.below(most + 1) + dice.below(most + 1);
        *grain = i8::try_from(i64::from(sum) - i64::from(most)).unwrap_or(0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn noise_stays_within_its_bounds_and_favours_no_side() {
        let mut shot = Shot::steady(3);
        (shot.light.tint, shot.noise) = ([1.0; 3], 9);
        let mut image = RgbImage::from_pixel(200, 200, Rgb([100; 3]));
        sense(&mut image, &shot);
        assert!(image.iter().all(|sample| (88..=112).contains(sample)));
        let mean = image.iter().map(|sample| u64::from(*sample)).sum::<u64>() / (200 * 200 * 3);
        assert!((99..=101).contains(&mean), "{mean}");
        assert!(image.iter().any(|sample| *sample != 100));
    }

    #[test]
    fn a_warm_lamp_takes_from_the_blue() {
        let mut shot = Shot::steady(3);
        (shot.light.tint, shot.noise) = ([1.0, 0.9, 0.5], 0);
        let mut image = RgbImage::from_pixel(2, 2, Rgb([200; 3]));
        sense(&mut image, &shot);
        assert!(image.pixels().all(|pixel| pixel.0 == [200, 180, 100]));
    }
}
