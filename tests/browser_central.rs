//! Central's pages in a real Chromium, of a whole city on the evening of the day and before it began.
//!
//! This file fills the centrals and lets them listen; `tests/browser/central.mjs` drives the browser.

use serde_json::json;
use tempfile::TempDir;

use crate::support::central::in_memory;
use crate::support::evening::{carried_from, city, evening, full_station, moved_to};
use crate::support::node;
use crate::support::server::Listening;

#[test]
fn every_page_of_central_is_read_on_a_phone_and_a_laptop() {
    if !node::is_here() {
        return;
    }
    let [evening, morning] = [evening(), in_memory(&city())].map(Listening::start);
    let folder = TempDir::new().expect("a folder");
    let scene = json!({
        "evening": format!("http://{}", evening.addr()),
        "morning": format!("http://{}", morning.addr()),
        "full": full_station(),
        "half": "35.74.01.1001-004",
        "moved": moved_to(),
        "carried": carried_from(),
        "nothing": "35.74.02.1003-001",
        "pictures": std::env::var_os("PLANO_PICTURES").map_or_else(|| folder.path().join("pictures"), Into::into),
    });
    let told = node::run("central.mjs", folder.path(), &scene);
    assert!(told.trim_end().ends_with("every page was read"), "{told}");
    evening.end();
    morning.end();
}
