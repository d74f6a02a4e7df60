//! Makes the published page of a region from the sums.

use super::fold::Recap;
use super::keep::Keep;
use super::page::{AsOf, Below, BelowContest, ContestPage, FormPage, Pair, RegionPage, Reported, TpsPage, Turnout};
use super::tally::{Tally, Totals};
use crate::form::{CellId, Percent};
use crate::protocol::election::{Contest, Election};
use crate::protocol::ids::{Level, Region, StationId};

/// All voters who came, men and women; the id is the same in every version of the form.
const VOTERS: &str = "users_total.J";
/// The DPT, men and women; the id is the same in every version of the form.
const DPT: &str = "dpt.J";

impl<K: Keep> Recap<K> {
    /// The page of `region`; `None` when no TPS lies in it.
    #[must_use]
    pub fn page(&self, election: &Election, region: Region, as_of: Option<AsOf>) -> Option<RegionPage> {
        let totals = self.totals(region)?;
        let contests = election.plan().contests.iter().zip(&totals.contests);
        let stations = if region.level() == Level::Kelurahan { election.stations_in(region) } else { &[] };
        Some(RegionPage {
            r#type: RegionPage::KIND,
            election: election.digest(),
            mode: election.plan().mode,
            region,
            level: region.level(),
            name: name(election, region),
            as_of,
            stations: totals.stations,
            diverged: totals.diverged,
            contests: contests.map(|(contest, tally)| contest_page(contest, tally)).collect(),
            below: self.below(region).map(|(region, totals)| below(election, region, totals)).collect(),
            tps: stations.iter().map(|station| self.tps(election, station.id)).collect(),
        })
    }

    /// One TPS as its kelurahan's page shows it.
    #[must_use]
    pub fn tps(&self, election: &Election, station: StationId) -> TpsPage {
        let contests = election.plan().contests.iter().enumerate();
        let form = |(at, contest): (usize, &Contest)| {
            let share = self.share(station, at)?.clone();
            Some(FormPage { contest: contest.id.clone(), share })
        };
        TpsPage { station, diverged: self.is_diverged(station), forms: contests.filter_map(form).collect() }
    }
}

fn name(election: &Election, region: Region) -> String {
    election.name(region).unwrap_or_default().to_owned()
}

fn reported(contest: &Contest, tally: &Tally) -> Reported {
    Reported {
        contest: contest.id.clone(),
        reported: tally.reported,
        photos_complete: tally.photos_complete,
        with_findings: tally.with_findings,
        without_figures: tally.without_figures,
        irregular: tally.irregular,
    }
}

fn below(election: &Election, region: Region, totals: &Totals) -> Below {
    let contests = election.plan().contests.iter().zip(&totals.contests);
    let contest = |(contest, tally)| BelowContest { reported: reported(contest, tally), votes: tally.sums.votes() };
    Below {
        region,
        name: name(election, region),
        stations: totals.stations,
        diverged: totals.diverged,
        contests: contests.map(contest).collect(),
    }
}

fn contest_page(contest: &Contest, tally: &Tally) -> ContestPage {
    let votes = tally.sums.votes();
    let pairs = contest.pairs.iter().zip(&votes).zip(Percent::shares(&votes)).enumerate();
    let pair = |(at, ((name, votes), percent)): (usize, ((&String, &u64), Percent))| Pair {
        number: at + 1,
        name: name.clone(),
        votes: *votes,
        percent,
    };
    ContestPage {
        reported: reported(contest, tally),
        turnout: turnout(tally),
        pairs: pairs.map(pair).collect(),
        boxes: tally.sums.clone(),
        checks: tally.sums.checks(),
        findings: tally.findings.clone(),
    }
}

fn turnout(tally: &Tally) -> Turnout {
    let sum = |id: &str| id.parse::<CellId>().ok().and_then(|id| tally.sums.get(&id)).unwrap_or_default();
    let (voters, dpt) = (sum(VOTERS), sum(DPT));
    Turnout { voters, dpt, percent: Percent::of(voters, dpt) }
}
