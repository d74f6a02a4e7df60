//! The election file: stations, contests and pairs of one election, fixed and signed before polling day.
//!
//! Its digest is in every station's first entry, so a drill can never be mistaken for the day.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ids::{Level, Region, StationId};
use super::key::{PrivateKey, PublicKey};
use super::note::Note;
use super::statement::{self, Fields, StatementError};
use crate::digest::Digest;
use crate::form::{Form, FormError, Registered};

/// Whether an election file is for the day itself or for practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Practice: marked as such on every page and output.
    Drill,
    /// Polling day.
    Live,
}

/// One contest of the election and the pairs that stand in it, in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// As the form definition names it: `gubernur`, `bupati`, `walikota`, `presiden`.
    pub id: String,
    /// Names of the pairs; pair number 1 stands first. 2 to 10.
    pub pairs: Vec<String>,
}

/// One region above the stations, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Kemendagri code.
    pub code: Region,
    /// Name as officials write it.
    pub name: String,
}

/// One TPS and its fixed voters' list (DPT).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Which.
    pub id: StationId,
    /// Men on the DPT.
    pub dpt_l: u16,
    /// Women on the DPT.
    pub dpt_p: u16,
}

/// The content of an election file, as a person puts it together. [`Election::sign`] is the door to a valid one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    r#type: String,
    /// Short name without spaces, `probolinggo-2024`.
    pub id: String,
    /// Full name, as officials read it.
    pub name: String,
    /// Practice or the day.
    pub mode: Mode,
    /// Polling day, `2024-11-27`.
    pub date: String,
    /// Hours east of Greenwich of the wall clocks there: 7, 8 or 9.
    pub utc_offset: i8,
    /// Version of the form, `kwk-2024`.
    pub form: String,
    /// The contests, in the order in which the forms are filled.
    pub contests: Vec<Contest>,
    /// All regions that hold a station, sorted by code.
    pub regions: Vec<Named>,
    /// All stations, sorted by id.
    pub stations: Vec<Station>,
}

impl Fields for Plan {
    const KIND: &'static str = "plano/election@1";
}

/// What an election's head says, apart from its lists.
#[derive(Debug, Clone)]
pub struct Title<'a> {
    /// Short name without spaces.
    pub id: &'a str,
    /// Full name.
    pub name: &'a str,
    /// Practice or the day.
    pub mode: Mode,
    /// Polling day, `2024-11-27`.
    pub date: &'a str,
    /// 7, 8 or 9.
    pub utc_offset: i8,
    /// Version of the form.
    pub form: &'a str,
}

impl Plan {
    /// A plan with this head and nothing in it yet.
    #[must_use]
    pub fn new(title: &Title<'_>) -> Self {
        Self {
            r#type: Self::KIND.into(),
            id: title.id.into(),
            name: title.name.into(),
            mode: title.mode,
            date: title.date.into(),
            utc_offset: title.utc_offset,
            form: title.form.into(),
            contests: Vec::new(),
            regions: Vec::new(),
            stations: Vec::new(),
        }
    }

    /// All that is wrong with the plan, each with the field it is about.
    #[must_use]
    pub fn faults(&self) -> Vec<ElectionFault> {
        let mut faults = Vec::new();
        self.head_faults(&mut faults);
        self.contest_faults(&mut faults);
        self.place_faults(&mut faults);
        faults
    }

