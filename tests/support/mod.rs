//! What several test files share: golden files, scratch folders, ready-made elections and stations.

pub mod central;
#[cfg(all(feature = "station", feature = "central"))]
pub(crate) mod crooked;
pub mod day;
pub mod election;
#[cfg(feature = "station")]
pub(crate) mod fake_http;
pub mod golden;
#[cfg(feature = "station")]
pub(crate) mod ledger;
#[cfg(feature = "photo")]
pub(crate) mod photos;
#[cfg(feature = "station")]
pub(crate) mod receipts;
#[cfg(all(feature = "station", feature = "central"))]
pub(crate) mod scripted;
#[cfg(feature = "station")]
pub(crate) mod virtual_time;
