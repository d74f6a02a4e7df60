//! Photos on the page: of the pages of a form and of other papers, previews, and those that wait for an answer.
//!
//! In scope: taking files in, showing them upright, findings in words, "take again" and "keep, because".
//! Not here: what is wrong with a photo (`photo`), whether it may be recorded (`recorder`), copies for saksi (`copy`).

mod card;
mod intake;
mod notices;
pub(super) mod pages;
pub(super) mod papers;
pub(super) mod picture;
mod previews;
mod staging;
mod upload;

pub(super) use card::megabytes;
pub(super) use notices::Notices;
pub(super) use previews::{Previews, Side};
pub(super) use upload::FORM_BYTES;
