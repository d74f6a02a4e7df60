//! The recapitulation against a plain recomputation from the sheets.

use std::collections::BTreeMap;

use plano::central::store::MemoryLedger;
use plano::central::{Central, Refusal};
use plano::form::{CellId, Counts};
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::ids::{Level, Region};
use plano::rehearsal::figures::figures;

use crate::support::central::{enrol_both, in_memory, over, put, put_photo};
use crate::support::deliveries::{Day, moment};
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
        let boxes: BTreeMap<CellId, u64> = contest.boxes.iter().map(|(id, sum)| (id.clone(), sum)).collect();
        assert_eq!(boxes, plain(sheets, name), "{name} in {region}");
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
    assert_eq!((page.stations, page.tps.len(), page.below.len()), (4, 4, 0));
    assert_eq!(page.tps.iter().map(|tps| tps.forms.len()).collect::<Vec<_>>(), [2, 2, 2, 0], "the silent too");
    let votes: Vec<u64> = page.contests[1].pairs.iter().map(|pair| pair.votes).collect();
    let page = central.recap(station(1).region(Level::Kota)).expect("a kota");
    assert_eq!((page.tps.len(), page.below.len(), page.below[0].stations), (0, 1, 4));
    assert_eq!(page.below[0].contests[1].votes, votes);
    assert_eq!(page.contests[1].reported.photos_complete, 0, "photos were named, and none came");
    assert_eq!(page.as_of.map(|as_of| (as_of.log_size, as_of.at)), Some((central.health().log_size, moment(600))));
    assert_eq!(page, restarted.recap(page.region).expect("a kota"));
}

#[test]
fn sheets_that_contradict_themselves_are_added_as_written_and_counted() {
    let election = small(1);
    let ledger = MemoryLedger::default();
    let mut central = over(&election, Box::new(ledger.clone()));
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
    let share = &page.tps[0].forms[0].share;
    assert!(share.findings.iter().any(|code| code.to_string() == "E301"));
    assert!(share.irregular, "the officers did not answer the finding");
    assert_eq!(page.contests[0].findings.get(&"E301".parse().expect("a code")), Some(&1));
    assert_eq!(page.contests[1].reported.reported, 0);
    let restarted = over(&election, Box::new(ledger)).recap(station(1).kelurahan());
    assert_eq!(restarted.expect("a kelurahan"), page, "central knows it again after a restart");
    assert!(central.recap("11".parse().expect("a code")).is_err(), "no TPS lies there");
}

#[test]
fn photos_and_second_histories_are_counted_once_in_every_tier() {
    let election = small(2);
    let ledger = MemoryLedger::default();
    let mut central = over(&election, Box::new(ledger.clone()));
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    let mut second = Day::opened(&election, station(1), accreditations);
    for _ in 0..3 {
        second.add(By::P1, Body::Incident(Incident { text: "another history".into() }));
    }
    let complete = |central: &Central| {
        let page = central.recap("35".parse().expect("a code")).expect("a provinsi");
        let photos: Vec<u32> = page.contests.iter().map(|contest| contest.reported.photos_complete).collect();
        (photos, page.diverged, page.below[0].diverged)
    };
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    for (at, photos) in [(0, [0, 0]), (1, [0, 0]), (2, [1, 0]), (2, [1, 0]), (3, [1, 0]), (4, [1, 0]), (5, [1, 1])] {
        put_photo(&mut central, &day, at).expect("accepted");
        assert_eq!(complete(&central), (photos.to_vec(), 0, 0), "after photo {at}");
    }
    for at in [1, 2, 1, 3] {
        assert!(matches!(put(&mut central, &second, at), Err(Refusal::Diverged { .. })));
    }
    for central in [&central, &over(&election, Box::new(ledger))] {
        assert_eq!(complete(central), (vec![1, 1], 1, 1), "a TPS counts once, however many entries differ");
        let page = central.recap(station(1).kelurahan()).expect("a kelurahan");
        assert_eq!(page.tps.iter().map(|tps| tps.diverged).collect::<Vec<_>>(), [true, false]);
        assert_eq!(page.contests[0].reported.reported, 1, "the history that came first is added up");
    }
}

#[test]
fn percentages_are_whole_arithmetic_over_what_is_written() {
    let election = small(1);
    let mut central = in_memory(&election);
    let empty = central.recap(station(1).kelurahan()).expect("a kelurahan");
    assert_eq!((empty.as_of, empty.contests[0].turnout.percent), (None, None));
    assert!(empty.contests[0].pairs.iter().all(|pair| (pair.votes, pair.percent.to_string()) == (0, "0.00".into())));
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let page = central.recap(station(1).kelurahan()).expect("a kelurahan");
    for contest in &page.contests {
        assert_eq!(contest.pairs.iter().map(|pair| pair.percent.hundredths()).sum::<u64>(), 10_000);
        let all: u64 = contest.pairs.iter().map(|pair| pair.votes).sum();
        for pair in &contest.pairs {
            let exact = pair.votes * 10_000 / all;
            assert!([exact, exact + 1].contains(&pair.percent.hundredths()), "{pair:?} of {all}");
        }
        let sum = |id: &str| contest.boxes.get(&id.parse().expect("an id")).expect("a box");
        assert_eq!((contest.turnout.voters, contest.turnout.dpt), (sum("users_total.J"), sum("dpt.J")));
        let nearest = (sum("users_total.J") * 20_000 / sum("dpt.J")).div_ceil(2);
        assert_eq!(contest.turnout.percent.map(plano::form::Percent::hundredths), Some(nearest));
    }
}
