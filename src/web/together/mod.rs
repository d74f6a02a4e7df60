//! What both officers do together: seal, close; and beginning a correction, which leads there again.
//! In scope: showing in full what is signed, taking both PINs on one screen or on two.
//! Not here: whether it may be sealed or closed (`recorder`).

mod close;
mod consent;
mod correct;
mod pins;
mod seal;
mod seal_page;

pub(super) use close::{close, show as show_close};
pub(super) use consent::Consents;
pub(super) use correct::{begin as correct, show as show_correct};
pub(super) use seal::{seal, show as show_seal};
