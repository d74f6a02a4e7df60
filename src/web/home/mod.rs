//! The home page: where everything stands, and the one next thing to do.
//!
//! In scope: each form's way from the first reading to the copies, and the day's way around them.
//! Not here: what the next step is (`recorder::Next`), the pages that the steps lead to.

mod open;
mod page;
mod path;

pub(super) use open::open;
pub(super) use page::show;
