//! All tests that look at Plano from outside, in one binary: each file below is listed here, and a test checks that.

#![expect(unreachable_pub, reason = "a test binary has no outside; `pub` means that other test files use it")]
#![expect(clippy::panic, reason = "a helper of a test fails by panicking, as the test does")]

mod support;

mod architecture;
mod audit;
mod audit_damage;
mod audit_forged;
mod audit_hostile;
mod audit_witness;
mod backup;
mod browser_central;
mod browser_day;
mod browser_operator;
mod carrier;
mod central;
mod cli;
mod cli_reference;
mod dependencies;
mod docs;
mod election;
mod foreign_link;
mod foreign_tus;
mod form;
mod format_page;
mod formats;
mod key_file;
mod light;
mod link;
mod paper;
mod parcel;
mod photo;
mod photo_folder;
mod photo_lepton;
mod photo_memory;
mod polling_day;
mod qr;
mod recorder;
mod recorder_people;
mod rehearse;
mod store;
mod store_kill;
mod store_outbox;
mod sync;
mod sync_central;
mod sync_coding;
mod sync_http;
mod sync_link;
mod sync_scenes;
mod sync_tus;
mod two_person;
mod web;
mod web_delivery;
mod web_enrol;
mod web_lan;
mod web_photos;
mod web_together;
mod witness;
mod witness_cli;
