//! The recapitulation against a plain recomputation from the sheets.

use std::collections::BTreeMap;

use plano::central::Central;
use plano::central::store::MemoryLedger;
use plano::form::{CellId, Counts};
use plano::protocol::ids::{Level, Region};
use plano::rehearsal::figures::figures;

use crate::support::central::{enrol_both, in_memory, over, put};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};

/// Sums of every box of a contest, the slow way.
fn plain(sheets: &[(String, Counts)], contest: &str) -> BTreeMap<CellId, u64> {
    let mut sums = BTreeMap::new();
    for (_, counts) in sheets.iter().filter(|(of, _)| of == contest) {
        for (id, count) in counts.iter() {
            *sums.entry(id.clone()).or_insert(0) += u64::from(count.get());
        }
    }
    sums
}

fn assert_adds_up(central: &Central, region: Region, sheets: &[(String, Counts)]) {
    let page = central.recap(region).expect("a region");
    for contest in &page.contests {
        let name = &contest.reported.contest;
        assert_eq!(contest.boxes, plain(sheets, name), "{name} in {region}");
        assert_eq!(contest.reported.reported as usize, sheets.iter().filter(|(of, _)| of == name).count());
        let votes: u64 = contest.pairs.iter().map(|pair| pair.votes).sum();
        assert_eq!(votes, contest.checks.iter().find(|check| check.rule.to_string() == "E301").expect("E301").computed);
        assert!(
            contest.checks.iter().all(|check| check.written == check.computed),
            "careful sheets add up: {:?}",
            contest.checks
        );
    }
}

#[test]
fn every_tier_is_the_sum_of_its_sheets_and_a_correction_takes_the_place_of_what_it_corrects() {
    let election = small(4);
    let ledger = MemoryLedger::default();
    let mut central = over(&election, Box::new(ledger.clone()));
    let mut sheets = Vec::new();
    for tps in 1..=3 {
        let accreditations = enrol_both(&mut central, station(tps));
        let mut day = Day::whole(&election, station(tps), tps.into(), accreditations);
        let registered = election.registered(station(tps)).expect("takes part");
        for form in election.forms() {
            let contest = form.contest().id;
            let mut made = figures(form, registered, tps.into());
            if (tps, contest) == (2, "walikota") {
                made = figures(form, registered, 77);
                day.record_revision(contest, &made, 2, Some("two boxes were mixed up"));
            }
            sheets.push((contest.to_owned(), made.counts));
        }
        for at in 0..day.entries.len() {
            put(&mut central, &day, at).expect("accepted");
        }
    }
    let restarted = over(&election, Box::new(ledger));
    for central in [&central, &restarted] {
        for level in [Level::Provinsi, Level::Kota, Level::Kecamatan, Level::Kelurahan] {
            assert_adds_up(central, station(1).region(level), &sheets);
        }
    }
    let page = central.recap(station(1).kelurahan()).expect("a kelurahan");
    assert_eq!((page.stations, page.tps.len(), page.below.len()), (4, 6, 0));
    let page = central.recap(station(1).region(Level::Kota)).expect("a kota");
    assert_eq!((page.tps.len(), page.below.len(), page.below[0].stations), (0, 1, 4));
    assert_eq!(page, restarted.recap(page.region).expect("a kota"));
}

#[test]
fn sheets_that_contradict_themselves_are_added_as_written_and_counted() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let mut day = Day::opened(&election, station(1), accreditations);
    let form = &election.forms()[0];
    let mut made = figures(form, election.registered(station(1)).expect("takes part"), 1);
    let wrong = made.counts.iter().map(|(id, count)| {
        let count =
            if id.as_str() == "valid" { plano::form::Count::new(count.get() + 1).expect("fits") } else { count };
        (id.clone(), count)
    });
    made.counts = Counts::from_values(form, wrong).expect("the same boxes");
    day.record_form(form.contest().id, &made);
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let page = central.recap(station(1).kelurahan()).expect("a kelurahan");
    assert_eq!((page.contests[0].reported.reported, page.contests[0].reported.with_findings), (1, 1));
    let check = page.contests[0].checks.iter().find(|check| check.rule.to_string() == "E301").expect("E301");
    assert_eq!(check.written, check.computed + 1);
    assert!(page.tps[0].findings.iter().any(|code| code.to_string() == "E301"));
    assert_eq!(page.contests[1].reported.reported, 0);
    assert!(central.recap("11".parse().expect("a code")).is_err(), "no TPS lies there");
}
