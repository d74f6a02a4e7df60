//! Central from outside: what it accepts, refuses, keeps, proves, adds up, and how it fails.

mod accept;
mod crash;
mod doors;
mod enrol;
mod faults;
mod foreign;
mod http;
mod kpu;
mod metrics;
mod model;
mod open;
mod openapi;
mod operator;
mod pages;
mod reading;
mod recap;
mod recap_audit;
mod recap_model;
mod remarks;
mod stores;
mod tiles;
mod tls;
mod turn;
mod tus;
mod tus_hostile;
