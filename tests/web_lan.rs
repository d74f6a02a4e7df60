//! The page on the hotspot: TLS from a certificate made on the spot, names that are known, cookies that stay on TLS.

use std::sync::Arc;

use plano::clock;
use plano::web::{Config, Lan, ServeError, Server};
use reqwest::header::{HOST, SET_COOKIE};

use crate::support::station::Day;

#[test]
fn others_are_served_over_tls_only() {
    let day = Day::open();
    let plain = Config::plain("0.0.0.0:0".parse().expect("an address"));
    assert!(matches!(Server::start(plain, &day.place()), Err(ServeError::Plain(_))));
}

#[tokio::test]
async fn a_phone_that_trusts_the_certificate_is_served_and_nobody_under_another_name() {
    let day = Day::open();
    let lan = Arc::new(Lan::prepare(day.place().root(), clock::now()).expect("prepares"));
    let config = Config {
        tls: Some(lan.tls().expect("sets up")),
        lan: Some(Arc::clone(&lan)),
        names: lan.addresses().iter().map(ToString::to_string).collect(),
        ..Config::plain("0.0.0.0:0".parse().expect("an address"))
    };
    let server = Server::start(config, &day.place()).expect("listens");
    let base = format!("https://127.0.0.1:{}", server.addr().port());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = |trusted: bool| {
        let known = reqwest::Certificate::from_der(lan.certificate().der()).expect("a certificate");
        let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let roots = if trusted { vec![known] } else { Vec::new() };
        builder.tls_certs_only(roots).build().expect("a client")
    };
    assert!(client(false).get(&base).send().await.is_err(), "whoever has not looked at the fingerprint is warned");
    let phone = client(true);
    let home = phone.get(&base).send().await.expect("answers");
    assert_eq!(home.status(), 200);
    let cookies: Vec<_> = home.headers().get_all(SET_COOKIE).iter().collect();
    assert!(!cookies.is_empty());
    assert!(cookies.iter().all(|line| line.to_str().is_ok_and(|line| line.contains("; Secure"))), "{cookies:?}");
    let join = phone.get(format!("{base}/join")).send().await.expect("answers").text().await.expect("text");
    assert!(join.contains(&lan.certificate().fingerprint()) || lan.addresses().is_empty(), "{join}");
    for address in lan.addresses() {
        let url = format!("https://{address}:{}/", server.addr().port());
        assert!(join.contains(&url) && join.contains("<svg class=\"qr\""), "{url}");
        let enrol = phone.get(format!("{url}enrol")).send().await.expect("answers");
        assert_eq!(enrol.status(), 403, "officers are enrolled at the laptop, not from {url}");
        let host = url.trim_start_matches("https://").trim_end_matches('/').to_owned();
        assert_eq!(phone.get(&base).header(HOST, host).send().await.expect("answers").status(), 200);
    }
    assert_eq!(phone.get(format!("{base}/enrol")).send().await.expect("answers").status(), 200);
    for other in ["evil.example", "10.1.2.3:443", "192.168.0.1"] {
        let answer = phone.get(&base).header(HOST, other).send().await.expect("answers");
        assert_eq!(answer.status(), 421, "{other}");
    }
    server.shutdown().await;
}
