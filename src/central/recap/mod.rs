//! The recapitulation: TPS → kelurahan → kecamatan → kota → provinsi, per contest, from the results in force.
//!
//! In scope: sums of every box, how many TPS have reported, the published page of a region.
//! Not here: which result is in force (`protocol::state`), whether a sheet adds up (`form`).
//!
//! Kept up to date with each entry; starting again folds the same entries through the same function.

mod page;
mod tally;

pub(super) use page::page;
pub use page::{Below, Check, ContestPage, Pair, RegionPage, Reported, TpsPage};
pub(super) use tally::Recap;
