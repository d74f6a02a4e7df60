//! What several test files share: golden files, scratch folders, ready-made elections and stations.

#[cfg(feature = "photo")]
pub(crate) mod photos;
