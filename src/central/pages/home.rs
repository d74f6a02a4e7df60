//! The front page: what this is, how far the election has come, the map of tiles, the head of the log.

use askama::Template;
use axum::response::Response;

use super::frame::Frame;
use super::log_head::LogHead;
use super::place::{self, region_path};
use super::progress::{Progress, progress};
use super::tiles::{self, Group};
use super::trouble::Trouble;
use super::visit::Visit;
use super::words;
use crate::central::keeper::Central;
use crate::form::Lang;
use crate::protocol::wire::routes;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Page {
    frame: Frame,
    title: String,
    date: String,
    progress: Vec<Progress>,
    /// The recapitulation of the whole; none when the election has no region that holds all of it.
    root: Option<String>,
    map: Vec<Group>,
    head: Option<LogHead>,
    diverged: u64,
}

/// `GET /`.
pub(super) async fn show(visit: Visit) -> Response {
    visit.page(make).await
}

fn make(central: &Central, frame: Frame) -> Result<Page, Trouble> {
    let root = place::root(central.election());
    let whole = root.map(|root| central.recap(root)).transpose()?;
    let contest = central.election().plan().contests.first().map(|contest| contest.id.clone()).unwrap_or_default();
    Ok(Page {
        title: root.map_or_else(|| frame.w(words::place::NATION).to_owned(), |root| place::named(&frame, root)),
        date: frame.date(&central.election().plan().date),
        progress: whole.map(|page| progress(&frame, &page)).unwrap_or_default(),
        root: root.map(|root| root.to_string()),
        map: tiles::map(central, &frame, &contest)?,
        head: LogHead::of(central, &frame)?,
        diverged: central.diverged() as u64,
        frame,
    })
}

impl Page {
    /// The page of a contest of the whole.
    fn link(&self, contest: &str) -> Option<String> {
        let root = place::root(&self.frame.election)?;
        Some(self.frame.to(&region_path(root, contest)))
    }

    /// Whether anything was sealed.
    fn started(&self) -> bool {
        self.map.iter().any(|group| group.own.forms.part > 0)
    }
}
