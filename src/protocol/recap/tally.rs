//! Sums of one contest in one region, changed by what one TPS contributes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::share::Share;
use crate::form::{Code, Form, Sums};
use crate::protocol::ids::Region;

/// One contest in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Every box of the form, as written.
    pub sums: Sums,
    /// TPS with a result in force.
    pub reported: u32,
    /// Of these, TPS of whose result every page has a photo that has come whole.
    pub photos_complete: u32,
    /// Of these, TPS whose figures break an E or W rule.
    pub with_findings: u32,
    /// Of these, TPS whose result does not have the boxes of the form; nothing of them is in the sums.
    pub without_figures: u32,
    /// Of these, TPS whose result was sealed against the rules of recording.
    pub irregular: u32,
    /// How many TPS break each E or W rule; rules that none breaks are left out.
    pub findings: BTreeMap<Code, u32>,
}

/// One region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// TPS in it.
    pub stations: u32,
    /// TPS of which entries of a second history are kept.
    pub diverged: u32,
    /// One tally a contest, in the election's order.
    pub contests: Vec<Tally>,
    /// The regions one tier below, in their order; none for a kelurahan.
    pub(super) below: Arc<[Region]>,
}

impl Tally {
    /// Nobody has reported yet.
    #[must_use]
    pub fn zero(form: &Form) -> Self {
        Self {
            sums: Sums::zero(form),
            reported: 0,
            photos_complete: 0,
            with_findings: 0,
            without_figures: 0,
            irregular: 0,
            findings: BTreeMap::new(),
        }
    }

    /// Adds what a TPS contributes.
    pub(super) fn add(&mut self, share: &Share) {
        if let Some(counts) = &share.boxes {
            self.sums.add(counts);
        }
        for code in &share.findings {
            *self.findings.entry(*code).or_default() += 1;
        }
        self.count(share, u32::saturating_add);
    }

    /// Takes away what was added.
    pub(super) fn take_away(&mut self, share: &Share) {
        if let Some(counts) = &share.boxes {
            self.sums.take_away(counts);
        }
        for code in &share.findings {
            if let Some(stations) = self.findings.get_mut(code) {
                *stations = stations.saturating_sub(1);
            }
        }
        self.findings.retain(|_, stations| *stations > 0);
        self.count(share, u32::saturating_sub);
    }

    fn count(&mut self, share: &Share, by: fn(u32, u32) -> u32) {
        let counted = [
            (&mut self.reported, true),
            (&mut self.photos_complete, share.photos_complete),
            (&mut self.with_findings, !share.findings.is_empty()),
            (&mut self.without_figures, share.boxes.is_none()),
            (&mut self.irregular, share.irregular),
        ];
        for (number, counts) in counted {
            *number = by(*number, u32::from(counts));
        }
    }
}
