//! The recapitulation of one contest in one region: on a screen, and as a sheet to be printed.
//!
//! In scope: progress, pairs, participation, sums as on the form, written beside computed, what lies one tier below.
//! Not here: the sums themselves (`central::recap`), the figures of one TPS (`super::tps`).

mod boxes;
mod children;
mod findings;
mod page;
mod sheet;

pub(super) use page::{first_contest, show};
pub(super) use sheet::show as show_sheet;
