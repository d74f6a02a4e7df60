//! The reading page: one officer types one form from the paper, box by box.
//!
//! In scope: showing the boxes, taking what was typed, findings beside the boxes, the notes on them.
//! Not here: whose turn it is and what is recorded (`recorder`), the rules (`form`).

mod autosave;
mod beside;
mod page;
mod record;
mod typed;
mod view;

pub(super) use autosave::take;
pub(super) use page::show;
pub(super) use record::{record, save_for};
