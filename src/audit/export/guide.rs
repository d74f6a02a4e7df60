//! `data/VERIFY.md`: how to check the bundle, with and without Plano.

use crate::protocol::election::Election;
use crate::protocol::ids::StationId;

const GUIDE: &str = include_str!("guide.md");
const DRILL: &str = "**LATIHAN / DRILL — bukan hasil pemilihan / not the result of an election**\n\n";
/// Stands in the commands when the bundle has no station.
const EXAMPLE: &str = "35.74.03.1001-001";

pub(super) fn text(election: &Election, stations: &[StationId]) -> String {
    let station = stations.first().map_or_else(|| EXAMPLE.to_owned(), ToString::to_string);
    let drill = if election.is_drill() { DRILL } else { "" };
    let text = GUIDE.replace("{station}", &station).replace("{digest}", &election.digest().to_string());
    format!("{drill}{text}")
}
