//! What an election file says, as plain data.

use serde::{Deserialize, Serialize};

use crate::protocol::ids::{Region, StationId};
use crate::protocol::statement::Fields;

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

/// The content of an election file, as a person puts it together. [`super::Election::sign`] is the door to a valid one.
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
}
