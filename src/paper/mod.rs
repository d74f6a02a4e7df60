//! Practice paper: draws C.HASIL pages with handwriting and photographs them, deterministic by seed.
//!
//! In scope: page drawing, handwriting, page tag, the camera (perspective, light, noise).
//! Not here: real photos (`photo`), what is on the form (`form`).

pub mod camera;
mod canvas;
pub mod draw;
pub mod geometry;
pub mod hand;
pub mod layout;
pub mod mark;
mod print;
pub mod random;
mod sheet;
mod studio;
pub mod tag;
pub mod words;

pub use sheet::{Place, Sheet, SheetError};
pub use studio::{Studio, StudioError, photo};
