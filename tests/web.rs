//! The station's page from outside: who may do what, what every answer carries, what is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use plano::recorder::Station;
use plano::web::{Access, Config, Server, routes};
use reqwest::Method;

use crate::support::browser::{Browser, Page, encoded};
use crate::support::ledger::moment;
use crate::support::station::{Day, PINS, typed};

/// A station's page that listens, with a clock that stands still until it is moved.
struct Scene {
    day: Day,
    server: Server,
    millis: Arc<AtomicI64>,
}

impl Scene {
    fn start(day: Day) -> Self {
        let millis = Arc::new(AtomicI64::new(1_000_000));
        let server = Server::start(config(&millis), &day.place()).expect("listens");
        Self { day, server, millis }
    }

    fn browser(&self) -> Browser {
        Browser::new(self.server.addr())
    }

    fn wait(&self, time: Duration) {
        self.millis.fetch_add(i64::try_from(time.as_millis()).expect("fits"), Ordering::SeqCst);
    }
}

fn config(millis: &Arc<AtomicI64>) -> Config {
    let millis = Arc::clone(millis);
    let clock = Arc::new(move || moment(millis.load(Ordering::SeqCst)));
    Config { clock, ..Config::plain("127.0.0.1:0".parse().expect("an address")) }
}

#[tokio::test]
async fn home_is_for_everybody_and_every_answer_is_guarded() {
    let scene = Scene::start(Day::open());
    let mut browser = scene.browser();
    for path in ["/", "/login", "/no/such/page", "/healthz"] {
        let page = browser.get(path).await;
        let header = |name: &str| page.headers.get(name).map_or("", |value| value.to_str().expect("text")).to_owned();
        assert!(header("content-security-policy").starts_with("default-src 'self';"), "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(browser.get("/").await.status, 200);
    assert_eq!(browser.get("/no/such/page").await.status, 404);
    let page = browser.send(Method::DELETE, "/", &[], None).await;
    assert_eq!((page.status, page.headers.contains_key("content-security-policy")), (405, true));
}

#[tokio::test]
async fn only_the_right_pin_unlocks_and_wrong_ones_are_slowed() {
    let scene = Scene::start(Day::open());
    let mut browser = scene.browser();
    let page = browser.unlock("p1", "000000").await;
    assert_eq!(page.status, 403);
    assert!(page.words().contains("PIN salah"), "{}", page.words());
    assert_eq!(browser.unlock("p1", PINS[0]).await.status, 429, "has to wait even with the right one");
    scene.wait(Duration::from_secs(2));
    let page = browser.unlock("p1", PINS[0]).await;
    assert_eq!((page.status, page.location()), (303, "/"));
    assert!(browser.get("/").await.words().contains("Petugas p1"));
    let home = browser.get("/").await;
    assert_eq!(browser.post(&home, "/logout", &[]).await.status, 303);
    assert!(!browser.get("/").await.words().contains("Petugas p1"));
}

/// Posts the reading page as a browser without scripts does, with these texts in its boxes.
async fn fill(
    browser: &mut Browser,
    page: &Page,
    contest: &str,
    typed: &BTreeMap<String, String>,
    more: &[(&str, &str)],
) -> Page {
    let mut fields: Vec<(String, String)> = page.inputs().into_iter().filter(|(name, _)| name != "then").collect();
    let boxes: BTreeSet<String> =
        fields.iter().filter_map(|(name, _)| Some(name.strip_prefix("was:")?.to_owned())).collect();
    fields.retain(|(name, _)| name.strip_prefix("box:").is_none_or(|id| !typed.contains_key(id)));
    fields.extend(boxes.iter().filter_map(|id| Some((format!("box:{id}"), typed.get(id)?.clone()))));
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let path = format!("/form/{contest}/read");
    browser.send(Method::POST, &path, &[], Some(encoded(&fields))).await
}

#[tokio::test]
async fn two_officers_read_differ_read_again_seal_and_close() {
    let mut day = Day::open();
    day.photograph("gubernur");
    let paper = typed(&day.figures("gubernur", 7));
    let mut slip = paper.clone();
    let vote: u32 = paper["votes.2"].parse().expect("a number");
    slip.insert("votes.2".into(), (vote + 1).to_string());
    slip.insert("note".into(), String::new());
    let scene = Scene::start(day);
    let [mut first, mut second] = [scene.browser(), scene.browser()];
    assert_eq!(first.unlock("p1", PINS[0]).await.status, 303);
    assert_eq!(second.unlock("p2", PINS[1]).await.status, 303);

    let page = first.get("/form/gubernur/read").await;
    let done = fill(&mut first, &page, "gubernur", &paper, &[("do", "record")]).await;
    assert_eq!((done.status, done.location()), (303, "/?done=read&contest=gubernur"), "{}", done.words());
    assert_eq!(first.get("/form/gubernur/read").await.status, 409, "the colleague reads first");

    let page = second.get("/form/gubernur/read").await;
    assert!(
        page.inputs().iter().filter(|(name, _)| name.starts_with("box:")).all(|(_, value)| value.is_empty()),
        "blind"
    );
    let asked = fill(&mut second, &page, "gubernur", &slip, &[("do", "record")]).await;
    assert_eq!(asked.status, 422, "E301 wants a note");
    assert!(asked.words().contains("E301"));
    let done =
        fill(&mut second, &asked, "gubernur", &slip, &[("do", "record"), ("note:E301", "tertulis begitu")]).await;
    assert_eq!(done.status, 303, "{}", done.words());

    for browser in [&mut first, &mut second] {
        let page = browser.get("/form/gubernur/differences").await;
        assert!(page.words().contains("IV.2"), "{}", page.words());
        let again = browser.get("/form/gubernur/read").await;
        let boxes: Vec<_> = again.inputs().into_iter().filter(|(name, _)| name.starts_with("box:")).collect();
        assert_eq!(boxes, [("box:votes.2".to_owned(), String::new())]);
        let done = fill(browser, &again, "gubernur", &paper, &[("do", "record")]).await;
        assert_eq!(done.status, 303, "{}", done.words());
    }

    let page = first.get("/form/gubernur/seal").await;
    assert_eq!(page.status, 200);
    for (id, text) in paper.iter().filter(|(id, _)| id.starts_with("votes.")) {
        assert!(page.text.contains(&format!(">{text}</b>")), "{id} {text}");
    }
    let seal = |page: &Page| page.inputs().into_iter().find(|(name, _)| name == "sealing").expect("what is sealed").1;
    let one = first.post(&page, "/form/gubernur/seal", &[("sealing", &seal(&page)), ("pin_p1", PINS[0])]).await;
    assert_eq!(one.status, 202, "{}", one.words());
    let page = second.get("/form/gubernur/seal").await;
    assert!(!page.text.contains("pin_p1"), "p1 has agreed on the other machine");
    let done = second.post(&page, "/form/gubernur/seal", &[("sealing", &seal(&page)), ("pin_p2", PINS[1])]).await;
    assert_eq!((done.status, done.location()), (303, "/?done=seal"), "{}", done.words());
    assert!(first.get("/").await.words().contains("Kode segel"));

    let page = first.get("/close").await;
    let why = ("reason:walikota", "dihitung besok");
    let pins = [("pin_p1", PINS[0]), ("pin_p2", PINS[1])];
    let refused = first.post(&page, "/close", &[pins[0], pins[1], why]).await;
    assert_eq!(refused.status, 409, "central has received nothing: {}", refused.words());
    let closed = first.post(&page, "/close", &[pins[0], pins[1], why, ("knowing", "1")]).await;
    assert_eq!((closed.status, closed.location()), (303, "/close"), "{}", closed.words());
    let page = first.get("/close").await;
    let status = {
        let mut day = scene.day;
        day.restart();
        day.station.status().expect("stands")
    };
    assert!(page.text.contains(&status.closed.expect("closed").short));
}

/// A path of the table with something in its places.
fn filled(path: &str) -> String {
    let digest = "0".repeat(64);
    let places = [("{contest}", "gubernur"), ("{sha256}", digest.as_str()), ("{page}", "1"), ("{ticket}", "none")];
    let path = places.iter().fold(path.to_owned(), |path, (place, value)| path.replace(place, value));
    path.replace("{hash}", "0").replace("{name}", "none.css")
}

#[tokio::test]
async fn every_route_asks_for_what_the_table_says() {
    let scene = Scene::start(Day::open());
    let mut stranger = scene.browser();
    let token = stranger.get("/login").await.token();
    let mut officer = scene.browser();
    officer.unlock("p1", PINS[0]).await;
    let own_token = officer.get("/").await.token();
    let mut walked = BTreeSet::new();
    for (method, path, access) in routes() {
        let at = filled(path);
        let to_login = |page: &Page| page.status == 303 && page.location().starts_with("/login");
        let body = |token: &str| (method == Method::POST).then(|| encoded(&[("token", token)]));
        // Photos carry the token in the address.
        let with = |token: &str| if method == Method::POST { format!("{at}?token={token}") } else { at.clone() };
        if method == Method::POST {
            let page = stranger.send(method.clone(), &at, &[], Some(String::new())).await;
            assert_eq!(page.status, 403, "{method} {path} without a token");
        }
        let page = stranger.send(method.clone(), &with(&token), &[], body(&token)).await;
        let shut = to_login(&page) || page.status == 401;
        assert_eq!(shut, access != Access::Public, "{method} {path} for a stranger: {}", page.status);
        if path != "/logout" {
            let page = officer.send(method.clone(), &with(&own_token), &[], body(&own_token)).await;
            assert!(!to_login(&page) && page.status != 401, "{method} {path} for an officer: {}", page.status);
            assert!(page.status < 500, "{method} {path} for an officer: {} {}", page.status, page.words());
        }
        walked.insert((method.to_string(), path));
    }
    assert!(walked.len() > 20, "{walked:?}");
    assert!(scene.day.station.state().forms().iter().all(|form| form.sealed().is_none()), "one PIN seals nothing");
}

#[tokio::test]
async fn other_hosts_other_origins_and_other_tokens_are_refused() {
    let scene = Scene::start(Day::open());
    let mut browser = scene.browser();
    let host = scene.server.addr().to_string();
    for (headers, status) in [(vec![("host", "evil.example")], 421), (vec![("host", host.as_str())], 200)] {
        assert_eq!(browser.send(Method::GET, "/", &headers, None).await.status, status, "{headers:?}");
    }
    let token = browser.get("/login").await.token();
    let fields = encoded(&[("token", &token), ("lang", "en"), ("then", "/")]);
    let own = format!("http://{host}");
    for (headers, status) in [
        (vec![("origin", "https://evil.example")], 403),
        (vec![("origin", "null")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("origin", own.as_str()), ("sec-fetch-site", "same-origin")], 303),
    ] {
        let page = browser.send(Method::POST, "/lang", &headers, Some(fields.clone())).await;
        assert_eq!(page.status, status, "{headers:?}");
    }
    assert!(browser.get("/").await.text.contains("<html lang=\"en\""));
    let other = scene.browser().get("/login").await.token();
    let page = browser.send(Method::POST, "/lang", &[], Some(encoded(&[("token", &other), ("lang", "id")]))).await;
    assert_eq!(page.status, 403, "a token of another browser");
    let large = format!("token={token}&x={}", "a".repeat(70_000));
    assert_eq!(browser.send(Method::POST, "/lang", &[], Some(large)).await.status, 413);
}

/// Posts one box as the script of the page does.
async fn autosave(browser: &mut Browser, page: &Page, contest: &str, pairs: &[(&str, &str)]) -> Page {
    let inputs = page.inputs();
    let of = |name: &str| inputs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).expect("a field");
    let (token, officer, turn) = (of("token"), of("as"), of("turn"));
    let mut fields = vec![("token", token.as_str()), ("as", officer.as_str()), ("turn", turn.as_str())];
    fields.extend(pairs);
    let headers = [("accept", "application/json")];
    browser.send(Method::POST, &format!("/form/{contest}/box"), &headers, Some(encoded(&fields))).await
}

#[tokio::test]
async fn every_box_is_saved_as_typed_and_survives_a_restart() {
    let scene = Scene::start(Day::open());
    let mut browser = scene.browser();
    browser.unlock("p1", PINS[0]).await;
    let page = browser.get("/form/gubernur/read").await;
    for (id, text) in [("dpt.L", "270"), ("dpt.P", "277"), ("voting_from", "0700")] {
        assert_eq!(autosave(&mut browser, &page, "gubernur", &[(&format!("box:{id}"), text)]).await.status, 200);
    }
    let answer = autosave(&mut browser, &page, "gubernur", &[("box:dpt.J", "574")]).await;
    let changes: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!(changes["boxes"]["dpt.J"]["implied"]["state"], "differ");
    assert_eq!(changes["boxes"]["dpt.L"]["flagged"], true);
    assert!(changes["rows"]["I.A"].as_str().expect("HTML").contains("E101"), "{changes}");
    assert!(changes["asked"].as_array().expect("a list").contains(&"E101".into()));
    let wrong = autosave(&mut browser, &page, "gubernur", &[("box:dpt.J", "57b")]).await;
    let changes: serde_json::Value = serde_json::from_str(&wrong.text).expect("JSON");
    assert_eq!(changes["boxes"]["dpt.J"]["stored"], "574", "what stood there is kept");
    assert!(changes["boxes"]["dpt.J"]["trouble"].is_string());
    autosave(&mut browser, &page, "gubernur", &[("note:E101", "salah jumlah di kertas")]).await;

    let Scene { day, server, millis } = scene;
    server.shutdown().await;
    let scene = Scene { server: Server::start(config(&millis), &day.place()).expect("listens"), day, millis };
    let mut browser = scene.browser();
    assert_eq!(browser.get("/form/gubernur/read").await.status, 303, "the session is gone");
    browser.unlock("p1", PINS[0]).await;
    let page = browser.get("/form/gubernur/read").await;
    let inputs = page.inputs();
    for (id, text) in [("dpt.L", "270"), ("dpt.P", "277"), ("dpt.J", "574"), ("voting_from", "07:00")] {
        assert!(inputs.contains(&(format!("box:{id}"), text.to_owned())), "{id}");
    }
    assert!(page.text.contains("salah jumlah di kertas"), "the note is kept too");
}

#[tokio::test]
async fn a_second_window_never_undoes_the_first() {
    let scene = Scene::start(Day::open());
    let mut browser = scene.browser();
    browser.unlock("p1", PINS[0]).await;
    let old = browser.get("/form/gubernur/read").await;
    autosave(&mut browser, &old, "gubernur", &[("box:dpt.L", "270")]).await;
    // The old window, in which the box is still blank, saves another one.
    let typed = BTreeMap::from([("dpt.P".to_owned(), "277".to_owned())]);
    assert_eq!(fill(&mut browser, &old, "gubernur", &typed, &[("do", "I")]).await.status, 303);
    let inputs = browser.get("/form/gubernur/read").await.inputs();
    assert!(inputs.contains(&("box:dpt.L".to_owned(), "270".to_owned())));
    assert!(inputs.contains(&("box:dpt.P".to_owned(), "277".to_owned())));
    let page = fill(&mut browser, &old, "gubernur", &BTreeMap::new(), &[("do", "record")]).await;
    assert_eq!(page.status, 409, "what is recorded is what the officer sees");
}

#[tokio::test]
async fn an_idle_session_locks_and_loses_nothing_and_gives_nothing_to_the_colleague() {
    let scene = Scene::start(Day::open());
    let mut browser = scene.browser();
    browser.unlock("p1", PINS[0]).await;
    let page = browser.get("/form/gubernur/read").await;
    scene.wait(Duration::from_mins(11));
    let typed = BTreeMap::from([("dpt.L".to_owned(), "737".to_owned())]);
    let asked = fill(&mut browser, &page, "gubernur", &typed, &[("do", "I")]).await;
    assert_eq!(asked.status, 401);
    let carried: Vec<_> = asked.inputs();
    let mut post: Vec<(&str, &str)> = carried
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| name.starts_with("carry:") || ["token", "then"].contains(name))
        .filter(|(name, value)| *name != "then" || value.starts_with("/form/"))
        .collect();
    let mut other = Vec::clone(&post);
    other.extend([("officer", "p2"), ("pin", PINS[1])]);
    assert_eq!(browser.send(Method::POST, "/login", &[], Some(encoded(&other))).await.status, 409, "p1's form");
    let page = browser.get("/form/gubernur/read").await;
    assert!(!page.text.contains("737"), "p2 sees nothing of it");
    browser.forget("plano");
    post.extend([("officer", "p1"), ("pin", PINS[0])]);
    let back = browser.send(Method::POST, "/login", &[], Some(encoded(&post))).await;
    assert_eq!((back.status, back.location()), (303, "/form/gubernur/read"), "{}", back.words());
    let inputs = browser.get("/form/gubernur/read").await.inputs();
    assert!(inputs.contains(&("box:dpt.L".to_owned(), "737".to_owned())));
}

#[tokio::test]
async fn nothing_of_the_colleagues_reading_is_on_any_page_before_both_agree() {
    let mut day = Day::open();
    let mut figures = day.figures("gubernur", 3);
    figures.head.voting_to = plano::form::TimeOfDay::parse("13:37").expect("a time");
    day.read(plano::protocol::ids::Slot::P1, "gubernur", &figures, &[("votes.1", "737")]);
    let scene = Scene::start(day);
    let mut browser = scene.browser();
    browser.unlock("p2", PINS[1]).await;
    for (method, path, _) in routes() {
        if method == Method::GET {
            let page = browser.get(&filled(path)).await;
            let words = page.words();
            let told = page.inputs().iter().any(|(_, value)| value == "737" || value == "13:37");
            assert!(!told && !words.split(' ').any(|word| word == "737" || word == "13:37"), "{path}");
        }
    }
    let page = browser.get("/form/gubernur/read").await;
    let answer = autosave(&mut browser, &page, "gubernur", &[("box:votes.1", "736")]).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.text.contains("737"));
    assert!(Station::open(scene.day.place()).is_ok());
}
