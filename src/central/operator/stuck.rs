//! What has not come: entries that wait for the ones before them, photos that entries name.

use askama::Template;
use axum::response::Response;

use super::visit::{Shell, Visit};
use super::words::{desk, stuck as say};
use crate::central::office::Stuck;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::form::Lang;

/// How many stations one page shows.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "operator/stuck.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    stations: Vec<Stuck>,
    count: u64,
}

/// `GET /operator/stuck`.
pub(super) async fn show(visit: Visit) -> Response {
    let page = |central: &crate::central::Central, frame, shell| {
        let (stations, count) = central.stuck(MOST);
        Ok(Page { frame, shell, stations, count: count as u64 })
    };
    visit.page(page).await
}
