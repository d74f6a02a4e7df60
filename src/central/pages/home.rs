//! The front page: what this is, how far the election has come, the map of tiles, the head of the log, the zero state.

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
use crate::digest::Digest;
use crate::form::Lang;
use crate::protocol::annotation::{Annotation, Remark};
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
    /// Results that came without their chain.
    provisional: u64,
    /// The zero state, when it was recorded.
    zero: Option<Nothing>,
    /// Nothing has come from a TPS.
    silent: bool,
}

/// The zero state as it was recorded.
struct Nothing {
    /// Who recorded it, when, over how many TPS.
    text: String,
    /// SHA-256 of the statement.
    digest: Digest,
    /// Its place in the log, from 0.
    logged: Option<u64>,
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
        provisional: central.provisional_results() as u64,
        zero: central.zero().and_then(|said| nothing(central, &frame, said)),
        silent: central.health().log_size <= u64::from(central.zero().is_some()),
        frame,
    })
}

fn nothing(central: &Central, frame: &Frame, said: &Annotation) -> Option<Nothing> {
    let Remark::Zero(remark) = said.remark() else { return None };
    let stations = frame.count(remark.stations);
    Some(Nothing {
        text: frame.with(words::home::ZERO_DONE, &[&frame.moment(said.at()), said.by(), &stations]),
        digest: said.digest(),
        logged: central.annotation_place(&said.digest()),
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
