//! The map of tiles: every region one and two tiers below the whole, shaded by how much has been reported.

use super::frame::Frame;
use super::place::{self, region_path, tps_path};
use super::share::Share;
use super::trouble::Trouble;
use super::words;
use crate::central::keeper::Central;
use crate::protocol::ids::{Level, Region};
use crate::protocol::recap::{Below, RegionPage, TpsPage};

/// One tile.
#[derive(Debug, Clone)]
pub(super) struct Tile {
    /// What it is called.
    pub(super) name: String,
    /// The page behind it.
    pub(super) link: String,
    /// Forms with a sealed result, of all forms.
    pub(super) forms: Share,
    /// Forms whose figures break a rule.
    pub(super) findings: u64,
}

/// Tiles that lie together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The region that they lie in.
    pub(super) own: Tile,
    /// What it is divided into.
    pub(super) tiles: Vec<Tile>,
}

/// The map of the whole election.
pub(super) fn map(central: &Central, frame: &Frame, contest: &str) -> Result<Vec<Group>, Trouble> {
    let tops: Vec<Region> = match place::root(central.election()) {
        Some(root) => vec![root],
        None => provinces(central),
    };
    let mut groups = Vec::new();
    for region in tops {
        let page = central.recap(region)?;
        match region.level() {
            Level::Kelurahan => groups.push(Group { own: whole(frame, &page, contest), tiles: stations(frame, &page) }),
            Level::Kecamatan => groups.push(group(frame, &page, contest)),
            _ if place::root(central.election()).is_none() => groups.push(group(frame, &page, contest)),
            _ => {
                for below in &page.below {
                    groups.push(group(frame, &central.recap(below.region)?, contest));
                }
            }
        }
    }
    Ok(groups)
}

fn provinces(central: &Central) -> Vec<Region> {
    let regions = central.election().plan().regions.iter().map(|named| named.code);
    regions.filter(|region| region.level() == Level::Provinsi).collect()
}

fn group(frame: &Frame, page: &RegionPage, contest: &str) -> Group {
    let tile = |below: &Below| Tile {
        name: below.name.clone(),
        link: frame.to(&region_path(below.region, contest)),
        forms: forms(below.stations, below.contests.iter().map(|one| one.reported.reported)),
        findings: below.contests.iter().map(|one| u64::from(one.reported.with_findings)).sum(),
    };
    Group { own: whole(frame, page, contest), tiles: page.below.iter().map(tile).collect() }
}

fn whole(frame: &Frame, page: &RegionPage, contest: &str) -> Tile {
    Tile {
        name: place::named(frame, page.region),
        link: frame.to(&region_path(page.region, contest)),
        forms: forms(page.stations, page.contests.iter().map(|one| one.reported.reported)),
        findings: page.contests.iter().map(|one| u64::from(one.reported.with_findings)).sum(),
    }
}

fn forms(stations: u32, reported: impl Iterator<Item = u32>) -> Share {
    let (sum, contests) = reported.fold((0, 0), |(sum, contests), one| (sum + u64::from(one), contests + 1));
    Share::of(sum, u64::from(stations) * contests)
}

fn stations(frame: &Frame, page: &RegionPage) -> Vec<Tile> {
    let tile = |tps: &TpsPage| Tile {
        name: frame.with(words::place::TPS, &[&format!("{:03}", tps.station.tps())]),
        link: frame.to(&tps_path(tps.station)),
        forms: Share::of(tps.forms.len() as u64, frame.election.forms().len() as u64),
        findings: tps.forms.iter().filter(|form| !form.share.findings.is_empty()).count() as u64,
    };
    page.tps.iter().map(tile).collect()
}
