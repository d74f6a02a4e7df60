//! The published recapitulation of one region: what stands in the JSON, field by field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::share::Share;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Check, Code, Percent, Sums};
use crate::protocol::election::Mode;
use crate::protocol::ids::{Level, Region, StationId};

/// How far the log had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// Leaves in the log: the size of the checkpoint that covers all that is added up.
    pub log_size: u64,
    /// When the last of them was received, by central's clock. A checkpoint itself says no time.
    pub at: Timestamp,
}

/// One region: what was written on its sheets, added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionPage {
    /// [`RegionPage::KIND`].
    pub r#type: &'static str,
    /// Digest of the election file.
    pub election: Digest,
    /// Practice or the day.
    pub mode: Mode,
    /// Kemendagri code.
    pub region: Region,
    /// Which tier.
    pub level: Level,
    /// Its name.
    pub name: String,
    /// How far the log had come; none while it is empty.
    pub as_of: Option<AsOf>,
    /// TPS in it.
    pub stations: u32,
    /// TPS of which entries of a second history are kept; the history that came first is added up.
    pub diverged: u32,
    /// One for each contest, in the election's order.
    pub contests: Vec<ContestPage>,
    /// The regions one tier below; empty for a kelurahan.
    pub below: Vec<Below>,
    /// The TPS of a kelurahan, those too that have not reported; empty for all others.
    pub tps: Vec<TpsPage>,
}

impl RegionPage {
    /// The first field: name and version of what follows.
    pub const KIND: &'static str = "plano/recap@1";

    /// The exact bytes that are published: compact JSON and a newline.
    ///
    /// # Panics
    /// Never: there is nothing in it that JSON cannot say.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("texts and whole numbers under names that are texts");
        bytes.push(b'\n');
        bytes
    }
}

/// Sums of one contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContestPage {
    /// Which, and how far it has come.
    #[serde(flatten)]
    pub reported: Reported,
    /// Who came to vote.
    pub turnout: Turnout,
    /// The pairs and their votes.
    pub pairs: Vec<Pair>,
    /// Every box of the form, summed as written.
    pub boxes: Sums,
    /// Sums as written beside sums as computed, for every equation of the form.
    pub checks: Vec<Check>,
    /// How many TPS break each E or W rule.
    pub findings: BTreeMap<Code, u32>,
}

/// How far a contest has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reported {
    /// Which contest.
    pub contest: String,
    /// TPS with a result in force.
    pub reported: u32,
    /// Of these, TPS of whose result every page has a photo that has come whole.
    pub photos_complete: u32,
    /// Of these, TPS whose figures break an E or W rule.
    pub with_findings: u32,
    /// Of these, TPS whose result does not have the boxes of the form; the sums are without them.
    pub without_figures: u32,
    /// Of these, TPS whose result was sealed against the rules of recording; the sums hold them.
    pub irregular: u32,
}

/// Participation in the TPS that have reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turnout {
    /// Voters who came: sum of `users_total.J`.
    pub voters: u64,
    /// Voters on the fixed list: sum of `dpt.J`, as written on the sheets.
    pub dpt: u64,
    /// The first of the second, to the nearest hundredth of a per cent; none of nothing.
    pub percent: Option<Percent>,
}

/// A pair and its votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// From 1.
    pub number: usize,
    /// As in the election file.
    pub name: String,
    /// Sum of `votes.N`.
    pub votes: u64,
    /// Share in the votes of all pairs, rounded by the largest remainder: the shares come to 100.00, or all are 0.00.
    pub percent: Percent,
}

/// A region one tier below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Below {
    /// Kemendagri code.
    pub region: Region,
    /// Its name.
    pub name: String,
    /// TPS in it.
    pub stations: u32,
    /// TPS of which entries of a second history are kept.
    pub diverged: u32,
    /// Each contest, in the election's order.
    pub contests: Vec<BelowContest>,
}

/// One contest in a region one tier below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BelowContest {
    /// Which, and how far it has come.
    #[serde(flatten)]
    pub reported: Reported,
    /// Votes of each pair, number 1 first.
    pub votes: Vec<u64>,
}

/// One TPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TpsPage {
    /// Which TPS.
    pub station: StationId,
    /// Whether entries of a second history are kept.
    pub diverged: bool,
    /// Its results in force; none before it has reported.
    pub forms: Vec<FormPage>,
}

/// The result in force of one contest at one TPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormPage {
    /// Which contest.
    pub contest: String,
    /// What it contributes.
    #[serde(flatten)]
    pub share: Share,
}
