//! Where a page is: the region that holds all of the election, the way down to a region, the names of tiers.

use super::frame::Frame;
use super::words::place;
use crate::form::Text;
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region, StationId};

/// The smallest region that holds every TPS of the election; `None` when they lie in several provinces.
pub(super) fn root(election: &Election) -> Option<Region> {
    // Stations are sorted by code, so what holds the first and the last holds all of them.
    let stations = &election.plan().stations;
    let (first, last) = (stations.first()?.id, stations.last()?.id);
    Level::ALL.into_iter().rev().map(|tier| first.region(tier)).find(|region| region.holds(last.kelurahan()))
}

/// A step on the way to a page.
#[derive(Debug, Clone)]
pub(super) struct Crumb {
    /// What it is called.
    pub(super) name: String,
    /// Its address.
    pub(super) link: String,
}

/// The way to `region`: the front page, then every region of the election above it and itself.
pub(super) fn crumbs(frame: &Frame, region: Region, contest: &str) -> Vec<Crumb> {
    let from = root(&frame.election).map_or(Level::Provinsi, Region::level);
    let tiers = Level::ALL.into_iter().filter(|tier| *tier >= from).filter_map(|tier| region.up_to(tier));
    let crumb = |region: Region| Crumb { name: named(frame, region), link: frame.to(&region_path(region, contest)) };
    let home = Crumb { name: frame.w(place::HOME).to_owned(), link: frame.to("/") };
    std::iter::once(home).chain(tiers.map(crumb)).collect()
}

/// Path of the page of a region.
pub(super) fn region_path(region: Region, contest: &str) -> String {
    format!("/region/{region}/{contest}")
}

/// Path of the page of a TPS.
pub(super) fn tps_path(station: StationId) -> String {
    format!("/tps/{station}")
}

/// A region's name as people say it: `Kecamatan Mayangan`. The names of provinces and kota stand alone.
pub(super) fn named(frame: &Frame, region: Region) -> String {
    let name = frame.election.name(region).map_or_else(|| region.to_string(), str::to_owned);
    match region.level() {
        Level::Provinsi | Level::Kota => name,
        level => format!("{} {name}", frame.w(tier(level))),
    }
}

/// What a tier is called.
pub(super) const fn tier(level: Level) -> Text {
    match level {
        Level::Provinsi => place::PROVINSI,
        Level::Kota => place::KOTA,
        Level::Kecamatan => place::KECAMATAN,
        Level::Kelurahan => place::KELURAHAN,
    }
}

/// What the regions one tier below are called; `None` where TPS lie below.
pub(super) fn below(level: Level) -> Option<Text> {
    Level::ALL.into_iter().find(|tier| *tier > level).map(tier)
}
