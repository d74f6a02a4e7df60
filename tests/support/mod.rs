//! What several test files share: golden files, scratch folders, ready-made elections and stations.

pub mod bundle;
pub mod election;
pub mod golden;
#[cfg(feature = "station")]
pub(crate) mod ledger;
#[cfg(feature = "photo")]
pub(crate) mod photos;
#[cfg(feature = "station")]
pub(crate) mod receipts;
#[cfg(feature = "rehearsal")]
pub(crate) mod station;
