//! One TPS: its figures as on the paper, photos, findings, revisions, its chain, and how to check all of it.
//!
//! In scope: what central holds of the TPS, told in words; previews and receipts to be taken along.
//! Not here: the sums it is part of (`super::region`), whether all of it holds, which a reader checks with other tools.

mod against;
mod carried;
mod chain;
mod check;
mod diverged;
mod event;
mod form;
mod page;
mod photos;
mod pictures;
mod result;

pub(super) use page::show;
pub(in crate::central) use pictures::Darkroom;
pub(super) use pictures::{full, preview, receipt};
