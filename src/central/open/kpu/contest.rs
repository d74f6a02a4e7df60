//! A contest under the name that KPU's paths give it, and the ids of its pairs.

use crate::protocol::election::Election;

/// Which contests of Plano stand behind each `jenis`, the first that the election has.
const JENIS: [(&str, &[&str]); 2] = [("pkwkp", &["gubernur"]), ("pkwkk", &["walikota", "bupati"])];

/// A contest behind a `jenis`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contest {
    /// Its place in the election, from 0.
    pub(super) at: usize,
    /// Its id in the election.
    pub(super) id: String,
    /// Whether its pairs stand in a whole province, or in one kota or kabupaten.
    pub(super) is_provincial: bool,
    pairs: Vec<String>,
}

impl Contest {
    /// The contest behind `jenis`; `None` when there is no such `jenis`, or the election has no such contest.
    pub(super) fn find(election: &Election, jenis: &str) -> Option<Self> {
        let (jenis, ids) = JENIS.iter().find(|(known, _)| *known == jenis)?;
        let contests = election.plan().contests.iter().enumerate();
        let (at, contest) = contests.into_iter().find(|(_, contest)| ids.contains(&contest.id.as_str()))?;
        let is_provincial = *jenis == "pkwkp";
        Some(Self { at, id: contest.id.clone(), is_provincial, pairs: contest.pairs.clone() })
    }

    /// The `jenis` behind which the contest `id` stands, when it is the first one there that `election` has.
    pub(super) fn jenis(election: &Election, id: &str) -> Option<&'static str> {
        let behind = |jenis: &str| Self::find(election, jenis).is_some_and(|contest| contest.id == id);
        JENIS.into_iter().map(|(jenis, _)| jenis).find(|jenis| behind(jenis))
    }

    /// Number, id and name of every pair. KPU's ids are numbers of its own; these say contest and number of the pair, and
    /// like those are found in the list of pairs.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, String, &str)> {
        let first = (self.at + 1) * 1000;
        self.pairs.iter().enumerate().map(move |(at, name)| (at + 1, (first + at + 1).to_string(), name.as_str()))
    }

    /// Ids of all pairs, number 1 first.
    pub(super) fn ids(&self) -> impl Iterator<Item = String> {
        self.pairs().map(|(_, id, _)| id)
    }
}
