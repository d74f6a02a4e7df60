//! How long an officer waits for a page of the station's page, with a full day's data behind it.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use plano::recorder::Place;
use plano::rehearsal::{Demo, Scale, run};
use plano::web::{Config, Server};
use tokio::runtime::Runtime;

use super::browser::{Browser, encoded};
use super::table::Table;

const RUNS: usize = 100;

/// What the officers look at.
const PAGES: [&str; 9] = [
    "/",
    "/form/walikota/read",
    "/form/gubernur/correct",
    "/form/gubernur/photos",
    "/form/gubernur/copy",
    "/papers",
    "/delivery",
    "/close",
    "/login",
];

/// Lives a station's whole day, begins a correction so that a form can be read again, and asks for every page many times.
pub fn measure(folder: &Path, table: &mut Table) {
    let quiet = "about = \"nothing goes wrong\"\nseed = 1\n".to_owned();
    let demo = Demo {
        scale: Scale::Stations(1),
        folder: folder.join("pages"),
        faults: Some(quiet),
        long_side: 4000,
        at_once: 1,
        seed: 3,
    };
    let (done, ended) = channel();
    assert!(run(&demo, &done).expect("a day").sound());
    let id = ended.recv().expect("a station");
    let place = Place::new(demo.folder.join("stations").join(id.to_string()));
    let runtime = Runtime::new().expect("a runtime");
    let (mut times, weight) = runtime.block_on(ask(&place, &format!("latihan-p1-{}", id.digits())));
    times.sort_unstable();
    let p95 = times[times.len() * 95 / 100];
    table.row(
        &format!(
            "a page of the station's page, p95 of {} answers, the whole day of a station behind it; heaviest page {:.0} kB",
            times.len(),
            f64::from(u32::try_from(weight).expect("light")) / 1e3
        ),
        &format!("{:.1} ms", p95.as_secs_f64() * 1e3),
        "what we allow: 50 ms, 100 kB",
        Some(p95.as_secs_f64() / 0.05),
    );
}

/// How long each answer took, and the bytes of the heaviest page.
async fn ask(place: &Place, pin: &str) -> (Vec<Duration>, usize) {
    let config = Config::plain("127.0.0.1:0".parse().expect("an address"));
    let server = Server::start(config, place).expect("listens");
    let mut browser = Browser::new(server.addr());
    assert_eq!(browser.unlock("p1", pin).await.status, 303);
    let page = browser.get("/form/walikota/correct").await;
    let answer = browser.post(&page, "/form/walikota/correct", &[("reason", "angka tertukar")]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let (mut times, mut weight) = (Vec::new(), 0);
    for path in PAGES {
        for _ in 0..RUNS {
            let began = Instant::now();
            let page = browser.get(path).await;
            times.push(began.elapsed());
            assert_eq!(page.status, 200, "{path}: {}", page.words());
            weight = weight.max(page.text.len());
        }
    }
    let page = browser.get("/form/walikota/read").await;
    let inputs = page.inputs();
    let of = |name: &str| inputs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).expect("a field");
    for run in 0..RUNS {
        let typed = (run % 1000).to_string();
        let fields = [("token", of("token")), ("as", of("as")), ("turn", of("turn")), ("box:dpt.L", typed.as_str())];
        let began = Instant::now();
        let saved = browser.send(reqwest::Method::POST, "/form/walikota/box", &[], Some(encoded(&fields))).await;
        times.push(began.elapsed());
        assert_eq!(saved.status, 200, "{}", saved.words());
    }
    server.shutdown().await;
    (times, weight)
}
