//! The station's page from outside: who may do what, what every answer carries, what is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use plano::protocol::ids::Slot;
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

/// A station with photos of the governor's form, what stands on that form, and the same with a slip in one box.
fn governor() -> (Scene, BTreeMap<String, String>, BTreeMap<String, String>) {
    let mut day = Day::open();
    day.photograph("gubernur");
    let paper = typed(&day.figures("gubernur", 7));
    let mut slip = paper.clone();
    let vote: u32 = paper["votes.2"].parse().expect("a number");
    slip.insert("votes.2".into(), (vote + 1).to_string());
    (Scene::start(day), paper, slip)
}

#[tokio::test]
async fn two_officers_read_differ_read_again_seal_and_close() {
    let (scene, paper, slip) = governor();
    let [mut first, mut second] = [scene.browser(), scene.browser()];
    assert_eq!(first.unlock("p1", PINS[0]).await.status, 303);
    assert_eq!(second.unlock("p2", PINS[1]).await.status, 303);
    read_blind(&mut first, &mut second, &paper, &slip).await;
    for browser in [&mut first, &mut second] {
        read_again(browser, &paper).await;
    }
    seal_on_two_machines(&mut first, &mut second, &paper).await;
    let short = close_knowingly(&mut first, scene.day).await;
    assert!(first.get("/close").await.text.contains(&short));
}

async fn read_blind(
    first: &mut Browser,
    second: &mut Browser,
    paper: &BTreeMap<String, String>,
    slip: &BTreeMap<String, String>,
) {
    let page = first.get("/form/gubernur/read").await;
    let done = fill(first, &page, "gubernur", paper, &[("do", "record")]).await;
    assert_eq!((done.status, done.location()), (303, "/?done=read&contest=gubernur"), "{}", done.words());
    assert_eq!(first.get("/form/gubernur/read").await.status, 409, "the colleague reads first");
    let page = second.get("/form/gubernur/read").await;
    let blank = |(name, value): &(String, String)| !name.starts_with("box:") || value.is_empty();
    assert!(page.inputs().iter().all(blank), "blind");
    let asked = fill(second, &page, "gubernur", slip, &[("do", "record")]).await;
    assert_eq!(asked.status, 422, "E301 wants a note");
    assert!(asked.words().contains("E301"));
    let note = [("do", "record"), ("note:E301", "tertulis begitu")];
    let done = fill(second, &asked, "gubernur", slip, &note).await;
    assert_eq!(done.status, 303, "{}", done.words());
}

async fn read_again(browser: &mut Browser, paper: &BTreeMap<String, String>) {
    let page = browser.get("/form/gubernur/differences").await;
    assert!(page.words().contains("IV.2"), "{}", page.words());
    let again = browser.get("/form/gubernur/read").await;
    let boxes: Vec<_> = again.inputs().into_iter().filter(|(name, _)| name.starts_with("box:")).collect();
    assert_eq!(boxes, [("box:votes.2".to_owned(), String::new())]);
    let done = fill(browser, &again, "gubernur", paper, &[("do", "record")]).await;
    assert_eq!(done.status, 303, "{}", done.words());
}

async fn seal_on_two_machines(first: &mut Browser, second: &mut Browser, paper: &BTreeMap<String, String>) {
    let page = first.get("/form/gubernur/seal").await;
    assert_eq!(page.status, 200);
    for (id, text) in paper.iter().filter(|(id, _)| id.contains('.') || ["valid", "total"].contains(&id.as_str())) {
        assert!(page.text.contains(&format!(">{text}</b>")), "{id} {text}");
    }
    let seal = |page: &Page| page.inputs().into_iter().find(|(name, _)| name == "sealing").expect("what is sealed").1;
    let path = "/form/gubernur/seal";
    let stale = first.post(&page, path, &[("sealing", "0"), ("pin_p1", PINS[0]), ("pin_p2", PINS[1])]).await;
    assert_eq!(stale.status, 409, "another page than the one that was shown");
    let one = first.post(&page, path, &[("sealing", &seal(&page)), ("pin_p1", PINS[0])]).await;
    assert_eq!(one.status, 202, "{}", one.words());
    let page = second.get(path).await;
    assert!(!page.text.contains("pin_p1"), "p1 has agreed on the other machine");
    let done = second.post(&page, path, &[("sealing", &seal(&page)), ("pin_p2", PINS[1])]).await;
    assert_eq!((done.status, done.location()), (303, "/?done=seal"), "{}", done.words());
    assert!(first.get("/").await.words().contains("Kode segel"));
}

/// Closes the day, and gives the short form of its digest.
async fn close_knowingly(browser: &mut Browser, mut day: Day) -> String {
    let page = browser.get("/close").await;
    let mut fields = vec![("pin_p1", PINS[0]), ("pin_p2", PINS[1])];
    assert_eq!(browser.post(&page, "/close", &fields).await.status, 422, "walikota is not sealed, and nobody says why");
    fields.push(("reason:walikota", "dihitung besok"));
    let refused = browser.post(&page, "/close", &fields).await;
    assert_eq!(refused.status, 409, "central has received nothing: {}", refused.words());
    fields.push(("knowing", "1"));
    let closed = browser.post(&page, "/close", &fields).await;
    assert_eq!((closed.status, closed.location()), (303, "/close"), "{}", closed.words());
    day.restart();
    day.station.status().expect("stands").closed.expect("closed").short
}

