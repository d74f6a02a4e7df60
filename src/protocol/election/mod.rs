//! The election file: stations, contests and pairs of one election, fixed and signed before polling day.
//!
//! Its digest is in every station's first entry, so a drill can never be mistaken for the day.
//! In scope: the plan as data, its faults, the CSV files it is put together from, the signed file.

mod csv_files;
mod fault;
mod plan;

pub use csv_files::{CsvFault, CsvFiles, read as read_csv};
pub use fault::ElectionFault;
pub use plan::{Contest, Mode, Named, Plan, Station, Title};

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ids::{Region, StationId};
use super::key::{PrivateKey, PublicKey};
use super::note::Note;
use super::statement::{self, StatementError};
use crate::digest::Digest;
use crate::form::{Form, Registered};
use fault::form_of;

/// Why a note is no valid election file.
#[derive(Debug, thiserror::Error)]
pub enum ElectionError {
    /// Not a signed election file.
    #[error("not a signed election file")]
    Statement(#[from] StatementError),
    /// An election file with faults; all of them.
    #[error("the election file has {} faults, the first: {}", .0.len(), .0[0])]
    Faults(Vec<ElectionFault>),
}

/// A valid election file and its exact bytes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Election(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    note: Note,
    digest: Digest,
    plan: Plan,
    forms: Vec<Form>,
    names: BTreeMap<Region, String>,
}

impl Election {
    /// Signs a plan that has no faults.
    ///
    /// # Errors
    /// [`ElectionError::Faults`] with everything that is wrong.
    pub fn sign(plan: &Plan, authority: &PrivateKey) -> Result<Self, ElectionError> {
        let faults = plan.faults();
        if faults.is_empty() {
            Self::of(statement::sign(plan, &[authority])?)
        } else {
            Err(ElectionError::Faults(faults))
        }
    }

    /// Reads an election file; whose signature it must carry is for the caller to say ([`Election::signed_by`]).
    ///
    /// # Errors
    /// [`ElectionError`].
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ElectionError> {
        Self::of(Note::parse(bytes).map_err(StatementError::Note)?)
    }

    fn of(note: Note) -> Result<Self, ElectionError> {
        let plan: Plan = statement::read(&note)?;
        let faults = plan.faults();
        if !faults.is_empty() {
            return Err(ElectionError::Faults(faults));
        }
        let forms = plan.contests.iter().filter_map(|contest| form_of(&plan.form, contest).ok()).collect();
        let names = plan.regions.iter().map(|named| (named.code, named.name.clone())).collect();
        Ok(Self(Arc::new(Inner { digest: Digest::of(note.bytes()), note, plan, forms, names })))
    }

    /// Checks the authority's signature.
    ///
    /// # Errors
    /// [`StatementError::Note`].
    pub fn signed_by(&self, authority: &PublicKey) -> Result<(), StatementError> {
        Ok(self.0.note.verify(authority)?)
    }

    /// The note as signed.
    #[must_use]
    pub fn note(&self) -> &Note {
        &self.0.note
    }

    /// SHA-256 of the note's bytes: what every station's chain starts from.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.0.digest
    }

    /// All that it says.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.0.plan
    }

    /// The forms that every station fills, one per contest, in order.
    #[must_use]
    pub fn forms(&self) -> &[Form] {
        &self.0.forms
    }

    /// The form of `contest`.
    #[must_use]
    pub fn form(&self, contest: &str) -> Option<&Form> {
        let at = self.0.plan.contests.iter().position(|known| known.id == contest)?;
        self.0.forms.get(at)
    }

    /// The contest named `id`.
    #[must_use]
    pub fn contest(&self, id: &str) -> Option<&Contest> {
        self.0.plan.contests.iter().find(|contest| contest.id == id)
    }

    /// The station, when it takes part.
    #[must_use]
    pub fn station(&self, id: StationId) -> Option<&Station> {
        let stations = &self.0.plan.stations;
        stations.binary_search_by_key(&id, |station| station.id).ok().map(|at| &stations[at])
    }

    /// The stations in `region`, in their order.
    #[must_use]
    pub fn stations_in(&self, region: Region) -> &[Station] {
        let stations = &self.0.plan.stations;
        let from = &stations[stations.partition_point(|station| station.id.kelurahan() < region)..];
        &from[..from.partition_point(|station| region.holds(station.id.kelurahan()))]
    }

    /// The DPT of a station, as the rules want it.
    #[must_use]
    pub fn registered(&self, id: StationId) -> Option<Registered> {
        self.station(id).map(|station| Registered { l: station.dpt_l, p: station.dpt_p })
    }

    /// The name of a region.
    #[must_use]
    pub fn name(&self, region: Region) -> Option<&str> {
        self.0.names.get(&region).map(String::as_str)
    }

    /// Whether this is practice.
    #[must_use]
    pub fn is_drill(&self) -> bool {
        self.0.plan.mode == Mode::Drill
    }
}
