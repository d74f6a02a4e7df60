//! What several test files share: golden files, scratch folders, ready-made elections and stations.
pub(crate) mod documents;
pub(crate) mod sheets;
