//! Region lists (`/wilayah/…`) and lists of pairs (`/pilkada/paslon/…`).

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::contest::Contest;
use super::moment;
use super::place::Place;
use crate::central::http::Failure;
use crate::central::keeper::Central;
use crate::central::refusal::Refusal;
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region, StationId};

/// One line of a region list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Wilayah {
    nama: String,
    /// KPU's own numbers are not known here; the code as a number is as unique.
    id: u64,
    kode: String,
    tingkat: u8,
}

/// One pair.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Paslon {
    ts: String,
    nama: String,
    warna: &'static str,
    nomor_urut: usize,
}

/// Colours of pairs, number 1 first; a form has room for ten.
const COLOURS: [&str; 10] =
    ["#8CB9BD", "#C7B7A3", "#B67352", "#7D8F69", "#9A86A4", "#D3A357", "#6C8EAD", "#B5838D", "#8A9A5B", "#A5A5A5"];

/// Everything one tier below a place.
pub(super) fn below(central: &Central, place: Place) -> Result<Vec<Wilayah>, Failure> {
    let election = central.election();
    let elsewhere = |region: Region| Refusal::NotHere(format!("a TPS in region {region}"));
    match place {
        Place::Nation => Ok(provinces(election).map(|region| line(election, region)).collect()),
        Place::Region(region) if region.level() == Level::Kelurahan => {
            let stations = election.stations_in(region);
            if stations.is_empty() {
                return Err(elsewhere(region).into());
            }
            Ok(stations.iter().map(|station| tps(station.id)).collect())
        }
        Place::Region(region) => {
            let recap = central.index.recap();
            recap.totals(region).ok_or_else(|| elsewhere(region))?;
            Ok(recap.below(region).map(|(region, _)| line(election, region)).collect())
        }
        Place::Station(station) => Err(Refusal::NotHere(format!("a region below TPS {station}")).into()),
    }
}

/// The provinces of the election, in their order.
pub(super) fn provinces(election: &Election) -> impl Iterator<Item = Region> {
    let regions = election.plan().regions.iter().map(|named| named.code);
    regions.filter(|region| region.level() == Level::Provinsi)
}

fn line(election: &Election, region: Region) -> Wilayah {
    let kode = region.digits();
    let tingkat = match region.level() {
        Level::Provinsi => 1,
        Level::Kota => 2,
        Level::Kecamatan => 3,
        Level::Kelurahan => 4,
    };
    let nama = election.name(region).unwrap_or_default().to_owned();
    Wilayah { nama, id: kode.parse().unwrap_or_default(), kode, tingkat }
}

fn tps(station: StationId) -> Wilayah {
    let kode = station.digits();
    Wilayah { nama: format!("TPS {:03}", station.tps()), id: kode.parse().unwrap_or_default(), kode, tingkat: 5 }
}

/// The pairs by the region in which they stand, then by their ids.
pub(super) fn pairs(
    central: &Central,
    contest: &Contest,
) -> Result<BTreeMap<String, BTreeMap<String, Paslon>>, Failure> {
    let ts = moment::last(central)?;
    let level = if contest.is_provincial { Level::Provinsi } else { Level::Kota };
    let regions = central.election().plan().regions.iter().map(|named| named.code);
    let paslon = |(number, id, name): (usize, String, &str)| {
        let warna = COLOURS[(number - 1) % COLOURS.len()];
        (id, Paslon { ts: ts.clone(), nama: name.to_owned(), warna, nomor_urut: number })
    };
    let here = regions.filter(|region| region.level() == level);
    Ok(here.map(|region| (region.digits(), contest.pairs().map(paslon).collect())).collect())
}
