//! Places as KPU's paths spell them: each tier's whole code, without dots, one below the other.

use crate::protocol::ids::{Level, Region, StationId};

/// What a path is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// All provinces.
    Nation,
    /// A region.
    Region(Region),
    /// A TPS.
    Station(StationId),
}

impl Place {
    /// Reads `0.json`, or `35/3574.json`: what a list of regions is below. A TPS has nothing below it.
    pub(super) fn of_list(path: &str) -> Option<Self> {
        if path == "0.json" { Some(Self::Nation) } else { Self::of_count(path).filter(|found| !found.is_station()) }
    }

    /// Reads `35/3574/357403/3574031001/3574031001001.json`, or less of it.
    pub(super) fn of_count(path: &str) -> Option<Self> {
        let codes: Vec<&str> = path.strip_suffix(".json")?.split('/').collect();
        let last = codes.last()?;
        let (tiers, place) = match codes.len() {
            depth @ 1..=4 => {
                let region: Region = last.parse().ok().filter(|region: &Region| region.digits() == *last)?;
                (&Level::ALL[..depth], Self::Region(region))
            }
            5 => {
                let station: StationId = last.parse().ok().filter(|station: &StationId| station.digits() == *last)?;
                (&Level::ALL[..], Self::Station(station))
            }
            _ => return None,
        };
        // Every tier above stands in the path, so that one place has one address.
        let above = tiers.iter().map(|tier| place.above(*tier).map(Region::digits));
        above.zip(&codes).all(|(wanted, found)| wanted.as_deref() == Some(*found)).then_some(place)
    }

    /// What [`Place::of_count`] reads as `region`.
    pub(super) fn count_of(region: Region) -> String {
        let tiers = Level::ALL.into_iter().filter_map(|tier| region.up_to(tier)).map(Region::digits);
        format!("{}.json", tiers.collect::<Vec<_>>().join("/"))
    }

    const fn is_station(self) -> bool {
        matches!(self, Self::Station(_))
    }

    fn above(self, tier: Level) -> Option<Region> {
        match self {
            Self::Nation => None,
            Self::Region(region) => region.up_to(tier),
            Self::Station(station) => Some(station.region(tier)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_has_one_address() {
        let region = |code: &str| Some(Place::Region(code.parse().expect("a code")));
        assert_eq!(Place::of_count("35.json"), region("35"));
        assert_eq!(Place::of_count("35/3574/357403.json"), region("35.74.03"));
        assert_eq!(Place::of_list("35/3574/357403/3574031001.json"), region("35.74.03.1001"));
        assert_eq!(Place::of_list("0.json"), Some(Place::Nation));
        let station = "35/3574/357403/3574031001/3574031001001.json";
        assert_eq!(Place::of_count(station), Some(Place::Station("35.74.03.1001-001".parse().expect("a TPS"))));
        assert_eq!(Place::of_list(station), None);
        for code in ["35", "35.74", "35.74.03", "35.74.03.1001"] {
            assert_eq!(Place::of_count(&Place::count_of(code.parse().expect("a code"))), region(code));
        }
        for other in [
            "",
            ".json",
            "35",
            "0.json",
            "3574.json",
            "35/35.74.json",
            "36/3574.json",
            "35/357403.json",
            "35/3574/357403/3574031001/3574031001-001.json",
            "35/3574/357403/3574031001/3574031002001.json",
            "35/3574/357403/3574031001/3574031001001/x.json",
        ] {
            assert_eq!(Place::of_count(other), None, "{other}");
        }
    }
}
