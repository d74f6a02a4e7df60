//! Practice paper: draws C.HASIL pages with handwriting and photographs them, deterministic by seed.
//!
//! In scope: page drawing, handwriting, page tag, the camera (perspective, light, noise).
//! Not here: real photos (`photo`), what is on the form (`form`).

pub mod random;
