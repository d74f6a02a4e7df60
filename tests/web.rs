//! The station's page from outside: who may do what, what every answer carries, what is kept.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use plano::web::{Config, Server};
use reqwest::Method;

use crate::support::browser::{Browser, encoded};
use crate::support::ledger::moment;
use crate::support::station::{Day, PINS};

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
