//! Light along one row of pixels.

use super::shot::{Light, Shadow};
use crate::paper::canvas::pixels;

/// Light is worked out every so many pixels and is straight between them.
const STEP: u32 = 16;
/// Half the height of the soft edge of a shadow, as a share of the picture.
const EDGE: f32 = 0.07;

/// Fills `row` with the light on each pixel of row `y`, in 256ths of full daylight.
pub(super) fn along(light: &Light, y: u32, size: (u32, u32), row: &mut [u32]) {
    let (width, height) = (pixels(size.0), pixels(size.1));
    let down = pixels(y) / height;
    let mut from = fixed(at(light, 0.0, down));
    let mut x = 0;
    for piece in row.chunks_mut(STEP as usize) {
        let to = fixed(at(light, pixels(x + STEP) / width, down));
        for (step, light) in (0..STEP).zip(piece) {
            *light = (from * (STEP - step) + to * step) / STEP;
        }
        (x, from) = (x + STEP, to);
    }
}

/// The light at a place of the picture; never negative, at most half again as much as full daylight.
fn at(light: &Light, across: f32, down: f32) -> f32 {
    let (right, below) = (across - 0.5, down - 0.5);
    let even = light.middle + light.across * right + light.down * below;
    let corners = 1.0 - light.corners * 2.0 * (right * right + below * below);
    (even * corners * (1.0 - shade(light.shadow, across, down))).clamp(0.0, 1.5)
}

fn shade(shadow: Shadow, across: f32, down: f32) -> f32 {
    let edge = shadow.left + (shadow.right - shadow.left) * across;
    let inside = ((down - edge) / EDGE * 0.5 + 0.5).clamp(0.0, 1.0);
    shadow.depth * inside * inside * (3.0 - 2.0 * inside)
}

const fn fixed(light: f32) -> u32 {
    crate::paper::canvas::whole(light * 256.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Light = Light {
        middle: 0.5,
        across: 0.0,
        down: 0.0,
        corners: 0.0,
        shadow: Shadow { depth: 0.0, left: 0.5, right: 0.5 },
        tint: [1.0; 3],
    };

    #[test]
    fn even_light_is_even() {
        let mut row = [0; 100];
        along(&EVEN, 3, (100, 100), &mut row);
        assert!(row.iter().all(|light| *light == 128));
    }

    #[test]
    fn a_shadow_lies_below_its_edge() {
        let dark = Light { shadow: Shadow { depth: 0.5, left: 0.4, right: 0.4 }, ..EVEN };
        let mut row = [0; 100];
        along(&dark, 10, (100, 100), &mut row);
        assert_eq!(row[50], 128);
        along(&dark, 90, (100, 100), &mut row);
        assert_eq!(row[50], 64);
    }

    #[test]
    fn light_from_the_right_grows_without_steps() {
        let mut row = [0; 200];
        along(&Light { across: 0.4, ..EVEN }, 0, (200, 100), &mut row);
        assert!(row.windows(2).all(|pair| pair[0] <= pair[1] && pair[1] - pair[0] <= 1));
        assert!(row[199] > row[0] + 90);
    }
}
