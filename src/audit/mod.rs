//! Exports a bundle and verifies it, trusting nobody.
//!
//! In scope: the source of evidence, the bundle on disk, the verifier, its report.
//! Not here: anything with SQLite, HTTP or images: the verifier builds alone.

pub mod source;

pub use source::{KeptReceipt, ReceiptOf, Source};
