//! `data/VERIFY.md`: how to check the bundle, with and without Plano.

use crate::protocol::election::Election;
use crate::protocol::ids::{Slot, StationId};

const GUIDE: &str = include_str!("guide.md");
const DRILL: &str = "**LATIHAN / DRILL — bukan hasil pemilihan / not the result of an election**\n\n";
/// Stands in the commands when the bundle has no entry.
const EXAMPLE: (&str, Slot) = ("35.74.03.1001-001", Slot::P1);

/// The guide; its commands check the first entry of `example`, which that officer signed.
pub(super) fn text(election: &Election, example: Option<(StationId, Slot)>) -> String {
    let (station, slot) =
        example.map_or_else(|| (EXAMPLE.0.to_owned(), EXAMPLE.1), |(station, slot)| (station.to_string(), slot));
    let text = GUIDE.replace("{station}", &station).replace("{slot}", &slot.to_string());
    let text = text.replace("{digest}", &election.digest().to_string());
    if election.is_drill() { format!("{DRILL}{text}") } else { text }
}
