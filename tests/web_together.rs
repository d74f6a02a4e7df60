//! Two officers on two machines: what one has done the other's open page learns, and is shown before agreeing to it.

use plano::protocol::ids::Slot;
use plano::web::{Config, Server};
use serde_json::Value;

use crate::support::browser::{Browser, Page};
use crate::support::station::{Day, PINS};

const SEAL: &str = "/form/gubernur/seal";

/// A page for a station whose governor's form is agreed, without a photo of any page.
fn agreed() -> (Day, Server) {
    let mut day = Day::open();
    let figures = day.figures("gubernur", 7);
    for slot in Slot::BOTH {
        day.read(slot, "gubernur", &figures, &[]);
    }
    let server =
        Server::start(Config::plain("127.0.0.1:0".parse().expect("an address")), &day.place()).expect("listens");
    (day, server)
}

/// What the script of an open page asks for.
async fn stand(browser: &mut Browser) -> String {
    let said = browser.get("/stand.json").await;
    assert_eq!(said.status, 200, "{}", said.text);
    let said: Value = serde_json::from_str(&said.text).expect("JSON");
    said["stand"].as_str().expect("a digest").to_owned()
}

fn sealing(page: &Page) -> String {
    page.inputs().into_iter().find(|(name, _)| name == "sealing").expect("what is sealed").1
}

#[tokio::test]
async fn an_open_page_learns_what_the_colleague_does_and_shows_what_they_wrote() {
    let (_day, server) = agreed();
    let [mut first, mut second] = [Browser::new(server.addr()), Browser::new(server.addr())];
    first.unlock("p1", PINS[0]).await;
    second.unlock("p2", PINS[1]).await;
    let before = stand(&mut second).await;
    let open = second.get(SEAL).await;
    assert!(open.text.contains(&format!("data-stand=\"{before}\"")), "the page knows how things stood");
    assert_ne!(stand(&mut first).await, before, "each browser has its own: locking changes it");
    assert_eq!(stand(&mut second).await, before, "nothing happened");

    let page = first.get(SEAL).await;
    let why = "plano basah & robek";
    let reasons = ["missing:1", "missing:2", "missing:3"].map(|page| (page, why));
    let fields: Vec<_> = [("sealing", sealing(&page)), ("pin_p1", PINS[0].to_owned())]
        .into_iter()
        .chain(reasons.map(|(name, why)| (name, why.to_owned())))
        .collect();
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let waits = first.post(&page, SEAL, &fields).await;
    assert_eq!(waits.status, 202, "{}", waits.words());
    assert!(waits.text.contains(&format!("<noscript><p><a class=\"button quiet\" href=\"{SEAL}\"")), "load again");
    let waiting = stand(&mut first).await;
    assert_ne!(stand(&mut second).await, before, "the colleague has agreed");

    let shown = second.get(SEAL).await;
    assert!(!shown.text.contains("name=\"pin_p1\""), "p1 has agreed already, to the very same texts");
    assert_eq!(shown.text.matches("plano basah &#38; robek").count(), 3, "{}", shown.text);
    let sealing = sealing(&shown);
    let fields: Vec<_> = [("sealing", sealing.as_str()), ("pin_p2", PINS[1])].into_iter().chain(reasons).collect();
    let done = second.post(&shown, SEAL, &fields).await;
    assert_eq!((done.status, done.location()), (303, "/?done=seal"), "{}", done.words());

    assert_ne!(stand(&mut first).await, waiting, "sealed");
    let led = first.get(SEAL).await;
    assert_eq!((led.status, led.location()), (303, "/?done=seal"), "the page that waited leads on");
    let late = first.post(&waits, SEAL, &[("sealing", "0"), ("pin_p1", PINS[0])]).await;
    assert_eq!((late.status, late.location()), (303, "/?done=seal"), "nothing is left to agree to");
    server.shutdown().await;
}

#[tokio::test]
async fn asking_how_things_stand_does_not_keep_a_session_awake() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    let day = Day::open();
    let millis = Arc::new(AtomicI64::new(1_000_000));
    let told = Arc::clone(&millis);
    let clock = Arc::new(move || crate::support::ledger::moment(told.load(Ordering::SeqCst)));
    let config = Config { clock, ..Config::plain("127.0.0.1:0".parse().expect("an address")) };
    let idle = i64::try_from(config.idle.as_millis()).expect("fits");
    let server = Server::start(config, &day.place()).expect("listens");
    let mut browser = Browser::new(server.addr());
    browser.unlock("p1", PINS[0]).await;
    let unlocked = stand(&mut browser).await;
    for _ in 0..3 {
        millis.fetch_add(idle / 2, Ordering::SeqCst);
        stand(&mut browser).await;
    }
    assert_ne!(stand(&mut browser).await, unlocked, "the open page learns that it is locked");
    assert!(browser.get("/close").await.location().starts_with("/login"));
    server.shutdown().await;
}
