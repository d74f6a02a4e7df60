//! What several test files share: golden files, scratch folders, ready-made elections and stations.

pub(crate) mod central;
pub(crate) mod day;
pub mod election;
pub mod golden;
pub(crate) mod server;