#[tokio::test]
async fn a_sealed_form_is_corrected_with_a_reason() {
    let mut day = Day::open();
    day.photograph("gubernur");
    let figures = day.figures("gubernur", 7);
    for slot in Slot::BOTH {
        day.read(slot, "gubernur", &figures, &[]);
    }
    day.seal("gubernur", plano::recorder::Sealing::default()).expect("seals");
    let scene = Scene::start(day);
    let mut browser = scene.browser();
    browser.unlock("p1", PINS[0]).await;
    assert_eq!(browser.get("/form/gubernur/read").await.status, 409);
    assert_eq!(browser.get("/form/walikota/correct").await.status, 409, "not sealed");
    let page = browser.get("/form/gubernur/correct").await;
    assert_eq!(browser.post(&page, "/form/gubernur/correct", &[("reason", " ")]).await.status, 422);
    let begun = browser.post(&page, "/form/gubernur/correct", &[("reason", "angka tertukar")]).await;
    assert_eq!((begun.status, begun.location()), (303, "/form/gubernur/read"));
    let page = browser.get("/form/gubernur/read").await;
    assert_eq!(page.status, 200);
    assert!(browser.get("/").await.text.contains("href=\"/form/gubernur/read\""), "home leads on to the reading");
    let done = fill(&mut browser, &page, "gubernur", &typed(&figures), &[("do", "record")]).await;
    assert_eq!(done.status, 303, "{}", done.words());
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
        assert_eq!(
            shut,
            !matches!(access, Access::Public | Access::Here),
            "{method} {path} for a stranger: {}",
            page.status
        );
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
    // The page that is still open in the browser: what was typed there last is not lost either.
    let typed = BTreeMap::from([("users_dpt.L".to_owned(), "201".to_owned())]);
    let asked = fill(&mut browser, &page, "gubernur", &typed, &[("do", "I")]).await;
    assert_eq!(asked.status, 401, "{}", asked.words());
    assert_eq!(unlock_carrying(&mut browser, &asked, "p1", PINS[0]).await.status, 303);
    let page = browser.get("/form/gubernur/read").await;
    let inputs = page.inputs();
    let kept = [("dpt.L", "270"), ("dpt.P", "277"), ("dpt.J", "574"), ("voting_from", "07:00"), ("users_dpt.L", "201")];
    for (id, text) in kept {
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

/// Enters a PIN on a login page that carries a form.
async fn unlock_carrying(browser: &mut Browser, page: &Page, officer: &str, pin: &str) -> Page {
    let inputs = page.inputs();
    let wanted = |name: &str, value: &str| {
        name.starts_with("carry:") || name == "token" || (name == "then" && value.ends_with("/read"))
    };
    let kept = inputs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    // The first `then` is that of the switch of languages in the header.
    let mut fields: Vec<(&str, &str)> = kept.filter(|(name, value)| wanted(name, value)).collect();
    fields.extend([("officer", officer), ("pin", pin)]);
    browser.send(Method::POST, "/login", &[], Some(encoded(&fields))).await
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
    assert_eq!(unlock_carrying(&mut browser, &asked, "p2", PINS[1]).await.status, 409, "it is p1's form");
    let page = browser.get("/form/gubernur/read").await;
    assert!(!page.text.contains("737"), "p2 sees nothing of it");
    browser.forget("plano");
    let back = unlock_carrying(&mut browser, &asked, "p1", PINS[0]).await;
    assert_eq!((back.status, back.location()), (303, "/form/gubernur/read"), "{}", back.words());
    let inputs = browser.get("/form/gubernur/read").await.inputs();
    assert!(inputs.contains(&("box:dpt.L".to_owned(), "737".to_owned())));
}

#[tokio::test]
async fn two_officers_at_once_never_lose_or_mix_a_box() {
    let scene = Scene::start(Day::open());
    let mut browsers = [scene.browser(), scene.browser()];
    let mut pages = Vec::new();
    for (browser, (officer, pin)) in browsers.iter_mut().zip([("p1", PINS[0]), ("p2", PINS[1])]) {
        browser.unlock(officer, pin).await;
        pages.push([browser.get("/form/gubernur/read").await, browser.get("/form/walikota/read").await]);
    }
    let rows = ["dpt", "users_dpt", "users_dptb", "users_dpk", "users_total", "disabled"];
    let boxes: Vec<String> =
        rows.iter().flat_map(|row| ["L", "P", "J"].map(|column| format!("{row}.{column}"))).collect();
    let number = |officer: usize, form: usize, at: usize| (100 + 400 * officer + 200 * form + at).to_string();
    let [first, second] = &mut browsers;
    let type_all = async |browser: &mut Browser, officer: usize| {
        for (at, id) in boxes.iter().enumerate() {
            for (form, contest) in ["gubernur", "walikota"].into_iter().enumerate() {
                let pair = (format!("box:{id}"), number(officer, form, at));
                let saved = autosave(browser, &pages[officer][form], contest, &[(&pair.0, &pair.1)]).await;
                assert_eq!(saved.status, 200, "{}", saved.text);
            }
        }
    };
    tokio::join!(type_all(first, 0), type_all(second, 1));
    for (officer, browser) in browsers.iter_mut().enumerate() {
        for (form, contest) in ["gubernur", "walikota"].into_iter().enumerate() {
            let inputs = browser.get(&format!("/form/{contest}/read")).await.inputs();
            for (at, id) in boxes.iter().enumerate() {
                assert!(inputs.contains(&(format!("box:{id}"), number(officer, form, at))), "{contest} {id}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_the_colleagues_reading_is_on_any_page_before_both_agree() {
    let mut day = Day::open();
    let mut figures = day.figures("gubernur", 3);
    figures.head.voting_to = plano::form::TimeOfDay::parse("13:37").expect("a time");
    day.read(Slot::P1, "gubernur", &figures, &[("votes.1", "737")]);
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
