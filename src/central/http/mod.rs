//! Central over HTTP: a thin skin.
//!
//! In scope: routes, limits, time limits, problems, TLS, orderly end. Every answer that is no success is problem+json.
//! Not here: what is accepted (`super::accept`), what goes wrong on purpose (`super::faults`).

mod app;
mod blocking;
mod body;
mod connection;
mod entry;
mod officers;
mod photo;
mod place;
mod problem;
mod publish;
mod server;
mod tls;
mod tus;
mod witness;

pub(super) use app::App;
pub use app::FAULTS;
pub(super) use connection::Cutter;
pub(super) use place::part;
pub(super) use problem::{Failure, no_such_route};
pub use server::{Config, Patience, ServeError, Server};
pub use tls::{TlsError, TlsFiles};
