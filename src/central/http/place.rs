//! The parts of an address: station, position, photo, region.

use std::str::FromStr;

use super::problem::Failure;
use crate::protocol::wire::{Problem, ProblemKind};

/// Reads one part of an address.
pub(in crate::central) fn part<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error| Problem::new(ProblemKind::Malformed, format!("the address: {error}")).into())
}

/// Reads a position in a chain.
pub(super) fn seq(text: &str) -> Result<crate::protocol::ids::Seq, Failure> {
    let number = part::<u64>(text)?;
    number
        .try_into()
        .map_err(|error: &str| Problem::new(ProblemKind::Malformed, format!("the address: {error}")).into())
}
