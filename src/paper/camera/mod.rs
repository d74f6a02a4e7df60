//! The camera: photographs a page that hangs on a wall.
//!
//! In scope: perspective, light, shadow, softness, noise, and the wall around the sheet.
//! Not here: what is on the page (`draw`), the JPEG file (`studio`).

mod expose;
mod lanes;
mod lens;
mod light;
mod scene;
mod sensor;
mod shot;
mod soften;
mod wall;

pub use expose::photograph;
pub use shot::Shot;
