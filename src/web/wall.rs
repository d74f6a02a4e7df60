//! Times as the clock on the wall of the TPS shows them.

use crate::clock::Timestamp;
use crate::recorder::Station;

/// Hour and minute with the name of the zone, `20:58 WIB`.
pub(super) fn hhmm(station: &Station, at: Timestamp) -> String {
    let hours_east = station.election().plan().utc_offset;
    format!("{} {}", at.local_hhmm(hours_east), zone(hours_east))
}

/// The three zones of Indonesia by their distance from Greenwich.
const fn zone(hours_east: i8) -> &'static str {
    match hours_east {
        7 => "WIB",
        8 => "WITA",
        9 => "WIT",
        _ => "",
    }
}
