//! Central over HTTP: a thin skin.
//!
//! In scope: doors, routes and their OpenAPI, limits, time limits, counting, problems, TLS, orderly end. Every answer that is no
//! success is problem+json.
//! Not here: what is accepted (`super::accept`), what goes wrong on purpose (`super::faults`).

mod app;
mod blocking;
mod body;
mod carried;
mod client;
mod config;
mod connection;
mod counting;
mod doorkeeper;
mod entry;
mod listener;
mod metrics;
mod officers;
mod openapi;
mod photo;
mod place;
mod problem;
mod problem_only;
mod publish;
mod rates;
mod server;
mod threads;
mod tls;
mod tus;
mod witness;

pub(super) use app::{App, blank};
pub use app::{FAULTS, openapi};
pub use config::{Config, Limits, Patience, ServeError};
pub(super) use connection::{Arrival, Cutter};
pub use metrics::METRICS;
pub(super) use openapi::{Asking, Text};
pub(super) use place::part;
pub(super) use problem::{Failure, no_such_route};
pub use server::Server;
pub use tls::{TlsError, TlsFiles};
