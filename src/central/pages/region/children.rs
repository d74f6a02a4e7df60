//! What lies one tier below a region, or its TPS, one row each, in the order that the reader asks for.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use crate::central::pages::frame::Frame;
use crate::central::pages::place::{region_path, tps_path};
use crate::central::pages::share::Share;
use crate::central::pages::words;
use crate::form::Counts;
use crate::protocol::ids::StationId;
use crate::protocol::recap::{Below, RegionPage, TpsPage};

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Child {
    /// Region or TPS by name.
    pub(super) name: String,
    /// Its page.
    pub(super) link: String,
    /// TPS with a sealed result.
    pub(super) tps: Share,
    /// TPS whose figures break a rule.
    pub(super) findings: u64,
    /// Whether it is a TPS with a result that came without its chain.
    pub(super) provisional: bool,
    /// Votes of each pair; empty when there are no figures yet.
    pub(super) votes: Vec<u64>,
}

/// The column that a table is sorted by: names and codes ascending, numbers from the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// By code, as the election file has them.
    #[default]
    Code,
    /// By name.
    Name,
    /// By the part of the TPS that has reported.
    Reported,
    /// By the number of TPS with findings.
    Findings,
    /// By the votes of a pair, counted from 1.
    Votes(usize),
}

impl fmt::Display for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code => out.write_str("code"),
            Self::Name => out.write_str("name"),
            Self::Reported => out.write_str("reported"),
            Self::Findings => out.write_str("findings"),
            Self::Votes(pair) => write!(out, "votes.{pair}"),
        }
    }
}

/// A text that names no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotAnOrder;

impl FromStr for Order {
    type Err = NotAnOrder;

    fn from_str(text: &str) -> Result<Self, NotAnOrder> {
        match (text, text.strip_prefix("votes.").map(str::parse)) {
            ("code", _) => Ok(Self::Code),
            ("name", _) => Ok(Self::Name),
            ("reported", _) => Ok(Self::Reported),
            ("findings", _) => Ok(Self::Findings),
            (_, Some(Ok(pair))) if (1..=10).contains(&pair) => Ok(Self::Votes(pair)),
            _ => Err(NotAnOrder),
        }
    }
}

impl Order {
    /// Sorts rows that stand in the order of their codes.
    pub(super) fn sort(self, rows: &mut [Child]) {
        match self {
            Self::Code => {}
            Self::Name => rows.sort_by_cached_key(|row| row.name.to_lowercase()),
            Self::Reported => rows.sort_by_key(|row| {
                let share = row.tps.part.saturating_mul(10_000).checked_div(row.tps.whole).unwrap_or_default();
                (Reverse(share), Reverse(row.tps.part))
            }),
            Self::Findings => rows.sort_by_key(|row| Reverse(row.findings)),
            Self::Votes(pair) => rows.sort_by_key(|row| Reverse(row.votes.get(pair - 1).copied())),
        }
    }
}

/// The rows of a region for the contest at `at` among the election's, in the order of their codes; `carried` are the TPS with a
/// provisional result of it.
pub(super) fn rows(frame: &Frame, page: &RegionPage, at: usize, carried: &[StationId]) -> Vec<Child> {
    let contest = page.contests.get(at).map(|contest| contest.reported.contest.as_str()).unwrap_or_default();
    let regions = page.below.iter().filter_map(|below| region_row(frame, below, at));
    regions.chain(page.tps.iter().map(|tps| tps_row(frame, tps, contest, carried))).collect()
}

fn region_row(frame: &Frame, below: &Below, at: usize) -> Option<Child> {
    let contest = below.contests.get(at)?;
    Some(Child {
        name: below.name.clone(),
        link: frame.to(&region_path(below.region, &contest.reported.contest)),
        tps: Share::of(contest.reported.reported, below.stations),
        findings: contest.reported.with_findings.into(),
        provisional: false,
        votes: if contest.reported.reported > 0 { contest.votes.clone() } else { Vec::new() },
    })
}

fn tps_row(frame: &Frame, tps: &TpsPage, contest: &str, carried: &[StationId]) -> Child {
    let share = tps.forms.iter().find(|form| form.contest == contest).map(|form| &form.share);
    let votes = |counts: &Counts| {
        counts.form().votes().filter_map(|cell| counts.get(cell.id())).map(|count| count.get().into()).collect()
    };
    Child {
        name: frame.with(words::place::TPS, &[&format!("{:03}", tps.station.tps())]),
        link: frame.to(&tps_path(tps.station)),
        tps: Share::of(u64::from(share.is_some()), 1_u64),
        provisional: carried.contains(&tps.station),
        findings: u64::from(share.is_some_and(|share| !share.findings.is_empty())),
        votes: share.and_then(|share| share.boxes.as_ref()).map(votes).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, part: u64, findings: u64, votes: &[u64]) -> Child {
        let (link, tps, votes) = (String::new(), Share::of(part, 10_u64), votes.to_vec());
        Child { name: name.into(), link, tps, findings, provisional: false, votes }
    }

    #[test]
    fn a_column_sorts_numbers_from_the_largest_and_keeps_the_order_of_codes_among_equals() {
        let rows = [row("b", 5, 0, &[3, 4]), row("A", 5, 2, &[9, 1]), row("c", 10, 1, &[])];
        let sorted = |order: &str| {
            let mut rows = rows.to_vec();
            order.parse::<Order>().expect("an order").sort(&mut rows);
            rows.into_iter().map(|row| row.name).collect::<String>()
        };
        let table = [("code", "bAc"), ("name", "Abc"), ("reported", "cbA"), ("findings", "Acb"), ("votes.2", "bAc")];
        for (order, names) in table {
            assert_eq!(sorted(order), names, "{order}");
            assert_eq!(order.parse::<Order>().expect("an order").to_string(), order);
        }
        for bad in ["", "votes.0", "votes.11", "votes.x", "<script>"] {
            assert_eq!(bad.parse::<Order>(), Err(NotAnOrder));
        }
    }
}
