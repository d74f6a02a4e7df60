//! Photos on their way: what has come of each so far, kept on disk between one broken connection and the next.
//!
//! In scope: what an upload is and allows, the folder of parts, who works on which, what is swept.
//! Not here: headers and statuses (`super::http::tus`), whether a photo is wanted and its receipt (`super::photos`).

mod checksum;
mod error;
mod folder;
mod piece;
mod scratch;
mod shelf;
mod upload;

pub(super) use error::UploadError;
pub(super) use piece::Piece;
pub(super) use shelf::{Held, Shelf};
pub(super) use upload::{Upload, UploadId, Wanted};
