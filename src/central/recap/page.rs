//! The published recapitulation of one region, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::tally::{Recap, Tally, Totals};
use crate::digest::Digest;
use crate::form::{CellId, Code, Column, Counts, Form, Law, RULES, Rule, Term, check};
use crate::protocol::election::{Contest, Election, Mode};
use crate::protocol::ids::{Region, StationId};
use crate::protocol::state::{FormState, State};

/// One region: what was written on its sheets, added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegionPage {
    /// Digest of the election file.
    pub election: Digest,
    /// Practice or the day.
    pub mode: Mode,
    /// Kemendagri code.
    pub region: Region,
    /// Its name.
    pub name: String,
    /// TPS in it.
    pub stations: u32,
    /// One for each contest, in the election's order.
    pub contests: Vec<ContestPage>,
    /// The regions one tier below; empty for a kelurahan.
    pub below: Vec<Below>,
    /// The TPS that have reported, for a kelurahan.
    pub tps: Vec<TpsPage>,
}

/// Sums of one contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContestPage {
    /// Which, and how far it has come.
    #[serde(flatten)]
    pub reported: Reported,
    /// The pairs and their votes.
    pub pairs: Vec<Pair>,
    /// Every box of the form, summed as written.
    pub boxes: BTreeMap<CellId, u64>,
    /// Sums as written beside sums as computed, for every equation of the form.
    pub checks: Vec<Check>,
}

/// How many TPS have reported a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reported {
    /// Which contest.
    pub contest: String,
    /// TPS with a result in force.
    pub reported: u32,
    /// Of these, TPS whose figures break an E or W rule.
    pub with_findings: u32,
    /// Of these, TPS whose result does not have the boxes of the form; the sums are without them.
    pub without_figures: u32,
}

/// A pair and its votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Pair {
    /// From 1.
    pub number: usize,
    /// As in the election file.
    pub name: String,
    /// Sum of `votes.N`.
    pub votes: u64,
}

/// One equation of the form over the sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Check {
    /// Which rule.
    pub rule: Code,
    /// The box that should be the sum.
    pub whole: CellId,
    /// What is written there, summed.
    pub written: u64,
    /// What its parts come to.
    pub computed: u64,
}

/// A region one tier below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Below {
    /// Kemendagri code.
    pub region: Region,
    /// Its name.
    pub name: String,
    /// TPS in it.
    pub stations: u32,
    /// How far each contest has come.
    pub contests: Vec<Reported>,
}

/// The result in force of one contest at one TPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TpsPage {
    /// Which TPS.
    pub station: StationId,
    /// Which contest.
    pub contest: String,
    /// Digest of the entry.
    pub entry: Digest,
    /// 1, and one more for each correction.
    pub revision: u16,
    /// Every box; none when the boxes are not those of the form.
    pub boxes: Option<Counts>,
    /// Codes of the E and W rules that the figures break.
    pub findings: Vec<Code>,
}

/// The page of `region`; `None` when no TPS lies in it. `states` are those of the TPS that stand directly in it: of a
/// kelurahan, of no other region.
pub(in crate::central) fn page<'a>(
    election: &Election,
    recap: &Recap,
    region: Region,
    states: impl Iterator<Item = &'a State>,
) -> Option<RegionPage> {
    let totals = recap.totals(region)?;
    let contests = election.plan().contests.iter().zip(election.forms()).zip(&totals.contests);
    let below = recap.below(region).map(|(code, totals)| Below {
        region: code,
        name: name(election, code),
        stations: totals.stations,
        contests: reported(election, totals),
    });
    Some(RegionPage {
        election: election.digest(),
        mode: election.plan().mode,
        region,
        name: name(election, region),
        stations: totals.stations,
        contests: contests.map(|((contest, form), tally)| contest_page(contest, form, tally)).collect(),
        below: below.collect(),
        tps: states.flat_map(|state| state.forms().iter().filter_map(|form| tps_page(state, form))).collect(),
    })
}

fn name(election: &Election, region: Region) -> String {
    election.name(region).unwrap_or_default().to_owned()
}

fn reported(election: &Election, totals: &Totals) -> Vec<Reported> {
    election.plan().contests.iter().zip(&totals.contests).map(|(contest, tally)| progress(contest, tally)).collect()
}

fn progress(contest: &Contest, tally: &Tally) -> Reported {
    Reported {
        contest: contest.id.clone(),
        reported: tally.reported,
        with_findings: tally.with_findings,
        without_figures: tally.without_figures,
    }
}

fn contest_page(contest: &Contest, form: &Form, tally: &Tally) -> ContestPage {
    let boxes: BTreeMap<CellId, u64> =
        form.cells().iter().zip(&tally.sums).map(|(cell, sum)| (cell.id().clone(), *sum)).collect();
    let votes = |pair: usize| {
        u8::try_from(pair).ok().and_then(|pair| boxes.get(&CellId::votes(pair))).copied().unwrap_or_default()
    };
    let pairs = contest.pairs.iter().enumerate();
    ContestPage {
        reported: progress(contest, tally),
        pairs: pairs.map(|(at, name)| Pair { number: at + 1, name: name.clone(), votes: votes(at + 1) }).collect(),
        checks: RULES.iter().flat_map(|rule| checks(rule, form, &boxes)).collect(),
        boxes,
    }
}

/// The equations of one rule; none when it is not about a sum.
fn checks(rule: &Rule, form: &Form, boxes: &BTreeMap<CellId, u64>) -> Vec<Check> {
    let columns: Vec<Option<Column>> =
        if rule.columns.is_empty() { vec![None] } else { rule.columns.iter().copied().map(Some).collect() };
    let check = |column| {
        let (whole, parts) = match rule.law {
            Law::ColumnsAdd(row) => {
                (Term::At(row, Column::J), vec![Term::At(row, Column::L), Term::At(row, Column::P)])
            }
            Law::Equal { whole, parts } => (whole, parts.to_vec()),
            _ => return None,
        };
        let sum = |ids: Vec<CellId>| ids.iter().filter_map(|id| boxes.get(id)).sum();
        let whole = cells(form, whole, column).into_iter().next()?;
        let computed = sum(parts.into_iter().flat_map(|part| cells(form, part, column)).collect());
        Some(Check { rule: rule.code, written: boxes.get(&whole).copied()?, whole, computed })
    };
    columns.into_iter().filter_map(check).collect()
}

fn cells(form: &Form, term: Term, column: Option<Column>) -> Vec<CellId> {
    let (row, column) = match term {
        Term::Here(row) => (row, column),
        Term::At(row, column) => (row, Some(column)),
        Term::Pairs(row) => (row, Some(Column::Only)),
    };
    let named = form.cells().iter().filter(|cell| cell.spec().id == row && Some(cell.column()) == column);
    named.map(|cell| cell.id().clone()).collect()
}

fn tps_page(state: &State, form: &FormState) -> Option<TpsPage> {
    let result = form.sealed()?;
    let context = state.result_context(form.contest());
    let findings = result.counts.iter().flat_map(|counts| check::findings(counts, &result.head, &context));
    Some(TpsPage {
        station: state.station(),
        contest: form.contest().to_owned(),
        entry: result.entry,
        revision: result.revision,
        boxes: result.counts.clone(),
        findings: findings.filter(|found| found.severity().needs_answer()).map(|found| found.code()).collect(),
    })
}
