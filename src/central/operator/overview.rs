//! The first page: how far everything is, what waits for a person, the zero state.

use askama::Template;
use axum::response::Response;

use super::trouble::Trouble;
use super::visit::{Shell, Visit};
use super::words::{desk, overview as say};
use super::{findings, progress};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::form::Lang;
use crate::protocol::annotation::{Annotation, Remark, Zero};
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region};

#[derive(Template)]
#[template(path = "operator/overview.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    stations: u64,
    opened: u64,
    log_size: u64,
    forms: Vec<progress::Form>,
    /// The smallest region that holds all stations, or the regions of the highest level.
    regions: Vec<(Region, String)>,
    open: findings::Count,
    alarms: u64,
    stuck: u64,
    zero: Option<Annotation>,
}

/// `GET /operator`.
pub(super) async fn show(visit: Visit) -> Response {
    visit.page(page).await
}

fn page(central: &Central, frame: Frame, shell: Shell) -> Result<Page, Trouble> {
    let election = central.election().clone();
    let roots = roots(&election);
    let mut forms = Vec::new();
    for region in &roots {
        progress::add(&mut forms, &central.recap(*region)?.contests);
    }
    let named = |region: Region| (region, election.name(region).unwrap_or_default().to_owned());
    Ok(Page {
        stations: election.plan().stations.len() as u64,
        opened: central.opened() as u64,
        log_size: central.health().log_size,
        forms,
        regions: roots.into_iter().map(named).collect(),
        open: findings::count_open(central)?,
        alarms: central.diverged() as u64,
        stuck: central.stuck(0).1 as u64,
        zero: central.zero().cloned(),
        frame,
        shell,
    })
}

/// The smallest region that holds every station; all provinces when there are several.
fn roots(election: &Election) -> Vec<Region> {
    let stations = &election.plan().stations;
    let at = |level: Level| {
        let mut all: Vec<Region> = stations.iter().map(|station| station.id.region(level)).collect();
        all.dedup();
        all
    };
    let mut roots = at(Level::Provinsi);
    for level in [Level::Kota, Level::Kecamatan, Level::Kelurahan] {
        if roots.len() == 1 {
            let below = at(level);
            if below.len() == 1 {
                roots = below;
            } else {
                break;
            }
        }
    }
    roots
}

/// `POST /operator/zero`: records that nothing has been received.
pub(super) async fn zero(visit: Visit) -> Response {
    let stations = visit.office.election.plan().stations.len() as u64;
    visit.say(Ok(Remark::Zero(Zero { log_size: 0, stations })), "/operator?done=zero").await
}
