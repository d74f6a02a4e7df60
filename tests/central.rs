//! Central from outside: what it accepts, refuses, keeps, proves, adds up, and how it fails.

mod accept;
mod crash;
mod enrol;
mod faults;
mod foreign;
mod http;
mod model;
mod recap;
mod stores;
mod tiles;
mod tls;
