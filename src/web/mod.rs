//! The station's page: the two officers' day in a browser, on the laptop or on their phones over the hotspot of the TPS.
//!
//! In scope: the server, sessions, who may use which route, pages and their texts.
//! Not here: any rule of the day (`recorder`, `protocol::state`), the arithmetic of the paper (`form`), sending (`sync`).

mod access;
mod answer;
mod app;
mod assets;
mod carry;
mod cookies;
mod copy;
mod delivery;
mod desk;
mod differences;
mod enrol;
mod error;
mod frame;
mod guard;
mod home;
mod join;
mod lan;
mod login;
mod look;
mod notes;
mod parcels;
mod photos;
mod postman;
mod reading;
mod room;
mod routes;
mod server;
mod sessions;
mod sheet;
mod stand;
mod together;
mod visit;
mod wall;
mod words;

use crate::session::{fields, hosts};

pub use access::Access;
pub use hosts::Hosts;
pub use lan::{Certificate, CertificateError, Lan};
pub use postman::{Postman, PostmanError};
pub use routes::routes;
pub use server::{Clock, Config, ServeError, Server};
