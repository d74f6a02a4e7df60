//! The way to central over HTTP/1.1, in earnest.
//!
//! In scope: what is set up once (TLS, time limits), the requests, and which answer means what.
//! Not here: whether a receipt may be believed (`believe`), when to try again (`plan`, `backoff`).
//!
//! Choices that keep strangers out: redirects are never followed; the environment's proxy settings are not read; only
//! an answer in central's own words (a receipt or a problem) has a meaning, anything else is a portal's.

mod budget;
mod carry;
mod client;
mod config;
mod enrol;
mod entries;
mod exchange;
mod gauge;
mod log;
mod meter;
mod photo;
mod read;
mod retry_after;
mod stream;
mod trouble;
mod tus;

pub use client::HttpUplink;
pub use config::{Config, Limits};
pub use enrol::EnrolError;
pub use read::Denial;
