//! Handwriting: glyphs as pen strokes, one writer's manner, and the strokes that come of both.
//!
//! In scope: letters and digits as polylines inside an area, signatures, tally strokes.
//! Not here: what is written where (`layout`), ink on paper (`draw`).

mod curve;
mod glyphs;
mod scribble;
mod writer;

pub use writer::{Stroke, Writer};
