//! One TPS: its officers, its photos with the place where each belongs, what was found.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::alarms;
use super::findings::{self, of_row};
use super::trouble::Trouble;
use super::visit::{Shell, Visit};
use super::words::{alarms as of_alarms, desk, findings as of_findings, progress as of_progress, station as say};
use crate::central::filing::{FiledPage, FiledPhoto, Move};
use crate::central::keeper::Central;
use crate::central::office::Enrolled;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Lang, Page as FormPage};
use crate::protocol::annotation::{DIVERGED, Filing, Moved, Remark};
use crate::protocol::entry::PaperKind;
use crate::protocol::ids::{Region, StationId};
use crate::protocol::state::Shows;
use crate::session::fields::Fields;

#[derive(Template)]
#[template(path = "operator/station.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    station: StationId,
    kelurahan: (Region, String),
    officers: [Enrolled; 2],
    heard: Option<[Timestamp; 2]>,
    contests: Vec<String>,
    pages: Vec<FiledPage>,
    papers: Vec<(PaperKind, &'static str, Vec<FiledPhoto>)>,
    /// Papers that a photo may be filed as.
    kinds: [(PaperKind, &'static str); 3],
    findings: Vec<findings::Row>,
    alarms: Vec<alarms::Row>,
}

impl Page {
    /// What an operator said about a photo, at the end at which it is looked at.
    fn told(&self, moved: &Move) -> String {
        let (Move::Away(said) | Move::Here(said)) = moved;
        let Remark::Moved(remark) = said.remark() else { return String::new() };
        let at = self.frame.moment(said.at());
        match moved {
            Move::Away(_) => self.frame.with(say::AWAY, &[said.by(), &at, &remark.to, &remark.note]),
            Move::Here(_) => self.frame.with(say::HERE, &[&remark.from.station, said.by(), &at, &remark.note]),
        }
    }
}

/// `GET /operator/tps?station=…`: leads to the page of the TPS whose number was typed.
pub(super) async fn find(visit: Visit, fields: Fields) -> Response {
    match fields.get("station").trim().parse::<StationId>() {
        Ok(station) => visit.go(&format!("/operator/tps/{station}")),
        Err(_) => visit.trouble(&Trouble::NoSuchPage),
    }
}

/// `GET /operator/tps/{station}`.
pub(super) async fn show(visit: Visit, Path(station): Path<String>) -> Response {
    let now = visit.now();
    let Ok(station) = station.parse::<StationId>() else { return visit.trouble(&Trouble::NoSuchPage) };
    visit.page(move |central, frame, shell| page(central, frame, shell, station, now)).await
}

fn page(central: &Central, frame: Frame, shell: Shell, station: StationId, now: Timestamp) -> Result<Page, Trouble> {
    let filed = central.filed(station)?;
    let kelurahan = station.kelurahan();
    let kinds = PaperKind::ALL.map(|kind| (kind, frame.w(say::of(kind))));
    let papers = kinds.map(|(kind, name)| {
        let filing = Filing { station, shows: Shows::Paper(kind) };
        (kind, name, central.photos_at(&filing))
    });
    Ok(Page {
        station,
        kelurahan: (kelurahan, frame.election.name(kelurahan).unwrap_or_default().to_owned()),
        officers: central.enrolled(station, now)?,
        heard: central.heard(station),
        contests: frame.election.plan().contests.iter().map(|contest| contest.id.clone()).collect(),
        pages: central.pages(station),
        papers: papers.into_iter().filter(|(_, _, photos)| !photos.is_empty()).collect(),
        kinds,
        findings: filed.into_iter().map(|filed| of_row(central, filed)).collect::<Result<_, _>>()?,
        alarms: alarms::rows(central, Some(station))?,
        frame,
        shell,
    })
}

/// `POST /operator/tps/{station}/moved`: a photo belongs elsewhere.
pub(super) async fn moved(visit: Visit, Path(station): Path<String>, fields: Fields) -> Response {
    let then = format!("/operator/tps/{station}?done=moved");
    visit.say(read(&station, &fields).map(Remark::Moved), &then).await
}

fn read(station: &str, fields: &Fields) -> Result<Moved, Trouble> {
    let photo: Digest = fields.get("photo").parse().map_err(|_| Trouble::Unreadable)?;
    Ok(Moved {
        photo,
        from: filing(station, fields.get("from"))?,
        to: filing(fields.get("to_station").trim(), fields.get("to"))?,
        note: fields.get("note").to_owned(),
    })
}

/// A place as forms write it: a station, and `gubernur/2` or `salinan`.
fn filing(station: &str, shows: &str) -> Result<Filing, Trouble> {
    let station = station.parse().map_err(|_| Trouble::NoSuchPage)?;
    let page = shows.rsplit_once('/').and_then(|(contest, page)| {
        Some(Shows::Page { contest: contest.to_owned(), page: FormPage::new(page.parse().ok()?)? })
    });
    let paper = || PaperKind::ALL.into_iter().find(|kind| kind.name() == shows).map(Shows::Paper);
    let shows = page.or_else(paper).ok_or(Trouble::Unreadable)?;
    Ok(Filing { station, shows })
}
