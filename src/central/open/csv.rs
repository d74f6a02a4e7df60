//! The recapitulation as CSV (RFC 4180, UTF-8): every box of the form is a column under its id.

use super::answer::unavailable;
use crate::audit::tables::{PLACE, Table, TableError, boxes, mode, or_blank, place, sums, sums_of, values, written};
use crate::central::http::Failure;
use crate::central::keeper::Central;
use crate::central::recap::Recap;
use crate::central::refusal::Refusal;
use crate::form::{CellId, Form};
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region, StationId};
use crate::protocol::recap::{Share, Tally, Totals};

/// Heads before the boxes in the table of a region.
const REGION: [&str; 13] = [
    "mode",
    "contest",
    "level",
    "code",
    "name",
    "stations",
    "reported",
    "photos_complete",
    "with_findings",
    "without_figures",
    "irregular",
    "diverged",
    "findings",
];
/// Heads behind the place in the table of stations.
const STATION: [&str; 7] = ["contest", "revision", "entry", "photos_complete", "irregular", "diverged", "findings"];

/// One contest in a region: a row for the region, then one for each region below or each TPS.
pub(super) fn region(central: &Central, region: Region, contest: usize) -> Result<Vec<u8>, Failure> {
    let (election, recap) = (&central.election, central.index.recap());
    let form = election.forms().get(contest);
    let (totals, form) = recap.totals(region).zip(form).ok_or_else(|| elsewhere(region))?;
    Rows { election, recap, contest, form }.write(region, totals).map_err(fail)
}

/// Every TPS of a region, each contest in a row; blank where a TPS has not reported.
pub(super) fn stations(central: &Central, region: Region) -> Result<Vec<u8>, Failure> {
    central.index.recap().totals(region).ok_or_else(|| elsewhere(region))?;
    station_rows(&central.election, central.index.recap(), region).map_err(fail)
}

fn elsewhere(region: Region) -> Failure {
    Refusal::NotHere(format!("a TPS in region {region}")).into()
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where errors are mapped")]
fn fail(error: TableError) -> Failure {
    unavailable(&error)
}

fn yes(answer: bool) -> String {
    (if answer { "yes" } else { "no" }).to_owned()
}

/// Codes with a space between them.
fn codes(share: &Share) -> String {
    share.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The rows of one contest.
struct Rows<'a> {
    election: &'a Election,
    recap: &'a Recap,
    contest: usize,
    form: &'a Form,
}

impl Rows<'_> {
    fn write(&self, region: Region, totals: &Totals) -> Result<Vec<u8>, TableError> {
        let sums = sums_of(self.form);
        let head = REGION.into_iter().map(str::to_owned).chain(self.boxes().map(ToString::to_string));
        let mut table = Table::new("recap.csv", head.chain(sums.iter().map(|sum| sum.title.clone())))?;
        let above = std::iter::once((region, totals));
        for (region, totals) in above.chain(self.recap.below(region)) {
            if let Some(tally) = totals.contests.get(self.contest) {
                let computed = sums.iter().map(|sum| sum.over(&tally.sums).to_string());
                table.row(self.region(region, totals, tally).into_iter().chain(computed))?;
            }
        }
        if region.level() == Level::Kelurahan {
            for station in self.election.stations_in(region) {
                let share = self.recap.share(station.id, self.contest);
                let computed = sums.iter().map(|sum| sum.of(share.and_then(|share| share.boxes.as_ref())));
                table.row(self.station(station.id, share).into_iter().chain(computed))?;
            }
        }
        Ok(table.finish()?.1)
    }

    fn boxes(&self) -> impl Iterator<Item = &CellId> {
        self.form.cells().iter().map(crate::form::Cell::id)
    }

    fn start(&self, level: &str, code: String, name: String) -> Vec<String> {
        let contest = self.form.contest().id.to_owned();
        vec![mode(self.election).to_owned(), contest, level.to_owned(), code, name]
    }

    fn region(&self, region: Region, totals: &Totals, tally: &Tally) -> Vec<String> {
        let name = written(self.election.name(region).unwrap_or_default());
        let mut row = self.start(region.level().name(), region.to_string(), name);
        let Tally { reported, photos_complete, with_findings, without_figures, irregular, .. } = tally;
        let counts = [*reported, *photos_complete, *with_findings, *without_figures, *irregular, totals.diverged];
        row.push(totals.stations.to_string());
        row.extend(counts.map(|number| number.to_string()));
        let findings = tally.findings.iter().map(|(code, stations)| format!("{code}:{stations}"));
        row.push(findings.collect::<Vec<_>>().join(" "));
        row.extend(tally.sums.iter().map(|(_, sum)| sum.to_string()));
        row
    }

    fn station(&self, station: StationId, share: Option<&Share>) -> Vec<String> {
        let mut row = self.start("tps", station.to_string(), format!("TPS {:03}", station.tps()));
        let flags = [
            share.is_some(),
            share.is_some_and(|share| share.photos_complete),
            share.is_some_and(|share| !share.findings.is_empty()),
            share.is_some_and(|share| share.boxes.is_none()),
            share.is_some_and(|share| share.irregular),
            self.recap.is_diverged(station),
        ];
        row.push("1".to_owned());
        row.extend(flags.map(|flag| u8::from(flag).to_string()));
        row.push(share.map(codes).unwrap_or_default());
        let counts = share.and_then(|share| share.boxes.as_ref());
        row.extend(self.boxes().map(|id| or_blank(counts.and_then(|counts| counts.get(id)))));
        row
    }
}

fn station_rows(election: &Election, recap: &Recap, region: Region) -> Result<Vec<u8>, TableError> {
    let (boxes, sums) = (boxes(election), sums(election));
    let head = PLACE.into_iter().chain(STATION).map(str::to_owned);
    let head = head.chain(boxes.iter().map(ToString::to_string)).chain(sums.iter().map(|sum| sum.title.clone()));
    let mut table = Table::new("tps.csv", head)?;
    for station in election.stations_in(region) {
        for (at, contest) in election.plan().contests.iter().enumerate() {
            let share = recap.share(station.id, at);
            let counts = share.and_then(|share| share.boxes.as_ref());
            let mut row = place(election, station.id);
            row.extend([
                contest.id.clone(),
                or_blank(share.map(|share| share.revision)),
                or_blank(share.map(|share| share.entry)),
                or_blank(share.map(|share| yes(share.photos_complete))),
                or_blank(share.map(|share| yes(share.irregular))),
                yes(recap.is_diverged(station.id)),
                share.map(codes).unwrap_or_default(),
            ]);
            row.extend(values(&boxes, counts));
            row.extend(sums.iter().map(|sum| sum.of(counts)));
            table.row(row)?;
        }
    }
    Ok(table.finish()?.1)
}
