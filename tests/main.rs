//! All tests that look at Plano from outside, in one binary: each file below is listed here, and a test checks that.

mod audit;
#[cfg(feature = "photo")]
mod photo;
#[cfg(feature = "photo")]
mod photo_folder;
#[cfg(all(feature = "photo", target_os = "linux"))]
mod photo_memory;
mod support;

mod architecture;
#[cfg(feature = "rehearsal")]
mod backup;
mod election;
#[cfg(feature = "rehearsal")]
mod recorder;
#[cfg(feature = "rehearsal")]
mod recorder_people;
#[cfg(feature = "station")]
mod store;
#[cfg(feature = "station")]
mod store_kill;
#[cfg(feature = "station")]
mod store_outbox;
