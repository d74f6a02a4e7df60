//! All tests that look at Plano from outside, in one binary: each file below is listed here, and a test checks that.

#[cfg(feature = "photo")]
mod photo;
#[cfg(feature = "photo")]
mod photo_folder;
#[cfg(all(feature = "photo", target_os = "linux"))]
mod photo_memory;
mod support;

mod architecture;
mod central;
mod election;
#[cfg(feature = "station")]
mod store;
#[cfg(feature = "station")]
mod store_outbox;
#[cfg(all(feature = "station", feature = "central"))]
mod sync;
#[cfg(feature = "station")]
mod sync_http;
#[cfg(all(feature = "station", feature = "central"))]
mod sync_scenes;
