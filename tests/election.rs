//! The election file of Kota Probolinggo: real figures per kecamatan, a stated split below, and the signed file.

use std::fmt::Write as _;

use plano::protocol::election::{CsvFiles, Election, Plan, read_csv};
use plano::protocol::ids::{Level, Region, StationId};

use crate::support::election::authority;
use crate::support::golden::{generated, repository};

fn text(name: &str) -> String {
    std::fs::read_to_string(repository("fixtures/election").join(name)).expect("a fixture")
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = text(name);
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn plan() -> Plan {
    let [election, contests, regions, stations] =
        ["election.csv", "contests.csv", "regions.csv", "stations.csv"].map(text);
    let files = CsvFiles { election: &election, contests: &contests, regions: &regions, stations: &stations };
    read_csv(&files).expect("a sound plan")
}

/// `whole` dealt to `hands` as evenly as possible, the first ones taking one more.
fn deal(whole: u32, hands: usize) -> Vec<u32> {
    let each = whole / u32::try_from(hands).expect("few hands");
    let more = (whole % u32::try_from(hands).expect("few hands")) as usize;
    (0..hands).map(|hand| each + u32::from(hand < more)).collect()
}

/// The split below the kecamatan, as `fixtures/election/README.md` states it.
fn stations() -> String {
    let kelurahan: Vec<Region> = rows("regions.csv").iter().map(|row| row[0].parse().expect("a region")).collect();
    let mut out = String::from("station,dpt_l,dpt_p\n");
    for row in rows("kecamatan.csv") {
        let kecamatan: Region = row[0].parse().expect("a kecamatan");
        let number = |column: usize| row[column].parse::<u32>().expect("a number");
        let own: Vec<Region> = kelurahan
            .iter()
            .copied()
            .filter(|code| code.level() == Level::Kelurahan && kecamatan.holds(*code))
            .collect();
        let tps = number(2) as usize;
        let ids: Vec<StationId> = own
            .iter()
            .zip(deal(number(2), own.len()))
            .flat_map(|(code, count)| {
                (1..=u16::try_from(count).expect("few")).map(|tps| StationId::new(*code, tps).expect("a station"))
            })
            .collect();
        let (mut men, mut women) = (deal(number(3), tps), deal(number(4), tps));
        for (pair, first) in (1_u32..).zip((0..tps - 1).step_by(2)) {
            let second = first + 1;
            let (moved_men, moved_women) = (7 * pair % 23, 11 * pair % 19);
            men[first] += moved_men;
            men[second] -= moved_men;
            women[first] -= moved_women;
            women[second] += moved_women;
        }
        for ((id, men), women) in ids.iter().zip(men).zip(women) {
            writeln!(out, "{id},{men},{women}").expect("writes to a string");
        }
    }
    out
}

#[test]
fn the_stations_are_split_by_the_stated_rule() {
    generated("fixtures/election/stations.csv", &stations());
}

#[test]
fn sums_are_those_that_kpu_fixed() {
    let plan = plan();
    let kelurahan = plan.regions.iter().filter(|named| named.code.level() == Level::Kelurahan).count();
    assert_eq!((plan.stations.len(), kelurahan), (328, 29));
    for row in rows("kecamatan.csv") {
        let kecamatan: Region = row[0].parse().expect("a kecamatan");
        let own = plan.stations.iter().filter(|station| kecamatan.holds(station.id.kelurahan()));
        let (tps, men, women) =
            own.fold((0, 0, 0), |sum, one| (sum.0 + 1, sum.1 + u32::from(one.dpt_l), sum.2 + u32::from(one.dpt_p)));
        assert_eq!([tps, men, women].map(|number| number.to_string())[..], row[2..5]);
    }
    let men: u32 = plan.stations.iter().map(|station| u32::from(station.dpt_l)).sum();
    let women: u32 = plan.stations.iter().map(|station| u32::from(station.dpt_p)).sum();
    assert_eq!((men, women), (87_980, 91_436));
    assert!(plan.stations.iter().all(|station| station.dpt_l + station.dpt_p <= 600));
}

#[test]
fn the_signed_file_is_the_four_tables() {
    let signed = Election::sign(&plan(), &authority()).expect("signs");
    let made = String::from_utf8(signed.note().bytes().to_vec()).expect("text");
    generated("fixtures/election/probolinggo-2024.note", &made);
    let read = Election::parse(made.into_bytes()).expect("reads");
    read.signed_by(&authority().public()).expect("signed");
    assert!(read.is_drill());
    let pairs: Vec<usize> = read.plan().contests.iter().map(|contest| contest.pairs.len()).collect();
    assert_eq!(pairs, [3, 4]);
}
