//! The TPS of a region whose figures break a rule: listed for a kecamatan and for a kelurahan, counted above them.

use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::place::tps_path;
use crate::central::pages::words;
use crate::central::recap::{RegionPage, TpsPage};
use crate::central::refusal::Refusal;
use crate::form::{Code, RULES};
use crate::protocol::ids::Level;

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

/// A rule that is broken somewhere in the list.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    /// Its code.
    pub(super) code: String,
    /// Why it should hold.
    pub(super) why: &'static str,
}

/// The TPS with findings and the rules they break; `None` where there would be too many to list.
pub(super) fn findings(
    central: &Central,
    frame: &Frame,
    page: &RegionPage,
    contest: &str,
) -> Result<Option<(Vec<Found>, Vec<Broken>)>, Refusal> {
    let pages = match page.region.level() {
        Level::Kelurahan => vec![page.clone()],
        Level::Kecamatan => {
            page.below.iter().map(|below| central.recap(below.region)).collect::<Result<Vec<_>, _>>()?
        }
        Level::Provinsi | Level::Kota => return Ok(None),
    };
    let with_findings = |one: &&TpsPage| one.contest == contest && !one.findings.is_empty();
    let all: Vec<(&str, &TpsPage)> = pages
        .iter()
        .flat_map(|page| page.tps.iter().filter(with_findings).map(|one| (page.name.as_str(), one)))
        .collect();
    let mut codes: Vec<Code> = all.iter().flat_map(|(_, one)| one.findings.iter().copied()).collect();
    codes.sort_unstable();
    codes.dedup();
    let found = all.iter().map(|(kelurahan, one)| {
        let number = frame.with(words::place::TPS, &[&format!("{:03}", one.station.tps())]);
        let mut codes: Vec<Code> = one.findings.clone();
        codes.dedup();
        Found {
            name: format!("{number} {kelurahan}"),
            link: format!("{}#{contest}", frame.to(&tps_path(one.station))),
            codes: codes.iter().map(ToString::to_string).collect(),
        }
    });
    let broken = RULES.iter().filter(|rule| codes.contains(&rule.code));
    let broken = broken.map(|rule| Broken { code: rule.code.to_string(), why: rule.why.get(frame.lang) });
    Ok(Some((found.collect(), broken.collect())))
}
