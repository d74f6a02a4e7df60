//! Who has not reported: regions with how far they are, and for a kelurahan every TPS with its officers.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::trouble::Trouble;
use super::visit::{Shell, Visit};
use super::words::{desk, progress as of_progress, progress as say};
use crate::central::keeper::Central;
use crate::central::office::Enrolled;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::clock::Timestamp;
use crate::form::Lang;
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region, StationId};
use crate::protocol::recap::{BelowContest, ContestPage};

/// How many TPS have reported one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) contest: String,
    pub(super) reported: u64,
}

/// Adds what the contests of another region have reported.
pub(super) fn add(forms: &mut Vec<Form>, contests: &[ContestPage]) {
    for (at, contest) in contests.iter().enumerate() {
        let reported = u64::from(contest.reported.reported);
        match forms.get_mut(at) {
            Some(form) => form.reported += reported,
            None => forms.push(Form { contest: contest.reported.contest.clone(), reported }),
        }
    }
}

#[derive(Template)]
#[template(path = "operator/progress.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    region: Region,
    name: String,
    above: Option<(Region, String)>,
    contests: Vec<String>,
    below: Vec<Below>,
    stations: Vec<Row>,
}

/// A region one level below.
struct Below {
    region: Region,
    name: String,
    stations: u64,
    reported: Vec<u64>,
}

/// A TPS.
struct Row {
    station: StationId,
    officers: [Enrolled; 2],
    opened: bool,
    heard: Option<[Timestamp; 2]>,
    sealed: u64,
    /// Pages with a photo that has come whole.
    pages: u64,
    all_pages: u64,
}

impl Row {
    /// The number inside its kelurahan, as on the paper.
    fn number(&self) -> String {
        format!("{:03}", self.station.tps())
    }

    /// Whether both results are here.
    fn has_reported(&self, forms: usize) -> bool {
        self.sealed >= forms as u64
    }
}

/// `GET /operator/progress/{region}`.
pub(super) async fn show(visit: Visit, Path(region): Path<String>) -> Response {
    let now = visit.now();
    let Ok(region) = region.parse::<Region>() else { return visit.trouble(&Trouble::NoSuchPage) };
    visit.page(move |central, frame, shell| page(central, frame, shell, region, now)).await
}

fn page(central: &Central, frame: Frame, shell: Shell, region: Region, now: Timestamp) -> Result<Page, Trouble> {
    let recap = central.recap(region)?;
    let election = central.election().clone();
    let reported =
        |contests: &[BelowContest]| contests.iter().map(|contest| u64::from(contest.reported.reported)).collect();
    let below = recap.below.iter().map(|below| Below {
        region: below.region,
        name: below.name.clone(),
        stations: below.stations.into(),
        reported: reported(&below.contests),
    });
    let stations = if region.level() == Level::Kelurahan { in_kelurahan(&election, region) } else { Vec::new() };
    let rows = stations.into_iter().map(|station| row(central, station, now)).collect::<Result<_, _>>()?;
    Ok(Page {
        region,
        name: recap.name,
        above: above(&election, region),
        contests: election.plan().contests.iter().map(|contest| contest.id.clone()).collect(),
        below: below.collect(),
        stations: rows,
        frame,
        shell,
    })
}

/// The stations of a kelurahan, by number.
pub(super) fn in_kelurahan(election: &Election, kelurahan: Region) -> Vec<StationId> {
    let all = election.plan().stations.iter().map(|station| station.id);
    all.filter(|station| station.kelurahan() == kelurahan).collect()
}

/// The region one level above.
fn above(election: &Election, region: Region) -> Option<(Region, String)> {
    let level = match region.level() {
        Level::Kelurahan => Level::Kecamatan,
        Level::Kecamatan => Level::Kota,
        Level::Kota => Level::Provinsi,
        Level::Provinsi => return None,
    };
    let above = region.up_to(level)?;
    Some((above, election.name(above)?.to_owned()))
}

fn row(central: &Central, station: StationId, now: Timestamp) -> Result<Row, Trouble> {
    let state = central.state(station);
    let pages = central.pages(station);
    Ok(Row {
        station,
        officers: central.enrolled(station, now)?,
        opened: state.is_some_and(|state| state.opened().is_some()),
        heard: central.heard(station),
        sealed: state.map_or(0, |state| state.results().len() as u64),
        pages: pages.iter().filter(|page| page.is_complete()).count() as u64,
        all_pages: pages.len() as u64,
    })
}
