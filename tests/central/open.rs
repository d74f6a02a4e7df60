//! Open data through the port: JSON and CSV of a region, and how long an answer may be kept.

use std::collections::BTreeMap;

use plano::protocol::wire::recap_path;
use serde_json::Value;

use crate::support::central::{enrol_both, in_memory, put};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};
use crate::support::server::{Listening, Reply};

/// A central with three TPS of which two have reported, and the day of the second.
fn listening() -> (Listening, Day) {
    let election = small(3);
    let mut central = in_memory(&election);
    let mut last = None;
    for tps in [1, 3] {
        let accreditations = enrol_both(&mut central, station(tps));
        let day = Day::whole(&election, station(tps), tps.into(), accreditations);
        let held = day.entries.len() - usize::from(tps == 3);
        for at in 0..held {
            put(&mut central, &day, at).expect("accepted");
        }
        last = Some(day);
    }
    (Listening::start(central), last.expect("a day"))
}

fn rows(reply: &Reply) -> Vec<BTreeMap<String, String>> {
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8; header=present"), "{reply:?}");
    let mut reader = csv::Reader::from_reader(reply.body.as_slice());
    reader.deserialize().map(|row| row.expect("a row as long as the head")).collect()
}

fn sum(rows: &[&BTreeMap<String, String>], column: &str) -> u64 {
    rows.iter().map(|row| row[column].parse::<u64>().unwrap_or_default()).sum()
}

#[test]
fn csv_and_json_of_a_region_say_the_same() {
    let (server, _) = listening();
    for region in ["35", "35.74", "35.74.03", "35.74.03.1001"] {
        let page: Value = serde_json::from_slice(&server.get(&format!("/v1/recap/{region}")).body).expect("JSON");
        for (at, contest) in ["gubernur", "walikota"].into_iter().enumerate() {
            let one: Value =
                serde_json::from_slice(&server.get(&format!("/v1/recap/{region}/{contest}.json")).body).expect("JSON");
            assert_eq!(
                (one["contests"].as_array().map(Vec::len), &one["contests"][0]),
                (Some(1), &page["contests"][at])
            );
            let rows = rows(&server.get(&format!("/v1/recap/{region}/{contest}.csv")));
            let (whole, parts) = rows.split_first().expect("the region itself comes first");
            assert_eq!(
                (whole["code"].as_str(), whole["level"].as_str()),
                (region, page["level"].as_str().expect("text"))
            );
            assert_eq!(parts.len(), if region.len() == 13 { 3 } else { 1 });
            for (id, value) in page["contests"][at]["boxes"].as_object().expect("boxes") {
                assert_eq!(whole[id], value.to_string(), "{id} of {region}");
                assert_eq!(sum(&parts.iter().collect::<Vec<_>>(), id).to_string(), whole[id], "{id} below {region}");
            }
            for count in ["reported", "photos_complete", "with_findings", "without_figures", "irregular"] {
                assert_eq!(whole[count], page["contests"][at][count].to_string(), "{count}");
            }
            assert_eq!(whole["E301 valid"], whole["valid"], "computed beside written");
        }
    }
    server.end();
}

#[test]
fn every_tps_of_a_kota_is_a_row_with_every_box() {
    let (server, _) = listening();
    let rows = rows(&server.get("/v1/recap/35.74/tps.csv"));
    assert_eq!(rows.len(), 6, "three TPS, two contests, the silent too");
    for row in &rows {
        let silent = row["station"] == "35.74.03.1001-002";
        assert_eq!(row["revision"].is_empty() && row["valid"].is_empty(), silent, "{row:?}");
        assert_eq!(row["votes.4"].is_empty(), silent || row["contest"] == "gubernur", "only the mayor has four pairs");
        assert_eq!((row["kota"].as_str(), row["mode"].as_str()), ("Kota Probolinggo", "drill"));
    }
    let page: Value = serde_json::from_slice(&server.get("/v1/recap/35.74").body).expect("JSON");
    let mayors: Vec<_> = rows.iter().filter(|row| row["contest"] == "walikota").collect();
    for (id, value) in page["contests"][1]["boxes"].as_object().expect("boxes") {
        assert_eq!(Some(sum(&mayors, id)), value.as_u64(), "{id}");
    }
    server.end();
}

#[test]
fn an_answer_is_kept_until_the_log_grows() {
    let (server, day) = listening();
    let paths = [
        recap_path("35.74".parse().expect("a code")),
        "/v1/recap/35.74/gubernur.json".to_owned(),
        "/v1/recap/35.74/gubernur.csv".to_owned(),
        "/v1/recap/35.74/tps.csv".to_owned(),
        "/wilayah/pilkada/pkwkp/0.json".to_owned(),
        "/pilkada/paslon/pkwkp.json".to_owned(),
        "/pilkada/hhcw/pkwkp.json".to_owned(),
        "/pilkada/hhcw/pkwkp/35/3574.json".to_owned(),
    ];
    let ask = |path: &str, tag: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: {tag}\r\n\r\n");
        server.raw(head.as_bytes()).expect("an answer")
    };
    let tags: Vec<String> = paths
        .iter()
        .map(|path| {
            let first = server.get(path);
            assert_eq!((first.status, first.header("cache-control")), (200, Some("public, max-age=15")), "{path}");
            assert_eq!(first.header("access-control-allow-origin"), Some("*"));
            let tag = first.header("etag").expect("a tag").to_owned();
            let again = ask(path, &format!("\"other\", W/{tag}"));
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag.as_str())), "{path}");
            assert_eq!(server.get(path).body, first.body, "{path}");
            tag
        })
        .collect();
    let last = day.entries.last().expect("an entry");
    let put = server.put(&plano::protocol::wire::entry_path(day.station, last.entry().seq), last.bytes());
    assert_eq!(put.status, 201);
    for (path, tag) in paths.iter().zip(&tags) {
        let after = ask(path, tag);
        assert_eq!(after.status, 200, "{path}");
        assert_ne!(after.header("etag"), Some(tag.as_str()));
    }
    server.end();
}

#[test]
fn what_is_not_there_says_what_is() {
    let (server, _) = listening();
    let problem = |path: &str| {
        let reply = server.get(path);
        let problem: Value = serde_json::from_slice(&reply.body).expect("a problem");
        (reply.status, problem["detail"].as_str().expect("a text").to_owned())
    };
    for path in ["/v1/recap/35.74/bupati.json", "/v1/recap/35.74/gubernur.xlsx", "/v1/recap/35.74/gubernur"] {
        let (status, detail) = problem(path);
        assert!(status == 404 && detail.contains("gubernur, walikota"), "{path}: {detail}");
    }
    assert!(problem("/v1/recap/35/tps.csv").1.contains("a kota"));
    assert_eq!(problem("/v1/recap/11/gubernur.csv").0, 404);
    assert_eq!(problem("/v1/recap/11.01/tps.csv").0, 404);
    assert_eq!(problem("/v1/recap/x/tps.csv").0, 400);
    server.end();
}
