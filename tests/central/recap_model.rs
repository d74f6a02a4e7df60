//! Whatever comes late, twice, out of order or corrected: the recapitulation is the plain sum of the sheets in force.

use std::collections::BTreeMap;

use plano::central::Central;
use plano::form::{Count, Counts};
use plano::protocol::ids::{Level, StationId};
use plano::rehearsal::figures::figures;
use proptest::prelude::*;
use serde_json::Value;

use super::model::deliver;
use crate::support::central::{enrol_both, in_memory};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};

/// What one station's officers record: for each contest so many results, and one box that is written wrong.
#[derive(Debug, Clone)]
struct Plan {
    seed: u64,
    results: [u16; 2],
    wrong: (usize, u16),
}

fn plan() -> impl Strategy<Value = Plan> {
    let results = [0_u16..=3, 0..=3];
    (any::<u64>(), results, (0_usize..20, 0_u16..30)).prop_map(|(seed, results, wrong)| Plan { seed, results, wrong })
}

fn day(central: &mut Central, station: StationId, plan: &Plan) -> Day {
    let election = central.election().clone();
    let accreditations = enrol_both(central, station);
    let mut day = Day::opened(&election, station, accreditations);
    for revision in 1..=3_u16 {
        for (form, results) in election.forms().iter().zip(plan.results) {
            if revision > results {
                continue;
            }
            let registered = election.registered(station).expect("takes part");
            let mut made = figures(form, registered, plan.seed.wrapping_add(revision.into()));
            let values = made.counts.iter().enumerate().map(|(at, (id, count))| {
                let wrong = if at == plan.wrong.0 { plan.wrong.1 } else { 0 };
                (id.clone(), Count::new((count.get() + wrong).min(999)).expect("fits"))
            });
            made.counts = Counts::from_values(form, values.collect::<Vec<_>>()).expect("the same boxes");
            let reason = (revision > 1).then_some("a box was mixed up");
            day.record_revision(form.contest().id, &made, revision, reason);
        }
    }
    day
}

/// The boxes of the last result of each contest, read from the bytes of the notes without any of Plano's types.
fn last_sheets(day: &Day) -> BTreeMap<String, BTreeMap<String, u64>> {
    let mut sheets = BTreeMap::new();
    for entry in &day.entries {
        let text = std::str::from_utf8(entry.bytes()).expect("text");
        let json: Value = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
        if let Some(result) = json["body"].get("result") {
            let boxes = result["boxes"].as_object().expect("boxes").iter();
            let boxes = boxes.map(|(id, value)| (id.clone(), value.as_u64().expect("a number"))).collect();
            sheets.insert(result["contest"].as_str().expect("a contest").to_owned(), boxes);
        }
    }
    sheets
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_tier_is_the_plain_sum_of_the_sheets_in_force(
        plans in prop::collection::vec(plan(), 3),
        order in prop::collection::vec(0_usize..1000, 1..200),
    ) {
        let mut central = in_memory(&small(4));
        let days: Vec<Day> = (1..).zip(&plans).map(|(tps, plan)| day(&mut central, station(tps), plan)).collect();
        deliver(&mut central, &days, &[], &order);
        let sheets: Vec<_> = days.iter().map(last_sheets).collect();
        for level in Level::ALL {
            let page = central.recap(station(1).region(level)).expect("a region");
            for contest in &page.contests {
                let name = &contest.reported.contest;
                let of_contest: Vec<_> = sheets.iter().filter_map(|sheets| sheets.get(name)).collect();
                prop_assert_eq!(contest.reported.reported as usize, of_contest.len());
                prop_assert_eq!(contest.reported.photos_complete as usize, of_contest.len(), "all photos came");
                for (id, sum) in contest.boxes.iter() {
                    let plain: u64 = of_contest.iter().map(|boxes| boxes[id.as_str()]).sum();
                    prop_assert_eq!(sum, plain, "{} of {} in {}", id, name, page.region);
                }
                for check in &contest.checks {
                    prop_assert_eq!(Some(check.written), contest.boxes.get(&check.whole));
                }
                let differs = |boxes: &BTreeMap<String, u64>| {
                    let votes: u64 = boxes.iter().filter(|(id, _)| id.starts_with("votes.")).map(|(_, votes)| votes).sum();
                    votes != boxes["valid"]
                };
                let wrong = of_contest.iter().filter(|boxes| differs(boxes)).count();
                let counted = contest.findings.get(&"E301".parse().expect("a code")).copied().unwrap_or_default();
                prop_assert_eq!(counted as usize, wrong);
            }
        }
        let kelurahan = central.recap(station(1).kelurahan()).expect("a kelurahan");
        for (tps, sheets) in kelurahan.tps.iter().zip(&sheets) {
            prop_assert_eq!(tps.forms.len(), sheets.len());
            for form in &tps.forms {
                let boxes: BTreeMap<String, u64> = form.share.boxes.iter().flat_map(Counts::iter)
                    .map(|(id, count)| (id.to_string(), count.get().into())).collect();
                prop_assert_eq!(&boxes, &sheets[&form.contest]);
            }
        }
    }
}
