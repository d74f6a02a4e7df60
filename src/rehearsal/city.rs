//! The election of the rehearsal: the fixture of Kota Probolinggo, signed anew as a drill.

use crate::protocol::election::{CsvFiles, Election, read_csv};
use crate::protocol::ids::{Level, Region};
use crate::protocol::key::PrivateKey;

use super::DemoError;

const FILES: CsvFiles<'static> = CsvFiles {
    election: include_str!("../../fixtures/election/election.csv"),
    contests: include_str!("../../fixtures/election/contests.csv"),
    regions: include_str!("../../fixtures/election/regions.csv"),
    stations: include_str!("../../fixtures/election/stations.csv"),
};

/// The election of Kota Probolinggo: 328 TPS, governor with 3 pairs, mayor with 4; a drill with placeholder names.
///
/// # Errors
/// [`DemoError::Fixture`] when the files in the program have faults.
pub fn election(authority: &PrivateKey) -> Result<Election, DemoError> {
    let plan = read_csv(&FILES).map_err(DemoError::Fixture)?;
    Election::sign(&plan, authority).map_err(DemoError::Election)
}

/// All kelurahan of an election, by code.
#[must_use]
pub fn kelurahan(election: &Election) -> Vec<Region> {
    let codes = election.plan().regions.iter().map(|named| named.code);
    codes.filter(|code| code.level() == Level::Kelurahan).collect()
}
