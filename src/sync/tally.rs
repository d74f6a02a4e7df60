//! Counts of one run of the worker.

use std::collections::BTreeMap;

use super::trouble::Trouble;

/// What was sent, what came of it, and which faults were survived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tries begun.
    pub attempts: u64,
    /// Receipts kept.
    pub stored: u64,
    /// Light copies of photos that are at central.
    pub light: u64,
    /// Tries that central refused.
    pub refused: u64,
    /// Tries that met another history of this station.
    pub diverged: u64,
    /// Questions what central lacks.
    pub questions: u64,
    /// Bytes of entries and photos handed to the network, repeated ones counted again; headers are not counted.
    pub bytes_sent: u64,
    /// Tries and questions that failed, by kind of trouble.
    pub troubles: BTreeMap<Trouble, u64>,
}

impl Tally {
    /// One more failure of this kind.
    pub(super) fn trouble(&mut self, kind: Trouble) {
        *self.troubles.entry(kind).or_default() += 1;
    }

    /// All failures together.
    #[must_use]
    pub fn faults(&self) -> u64 {
        self.troubles.values().sum()
    }
}
