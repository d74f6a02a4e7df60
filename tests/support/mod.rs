//! What several test files share: golden files, scratch folders, ready-made elections and stations.

pub mod browser;
pub mod bundle;
pub mod central;
pub mod crooked;
pub mod cutter;
pub mod day;
pub mod deliveries;
pub mod election;
pub mod evening;
pub mod fake_http;
pub mod fake_log;
pub mod golden;
pub mod ledger;
pub mod licence;
pub mod node;
pub mod operator;
pub mod photos;
pub mod receipts;
pub mod scripted;
pub mod server;
pub mod sheets;
pub mod station;
pub mod tamper;
pub mod uploads;
pub mod virtual_time;
