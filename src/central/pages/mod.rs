//! Central's pages: what anybody may read of an election, rendered by the server, in Indonesian and English.
//!
//! In scope: the frame of every page of central, progress, recapitulation, a TPS with its evidence, how to check it.
//! Not here: JSON and CSV of the same (`super::http`), what operators do behind a login.
//!
//! No page needs a script, a cookie or another host. The language is part of the address, so that every page may be kept by
//! whatever lies between central and a reader.

pub(super) mod assets;
pub(super) mod frame;
mod home;
mod log_head;
mod not_found;
mod place;
mod progress;
mod region;
mod routes;
mod share;
mod tiles;
mod tps;
mod trouble;
mod visit;
pub(super) mod words;

pub(super) use not_found::no_such_route;
pub(super) use routes::{dressed, looks, routes};
pub(super) use tps::Darkroom;
