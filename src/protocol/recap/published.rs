//! The published page of a region as a reader takes it: which contests, how many TPS, every box.
//!
//! In scope: what a reader needs to add up again. Not here: the page itself, of which this is a part ([`super::page`]).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::ids::Region;
use crate::form::CellId;

/// What `GET /v1/recap/{region}` says of the sums; whatever else stands on the page is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PublishedPage {
    /// Which region.
    pub region: Region,
    /// One for each contest, in the election's order.
    pub contests: Vec<PublishedSums>,
}

/// The published sums of one contest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PublishedSums {
    /// Which contest.
    pub contest: String,
    /// TPS with a result in force.
    pub reported: u32,
    /// Every box of the form with its sum.
    pub boxes: BTreeMap<CellId, u64>,
}
