//! `GET /tps/{station}`: everything that central holds of a TPS.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::carried::{Provisional, provisional};
use super::chain::{Chain, chain};
use super::check::{Checking, checking};
use super::diverged::{Fork, forks};
use super::event::{contest_title, recipient};
use super::form::{Sheet, sheets};
use super::photos::{Shot, moved_to, of_papers};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::place::{Crumb, crumbs, tps_path};
use crate::central::pages::trouble::Trouble;
use crate::central::pages::visit::Visit;
use crate::central::pages::words;
use crate::digest::Digest;
use crate::form::Lang;
use crate::protocol::ids::StationId;
use crate::protocol::state::State;

#[derive(Template)]
#[template(path = "pages/tps.html")]
struct Page {
    frame: Frame,
    crumbs: Vec<Crumb>,
    station: StationId,
    number: String,
    kelurahan: String,
    /// Voters on the DPT.
    registered: u64,
    /// None before anything came.
    day: Option<Day>,
    /// Photos that operators filed here although nothing came from here.
    moved: Vec<Shot>,
}

/// A day of which something has come.
struct Day {
    head: Option<Digest>,
    /// Photos that have come, and those that records name.
    photos: (u64, u64),
    closing: Option<Closing>,
    sheets: Vec<Sheet>,
    provisional: Vec<Provisional>,
    papers: Vec<Shot>,
    incidents: Vec<String>,
    copies: Vec<String>,
    chain: Chain,
    forks: Vec<Fork>,
    checking: Checking,
}

/// The end of the day.
struct Closing {
    at: String,
    code: String,
    /// Forms that were not sealed: what is elected, and why.
    unsealed: Vec<(String, String)>,
}

/// `GET`.
pub(in crate::central::pages) async fn show(visit: Visit, Path(station): Path<String>) -> Response {
    visit.page(move |central, frame| make(central, frame, &station)).await
}

fn make(central: &Central, mut frame: Frame, station: &str) -> Result<Page, Trouble> {
    let station: StationId = station.parse().map_err(|_| Trouble::NoSuchPage)?;
    let registered = central.election().registered(station).ok_or(Trouble::NoSuchPage)?;
    // The code may have been given without dots; the page has one address in each language.
    frame.path = tps_path(station);
    let contest = central.election().plan().contests.first().map(|contest| contest.id.clone()).unwrap_or_default();
    let number = format!("{:03}", station.tps());
    let mut crumbs = crumbs(&frame, station.kelurahan(), &contest);
    crumbs.push(Crumb { name: frame.with(words::place::TPS, &[&number]), link: frame.to(&frame.path) });
    let held = central.state(station);
    Ok(Page {
        crumbs,
        station,
        number,
        kelurahan: central.election().name(station.kelurahan()).unwrap_or_default().to_owned(),
        registered: u64::from(registered.l) + u64::from(registered.p),
        day: held.map(|state| day(central, &frame, state)).transpose()?,
        moved: if held.is_none() { moved_to(central, &frame, station)? } else { Vec::new() },
        frame,
    })
}

fn day(central: &Central, frame: &Frame, state: &State) -> Result<Day, Trouble> {
    let station = state.station();
    let chain = chain(central, frame, station)?;
    let mut named: Vec<Digest> = state.photos().iter().map(|kept| kept.image.sha256).collect();
    named.sort_unstable();
    named.dedup();
    let here = named.iter().filter(|photo| central.holds_photo(station, photo).is_ok()).count() as u64;
    Ok(Day {
        head: state.head().map(|head| head.digest),
        photos: (here, named.len() as u64),
        closing: closing(frame, state, &chain),
        sheets: sheets(central, frame, state)?,
        provisional: provisional(central, frame, state),
        papers: of_papers(central, frame, station)?,
        incidents: state.incidents().iter().map(|(_, incident)| incident.text.clone()).collect(),
        copies: copies(frame, state),
        forks: forks(central, frame, station, &chain.entries)?,
        checking: checking(central, frame, state, &chain)?,
        chain,
    })
}

fn closing(frame: &Frame, state: &State, chain: &Chain) -> Option<Closing> {
    let (seq, at, closed) = state.closed()?;
    let record = chain.links.iter().find(|link| link.seq == *seq)?;
    let unsealed = closed.unsealed.iter().map(|one| (contest_title(frame, &one.contest), one.reason.clone()));
    Some(Closing { at: frame.moment(at), code: record.digest.on_paper(), unsealed: unsealed.collect() })
}

fn copies(frame: &Frame, state: &State) -> Vec<String> {
    let told = state.copies().iter().map(|(_, copy)| {
        let to = recipient(frame, copy.to);
        match &copy.refused {
            Some(reason) => frame.with(words::tps::COPY_NOT_TAKEN, &[&to, reason]),
            None => frame.with(words::tps::COPY_TAKEN, &[&to]),
        }
    });
    told.collect()
}
