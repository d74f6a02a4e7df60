//! The count of a region (`/pilkada/hhcw/…`): its sums, and those of what lies one tier below.

use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::contest::Contest;
use super::{lists, moment};
use crate::central::http::Failure;
use crate::central::keeper::Central;
use crate::central::refusal::Refusal;
use crate::form::Percent;
use crate::protocol::ids::{Level, Region};

/// Neither a repeated nor a late vote: Plano knows no other.
pub(super) const PSU: &str = "Reguler";

/// The count of a region. `chart` and each row of `table` mix numbers of votes with what is not votes, as at KPU.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KpuRegionCount)]
pub(super) struct Count {
    mode: &'static str,
    tungsura: Tungsura,
    psu: &'static str,
    #[schema(value_type = BTreeMap<String, u64>)]
    progres: Value,
    ts: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KpuRegionVotes)]
struct Tungsura {
    #[schema(value_type = BTreeMap<String, Value>)]
    chart: Map<String, Value>,
    #[schema(value_type = BTreeMap<String, BTreeMap<String, Value>>)]
    table: Map<String, Value>,
}

/// What is counted of one region or TPS.
#[derive(Debug, Clone)]
struct Part {
    votes: Vec<u64>,
    total: u64,
    reported: u64,
}

/// The count of a region, one row for each region below or each TPS.
pub(super) fn region(central: &Central, contest: &Contest, region: Region) -> Result<Count, Failure> {
    let elsewhere = || Refusal::NotHere(format!("a TPS in region {region}"));
    let recap = central.index.recap();
    let whole = part(central, contest, region).ok_or_else(elsewhere)?;
    let mut rows: Vec<(String, Part)> =
        recap.below(region).filter_map(|(below, _)| Some((below.digits(), part(central, contest, below)?))).collect();
    if region.level() == Level::Kelurahan {
        let silent = Part { votes: vec![0; whole.votes.len()], total: 1, reported: 0 };
        for station in central.election().stations_in(region) {
            let share = recap.share(station.id, contest.at);
            let counts = share.and_then(|share| share.boxes.as_ref());
            let votes = counts.map(|counts| {
                let votes = counts.form().votes().filter_map(|cell| counts.get(cell.id()));
                votes.map(|count| count.get().into()).collect()
            });
            let votes = votes.unwrap_or_else(|| silent.votes.clone());
            rows.push((station.id.digits(), Part { votes, reported: share.is_some().into(), ..silent.clone() }));
        }
    }
    made(central, contest, &whole, &rows)
}

/// The count of all provinces.
pub(super) fn nation(central: &Central, contest: &Contest) -> Result<Count, Failure> {
    let provinces = lists::provinces(central.election());
    let rows: Vec<(String, Part)> =
        provinces.filter_map(|region| Some((region.digits(), part(central, contest, region)?))).collect();
    let mut whole = Part { votes: vec![0; contest.ids().count()], total: 0, reported: 0 };
    for (_, part) in &rows {
        for (sum, votes) in whole.votes.iter_mut().zip(&part.votes) {
            *sum += votes;
        }
        whole.total += part.total;
        whole.reported += part.reported;
    }
    made(central, contest, &whole, &rows)
}

fn part(central: &Central, contest: &Contest, region: Region) -> Option<Part> {
    let totals = central.index.recap().totals(region)?;
    let tally = totals.contests.get(contest.at)?;
    Some(Part { votes: tally.sums.votes(), total: totals.stations.into(), reported: tally.reported.into() })
}

fn made(central: &Central, contest: &Contest, whole: &Part, rows: &[(String, Part)]) -> Result<Count, Failure> {
    let mut chart = votes(contest, whole);
    chart.insert("progres".into(), progres(whole));
    let row = |(code, part): &(String, Part)| {
        let mut row = Map::from_iter([("psu".to_owned(), Value::from(PSU))]);
        row.extend(votes(contest, part));
        row.insert("progres".into(), progres(part));
        row.insert("status_progress".into(), (part.reported > 0).into());
        (code.clone(), Value::from(row))
    };
    let table = rows.iter().map(row).collect();
    let progres = json!({ "total": whole.total, "progres": whole.reported });
    let ts = moment::last(central)?;
    Ok(Count { mode: "hhcw", tungsura: Tungsura { chart, table }, psu: PSU, progres, ts })
}

fn votes(contest: &Contest, part: &Part) -> Map<String, Value> {
    contest.ids().zip(&part.votes).map(|(id, votes)| (id, Value::from(*votes))).collect()
}

/// `{"total": 328, "persen": 99.7, "progres": 327}`: the per cent is a JSON number with at most two decimals, as at KPU.
fn progres(part: &Part) -> Value {
    let hundredths = Percent::of(part.reported, part.total).map_or(0, Percent::hundredths);
    // Below a million: exact in a double before the division, and the nearest double behind it.
    let persen = f64::from(u32::try_from(hundredths).unwrap_or(u32::MAX)) / 100.0;
    json!({ "total": part.total, "persen": persen, "progres": part.reported })
}
