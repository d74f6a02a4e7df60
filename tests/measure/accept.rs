//! How many entries a second central accepts: durable, checked, logged, receipted; against a handler that does nothing.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::routing::any;
use plano::central::http::{Config, Server};
use plano::central::{Home, officers};
use plano::clock;
use plano::protocol::ids::Seq;
use plano::protocol::people::Enrolment;
use plano::protocol::wire::{entry_path, routes};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::day::Day;
use super::election::{officer, small, station};
use super::insert;
use super::table::Table;

const STATIONS: u16 = 200;

/// The entries of one station, each with the path to which it is put.
type Load = Vec<(String, Vec<u8>)>;

/// Puts the whole days of many stations, each in order, all at once.
pub fn measure(folder: &Path, table: &mut Table) {
    let election = small(STATIONS);
    let home = Home::at(folder.join("accept"));
    home.init("central.test/accept", &election, &[7; 32]).expect("sets up");
    let day = Duration::from_hours(1);
    let codes = home.issue_codes(officers(&election), day, clock::now(), &mut rand::rng()).expect("issues");
    let runtime = Runtime::new().expect("a runtime");
    let config = Config::plain(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let central = home.open().expect("opens");
    let server = runtime.block_on(async { Server::start(&config, central, None).expect("starts") });
    let (url, nothing) = (format!("http://{}", server.addr()), runtime.block_on(no_op()));

    // Another part of the run may have chosen it before; it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let enrol = async {
        for code in &codes {
            let (id, text) = ((code.station, code.slot), code.code.to_string());
            let wish = Enrolment::sign(election.digest(), id, &text, &officer(code.station, code.slot)).expect("signs");
            let sent = client.post(format!("{url}{}", routes::ENROL)).body(wish.bytes().to_vec()).send().await;
            assert!(sent.expect("sends").status().is_success());
        }
    };
    runtime.block_on(enrol);
    let loads: Vec<Load> = (1..=STATIONS).map(|tps| load(&election, tps)).collect();
    let entries: usize = loads.iter().map(Vec::len).sum();
    // The yardstick on both sides, so that a machine that warms up or tires favours neither.
    let before = runtime.block_on(all(&client, &nothing, &loads));
    let accepted = runtime.block_on(all(&client, &url, &loads));
    let after = runtime.block_on(all(&client, &nothing, &loads));
    let health = runtime.block_on(server.shutdown()).expect("central").health();
    assert_eq!(health.log_size, entries as u64, "every entry once");
    let rate = |time: Duration| f64::from(u32::try_from(entries).expect("few")) / time.as_secs_f64();
    let yardstick = rate((before + after) / 2);
    let (inserted, commits) = insert::again(&folder.join("accept/central.sqlite"), &folder.join("again.sqlite"));
    table.row(
        &format!(
            "entries accepted a second, {STATIONS} stations at once, {entries} entries, each durable with a receipt"
        ),
        &format!("{:.0}/s", rate(accepted)),
        &format!("an axum handler that reads the body and answers nothing: {yardstick:.0}/s"),
        Some(rate(accepted) / yardstick),
    );
    table.row(
        "the same entries",
        &format!("{:.0}/s", rate(accepted)),
        &format!("the same rows inserted by SQLite alone, synced as often ({commits} times): {:.0}/s", rate(inserted)),
        Some(rate(accepted) / rate(inserted)),
    );
}

fn load(election: &plano::protocol::election::Election, tps: u16) -> Load {
    let id = station(tps);
    let day = Day::whole(election, id);
    let seq = |at: usize| Seq::new(at as u64 + 1).expect("from 1");
    day.entries.iter().enumerate().map(|(at, entry)| (entry_path(id, seq(at)), entry.bytes().to_vec())).collect()
}

async fn no_op() -> String {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("listens");
    let address = listener.local_addr().expect("an address");
    let app = Router::new().fallback(any(|body: Bytes| async move { drop(body) }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

async fn all(client: &reqwest::Client, url: &str, loads: &[Load]) -> Duration {
    let loads: Arc<[Load]> = loads.into();
    let began = std::time::Instant::now();
    let mut stations = JoinSet::new();
    for at in 0..loads.len() {
        let (client, url, loads) = (client.clone(), url.to_owned(), Arc::clone(&loads));
        stations.spawn(async move {
            for (path, body) in &loads[at] {
                let answer = client.put(format!("{url}{path}")).body(body.clone()).send().await.expect("sends");
                assert!(answer.status().is_success(), "{}", answer.status());
                answer.bytes().await.expect("reads the answer");
            }
        });
    }
    stations.join_all().await;
    began.elapsed()
}
