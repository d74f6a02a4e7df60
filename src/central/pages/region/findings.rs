//! The findings of a region: how many TPS break each rule, and which TPS, listed for a kecamatan and for a kelurahan.

use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::place::tps_path;
use crate::central::pages::words;
use crate::central::refusal::Refusal;
use crate::form::RULES;
use crate::protocol::ids::Level;
use crate::protocol::recap::{ContestPage, RegionPage, TpsPage};

/// A rule that is broken somewhere in the region.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    /// Its code.
    pub(super) code: String,
    /// Why it should hold.
    pub(super) why: &'static str,
    /// How many TPS break it.
    pub(super) tps: u64,
}

/// A TPS with findings.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Kelurahan and number.
    pub(super) name: String,
    /// Its page.
    pub(super) link: String,
    /// The rules that its figures break.
    pub(super) codes: Vec<String>,
}

/// The rules that are broken, in the order of their codes.
pub(super) fn broken(frame: &Frame, contest: &ContestPage) -> Vec<Broken> {
    let broken = RULES.iter().filter_map(|rule| Some((rule, *contest.findings.get(&rule.code)?)));
    let broken = broken.filter(|(_, tps)| *tps > 0);
    broken
        .map(|(rule, tps)| Broken { code: rule.code.to_string(), why: rule.why.get(frame.lang), tps: tps.into() })
        .collect()
}

/// The TPS with findings; `None` where there would be too many to list.
pub(super) fn found(
    central: &Central,
    frame: &Frame,
    page: &RegionPage,
    contest: &str,
) -> Result<Option<Vec<Found>>, Refusal> {
    match page.level {
        Level::Kelurahan => Ok(Some(of_kelurahan(frame, page, contest).collect())),
        Level::Kecamatan => {
            let pages = page.below.iter().map(|below| central.recap(below.region));
            let pages = pages.collect::<Result<Vec<_>, _>>()?;
            Ok(Some(pages.iter().flat_map(|page| of_kelurahan(frame, page, contest)).collect()))
        }
        Level::Provinsi | Level::Kota => Ok(None),
    }
}

fn of_kelurahan(frame: &Frame, page: &RegionPage, contest: &str) -> impl Iterator<Item = Found> {
    let found = |tps: &TpsPage| {
        let share = tps.forms.iter().find(|form| form.contest == contest).map(|form| &form.share)?;
        let number = frame.with(words::place::TPS, &[&format!("{:03}", tps.station.tps())]);
        (!share.findings.is_empty()).then(|| Found {
            name: format!("{number} {}", page.name),
            link: format!("{}#{contest}", frame.to(&tps_path(tps.station))),
            codes: share.findings.iter().map(ToString::to_string).collect(),
        })
    };
    page.tps.iter().filter_map(found).collect::<Vec<_>>().into_iter()
}
