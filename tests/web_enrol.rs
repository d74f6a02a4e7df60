//! Enrolling on the page: at the laptop only, with a PIN that is none of those everybody tries first.

use plano::recorder::{Place, Station};
use plano::web::{Config, Server};

use crate::support::browser::Browser;
use crate::support::ledger::moment;
use crate::support::station::setup;

#[tokio::test]
async fn an_officer_is_led_to_enrolment_and_told_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::new(folder.path().join("tps"));
    Station::init(place.clone(), &setup(), moment(0)).expect("sets up");
    let server = Server::start(Config::plain("127.0.0.1:0".parse().expect("an address")), &place).expect("listens");
    let mut browser = Browser::new(server.addr());
    let home = browser.get("/").await;
    assert!(home.text.contains("href=\"/enrol\""), "the next thing to do: {}", home.words());

    let page = browser.get("/enrol").await;
    let chosen = page.inputs().into_iter().find(|(name, _)| name == "officer").expect("an officer is chosen");
    assert_eq!(chosen.1, "p1");
    let tries = [
        (("p1", "123456", "123456"), 422, "jangan berulang"),
        (("p1", "12", "12"), 422, "paling sedikit 6 angka"),
        (("p1", "481516", "481517"), 422, "tidak sama"),
        (("", "481516", "481516"), 422, ""),
        (("p1", "481516", "481516"), 409, "tanpa sambungan ke pusat"),
    ];
    for ((officer, pin, again), status, said) in tries {
        let fields = [("officer", officer), ("code", "KODE-1"), ("pin", pin), ("again", again)];
        let answer = browser.post(&page, "/enrol", &fields).await;
        assert_eq!(answer.status, status, "{pin}: {}", answer.words());
        assert!(answer.words().contains(said), "{pin}: {}", answer.words());
        assert!(
            answer.text.contains("value=\"KODE-1\"") && !answer.text.contains(&format!("value=\"{pin}\"")),
            "the code stays, the PIN does not"
        );
    }
    assert!(!Station::open(place).expect("opens").has_key(plano::protocol::ids::Slot::P1), "nothing was made");
    server.shutdown().await;
}
