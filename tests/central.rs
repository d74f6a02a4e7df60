//! Central from outside: what it accepts, refuses, keeps, proves, adds up, and how it fails.

mod accept;
mod crash;
mod doors;
mod enrol;
mod faults;
mod http;
mod metrics;
mod model;
mod openapi;
mod reading;
mod recap;
mod stores;
mod tiles;
mod tls;
mod turn;