    fn head_faults(&self, faults: &mut Vec<ElectionFault>) {
        if self.id.is_empty() || !self.id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            faults.push(ElectionFault::Id(self.id.clone()));
        }
        let form = time::macros::format_description!("[year]-[month]-[day]");
        if time::Date::parse(&self.date, form).is_err() {
            faults.push(ElectionFault::Date(self.date.clone()));
        }
        if !(7..=9).contains(&self.utc_offset) {
            faults.push(ElectionFault::Zone(self.utc_offset));
        }
    }

    fn contest_faults(&self, faults: &mut Vec<ElectionFault>) {
        if self.contests.is_empty() {
            faults.push(ElectionFault::NoContests);
        }
        for (index, contest) in self.contests.iter().enumerate() {
            if let Err(source) = form_of(&self.form, contest) {
                faults.push(ElectionFault::Contest { id: contest.id.clone(), source });
            }
            if self.contests[..index].iter().any(|other| other.id == contest.id) {
                faults.push(ElectionFault::ContestTwice(contest.id.clone()));
            }
            let blank = contest.pairs.iter().position(|name| name.trim().is_empty());
            faults.extend(blank.map(|at| ElectionFault::PairName { contest: contest.id.clone(), pair: at + 1 }));
        }
    }

    fn place_faults(&self, faults: &mut Vec<ElectionFault>) {
        if self.stations.is_empty() {
            faults.push(ElectionFault::NoStations);
        }
        for pair in self.stations.windows(2).filter(|pair| pair[0].id >= pair[1].id) {
            faults.push(ElectionFault::StationOrder { before: pair[0].id, after: pair[1].id });
        }
        for pair in self.regions.windows(2).filter(|pair| pair[0].code >= pair[1].code) {
            faults.push(ElectionFault::RegionOrder { before: pair[0].code, after: pair[1].code });
        }
        for station in &self.stations {
            if station.dpt_l > 999 || station.dpt_p > 999 || station.dpt_l + station.dpt_p > 999 {
                faults
                    .push(ElectionFault::Dpt { station: station.id, sum: station.dpt_l.saturating_add(station.dpt_p) });
            }
        }
        let mut wanted: Vec<Region> = self.stations.iter().flat_map(|station| tiers(station.id)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let known = |region: &Region| self.regions.binary_search_by_key(region, |named| named.code).is_ok();
        faults.extend(wanted.into_iter().filter(|region| !known(region)).map(ElectionFault::Unnamed));
    }
}

fn tiers(station: StationId) -> [Region; 4] {
    [Level::Provinsi, Level::Kota, Level::Kecamatan, Level::Kelurahan].map(|level| station.region(level))
}

fn form_of(version: &str, contest: &Contest) -> Result<Form, FormError> {
    Form::new(version, &contest.id, u8::try_from(contest.pairs.len()).unwrap_or(u8::MAX))
}

/// One thing that is wrong with an election file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ElectionFault {
    /// The short name.
    #[error("id {0:?}: write letters, digits and dashes only")]
    Id(String),
    /// The date.
    #[error("date {0:?}: write the polling day as year-month-day, 2024-11-27")]
    Date(String),
    /// The time zone.
    #[error("utc_offset {0}: write 7 for WIB, 8 for WITA or 9 for WIT")]
    Zone(i8),
    /// No contest.
    #[error("contests: there is none; add at least one with two pairs")]
    NoContests,
    /// A contest that the form does not know, or with too few or too many pairs.
    #[error("contest {id:?}: {source}")]
    Contest {
        /// The contest's id.
        id: String,
        /// Why there is no form for it.
        source: FormError,
    },
    /// A contest twice.
    #[error("contest {0:?} stands twice; leave one")]
    ContestTwice(String),
    /// A pair without a name.
    #[error("contest {contest:?}: pair {pair} has no name; write it, or a placeholder")]
    PairName {
        /// The contest's id.
        contest: String,
        /// The pair's number.
        pair: usize,
    },
    /// No station.
    #[error("stations: there is none; add at least one")]
    NoStations,
    /// Stations out of order or twice.
    #[error("station {after} stands behind {before}; sort by id and leave each once")]
    StationOrder {
        /// The one in front.
        before: StationId,
        /// The one behind it.
        after: StationId,
    },
    /// Regions out of order or twice.
    #[error("region {after} stands behind {before}; sort by code and leave each once")]
    RegionOrder {
        /// The one in front.
        before: Region,
        /// The one behind it.
        after: Region,
    },
    /// A DPT that does not fit the form's three boxes.
    #[error("station {station}: a DPT of {sum} does not fit three digit boxes; a TPS has at most 999 voters")]
    Dpt {
        /// Which.
        station: StationId,
        /// Men and women together.
        sum: u16,
    },
    /// A region without a name.
    #[error("region {0} holds stations but has no name; add it to the regions")]
    Unnamed(Region),
}

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
