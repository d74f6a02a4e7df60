//! Central from outside: what it accepts, refuses, keeps, proves, adds up, and how it fails.

mod accept;
mod crash;
mod enrol;
mod faults;
mod http;
mod kpu;
mod model;
mod open;
mod reading;
mod recap;
mod recap_audit;
mod recap_model;
mod stores;
mod tiles;
mod tls;
mod turn;
