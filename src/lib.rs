//! Plano records the figures of a polling station (TPS) and delivers them so that nobody has to take them on trust.
//!
//! The pure core is what is on the paper ([`form`]) and what leaves the machine ([`protocol`]). Around it stand four
//! roles that share nothing else: the station (`recorder`, `store`, `photo`), `sync` that delivers, `central` that
//! receives and publishes (and `witness`, which cosigns what it publishes), and [`audit`] that exports and verifies and trusts nobody. `web` shows the station to its officers. [`cli`] plugs them
//! together.
//! The allowed arrows between these modules are a table in `tests/architecture.rs`.

// First, because it brings the macro of the catalogues.
#[cfg(any(feature = "web", feature = "central"))]
#[macro_use]
mod html;

pub mod audit;
pub mod cli;
pub mod clock;
pub mod digest;
pub mod form;
pub mod protocol;

#[cfg(feature = "central")]
pub mod central;
#[cfg(feature = "rehearsal")]
pub mod paper;
#[cfg(feature = "photo")]
pub mod photo;
#[cfg(any(feature = "station", feature = "central"))]
mod qr;
#[cfg(feature = "station")]
pub mod recorder;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
#[cfg(any(feature = "web", feature = "central"))]
mod session;
#[cfg(feature = "station")]
pub mod store;
#[cfg(feature = "station")]
pub mod sync;
#[cfg(feature = "web")]
pub mod web;
#[cfg(feature = "witness")]
pub mod witness;
