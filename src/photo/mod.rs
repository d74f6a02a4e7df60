//! A photograph of a page: what it is, how good it is, and the folder that keeps it.
//!
//! In scope: kind and limits, orientation, quality findings, preview and light copy, the shorter coding in which it
//! travels, the content-addressed folder.
//! Not here: which page and form a photo belongs to (`recorder`), reading digits (a person does that).
//!
//! The bytes that came in are the evidence and are never changed. Whatever a finding says, a photo of a kind we take
//! is kept: a blurred photo of the page is better evidence than none.

mod codes;
mod decode;
mod error;
mod examine;
mod filler;
mod fingerprint;
mod folder;
mod folder_error;
mod guard;
mod header;
mod incoming;
mod kind;
pub mod lepton;
mod light;
pub mod limits;
mod orientation;
mod page;
mod pixels;
mod preview;
mod previews;
mod quality;
#[cfg(test)]
mod sample;
mod sharpness;
mod strip;
mod tone;
mod words;

pub use codes::{Bound, CODES, Code, CodeEntry};
pub use error::PhotoError;
pub use examine::{Examination, examine};
pub use fingerprint::Fingerprint;
pub(crate) use folder::sync_folder;
pub use folder::{Folder, Stored};
pub use folder_error::FolderError;
pub use header::Size;
pub(crate) use incoming::{Incoming, sweep};
pub use kind::Kind;
pub use light::light;
pub use orientation::Orientation;
pub use pixels::Grey;
pub use preview::{grey, preview};
pub use previews::Previews;
pub use quality::{Finding, Measure};
pub use strip::stripped;
pub use words::Words;
