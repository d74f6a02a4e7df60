//! How far a contest has come in a region, and its pairs: what the front page and the page of a region both show.

use super::frame::Frame;
use super::share::Share;
use crate::form::Form;
use crate::protocol::recap::{self, ContestPage, RegionPage};

/// A pair and its votes.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// From 1.
    pub(super) number: usize,
    /// As in the election file.
    pub(super) name: String,
    /// Its part of the votes of all pairs.
    pub(super) votes: Share,
    /// The same as written.
    pub(super) per_cent: String,
}

/// One contest in one region.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    /// Its id.
    pub(super) contest: String,
    /// What is elected.
    pub(super) title: &'static str,
    /// The form that is filled.
    pub(super) model: &'static str,
    /// TPS with a sealed result.
    pub(super) tps: Share,
    /// The same in hundredths.
    pub(super) per_cent: String,
    /// TPS of whose result every page has a photo that has come.
    pub(super) photos: u64,
    /// TPS whose figures break a rule.
    pub(super) findings: u64,
    /// TPS whose result does not have the boxes of the form.
    pub(super) without_figures: u64,
    /// TPS whose result was sealed against the rules of recording.
    pub(super) irregular: u64,
    /// Its pairs.
    pub(super) pairs: Vec<Pair>,
}

/// All contests of a region, in the election's order.
pub(super) fn progress(frame: &Frame, page: &RegionPage) -> Vec<Progress> {
    let forms = frame.election.forms().iter();
    page.contests.iter().zip(forms).map(|(contest, form)| of(frame, page.stations, contest, form)).collect()
}

fn of(frame: &Frame, stations: u32, contest: &ContestPage, form: &Form) -> Progress {
    let all: u64 = contest.pairs.iter().map(|pair| pair.votes).sum();
    let pair = |pair: &recap::Pair| Pair {
        number: pair.number,
        name: pair.name.clone(),
        votes: Share::of(pair.votes, all),
        per_cent: frame.per_cent(pair.percent),
    };
    let tps = Share::of(contest.reported.reported, stations);
    Progress {
        contest: contest.reported.contest.clone(),
        title: form.contest().title.get(frame.lang),
        model: form.contest().model,
        per_cent: tps.per_cent(frame),
        tps,
        photos: contest.reported.photos_complete.into(),
        findings: contest.reported.with_findings.into(),
        without_figures: contest.reported.without_figures.into(),
        irregular: contest.reported.irregular.into(),
        pairs: contest.pairs.iter().map(pair).collect(),
    }
}
