//! The operators' pages through their port: who gets in, what they show, what an act leaves behind.

use std::sync::LazyLock;

use plano::audit::{Kind, Maker, Scope, Trust, export, verify};
use plano::central::operator::{Password, routes};
use plano::digest::Digest;
use plano::protocol::annotation::Remark;
use plano::protocol::entry::{Body, By, Incident};

use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};
use crate::support::operator::{Office, PASSWORD, between, siti, text};

static TPS: LazyLock<String> = LazyLock::new(|| station(1).to_string());

/// Two stations: the first has delivered all but the last photo and an entry against the rules, the second has opened.
fn office() -> (Office, Day) {
    let election = small(2);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let mut day = Day::whole(&election, station(1), 1, accreditations);
    day.add(By::P1, Body::Incident(Incident { text: " ".into() }));
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    for at in 0..5 {
        put_photo(&mut central, &day, at).expect("accepted");
    }
    let mut other = Day::opened(&election, station(1), accreditations);
    other.add(By::P1, Body::Incident(Incident { text: "<script>alert(1)</script>".into() }));
    put(&mut central, &other, 1).expect_err("diverged");
    (Office::open(central), day)
}

/// The address of a route with something in the place of each parameter.
fn filled(path: &str) -> String {
    let photo = Digest::of(b"photo").to_string();
    path.replace("{region}", "35.74").replace("{station}", &TPS).replace("{sha256}", &photo)
}

#[test]
fn every_closed_route_refuses_whoever_is_not_logged_in_in_both_languages() {
    let (office, _) = office();
    let mut closed = 0;
    for (method, path, needs_login) in routes() {
        if !needs_login {
            continue;
        }
        closed += 1;
        for language in ["", "/en"] {
            let path = format!("{language}{}", filled(path));
            let mut browser = office.browser();
            if method.as_str() == "GET" {
                let reply = browser.get(&path);
                assert_eq!(reply.status, 303, "{path}");
                assert!(reply.header("location").expect("a place").starts_with(&format!("{language}/operator/login")));
            } else {
                assert_eq!(method.as_str(), "POST");
                assert_eq!(browser.post(&path, &[]).status, 401, "{path}");
            }
            assert!(browser.get(&path).body.is_empty() || method.as_str() == "POST", "{path} shows nothing");
        }
    }
    assert!(closed > 15, "walks the table");
    let central = office.server.end();
    assert!(central.annotations().is_empty() && central.acts(10).expect("reads").is_empty());
}

#[test]
fn every_page_is_shown_to_an_operator_in_both_languages_and_kept_by_nobody() {
    let (office, day) = office();
    let mut browser = office.siti();
    let photo = Digest::of(&day.photos[0]).to_string();
    for (method, path, _) in routes().filter(|(method, _, _)| method.as_str() == "GET") {
        let path = path.replace("{sha256}", &photo);
        let path = if path == "/operator/tps" { format!("/operator/tps?station={}", *TPS) } else { filled(&path) };
        for language in ["", "/en"] {
            let reply = browser.get(&format!("{language}{path}"));
            let expected = if path.starts_with("/operator/tps?") { 303 } else { 200 };
            assert_eq!(reply.status, expected, "{method} {path}: {}", text(&reply));
            assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
            assert!(reply.header("content-security-policy").expect("a policy").contains("default-src 'self'"));
            assert!(!text(&reply).contains("<script"), "{path}");
        }
    }
    let kelurahan = browser.page("/operator/progress/35.74.03.1001");
    assert!(kelurahan.contains("2/2") && kelurahan.contains("5/6"), "{kelurahan}");
    assert_eq!(browser.get("/operator/progress/11").status, 404);
    assert_eq!(browser.get("/operator/tps/35.74.03.1001-009").status, 404);
    office.server.end();
}

#[test]
fn a_name_and_a_password_let_in_and_each_wrong_one_costs_a_longer_wait() {
    let (office, _) = office();
    let mut browser = office.browser();
    for (name, password) in [("siti", "x"), ("budi", PASSWORD), ("", ""), ("SITI", PASSWORD)] {
        let reply = browser.log_in(name, password);
        assert_eq!(reply.status, 403, "{name}");
        assert_eq!(browser.get("/operator").status, 303, "{name} is not in");
    }
    for _ in 0..4 {
        assert_eq!(browser.log_in("siti", "wrong").status, 403);
    }
    // The sixth in a row, even with the right password, has to wait; another name does not.
    let locked = browser.log_in("siti", PASSWORD);
    assert_eq!((locked.status, locked.header("retry-after")), (429, Some("2")), "{}", text(&locked));
    office.register.add("budi".parse().expect("a name"), &Password::typed(PASSWORD)).expect("adds");
    let before = browser.cookie.clone();
    let entered = browser.log_in("budi", PASSWORD);
    assert_eq!(entered.status, 303);
    assert_ne!(browser.cookie, before, "a session has a name that nobody had before");
    let line = entered.header("set-cookie").expect("a cookie");
    assert!(line.contains("httponly") && line.contains("samesite=strict"), "{line}");
    assert_eq!(browser.get("/operator").status, 200);
    // Taken away: out at once.
    office.register.remove(&"budi".parse().expect("a name")).expect("removes");
    assert_eq!(browser.get("/operator").status, 303);
    office.server.end();
}

#[test]
fn a_form_of_another_site_another_browser_or_another_host_is_refused() {
    let (office, _) = office();
    let mut browser = office.siti();
    let shown = browser.page("/operator");
    let token = between(&shown, "name=\"token\" value=\"", "\"").to_owned();
    let mut other = office.siti();
    let fields = [("note", "x")];
    assert_eq!(browser.post_with("/operator/zero", "", &fields, &[]).status, 403, "no token");
    assert_eq!(other.post_with("/operator/zero", &token, &fields, &[]).status, 403, "another browser's token");
    for line in
        ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"]
    {
        assert_eq!(browser.post_with("/operator/zero", &token, &fields, &[line]).status, 403, "{line}");
    }
    let own = format!("Origin: http://{}", browser.host);
    // Past the guard: central itself says that the log is not empty.
    assert_eq!(browser.post_with("/operator/zero", &token, &fields, &[&own]).status, 422);
    let host = std::mem::replace(&mut browser.host, "evil.example".into());
    assert_eq!(browser.get("/operator").status, 421);
    browser.host = host;
    assert_eq!(browser.get("/operator").status, 200);
    assert_eq!(browser.post("/operator/logout", &[]).status, 303);
    assert_eq!(browser.get("/operator").status, 303);
    office.server.end();
}

#[test]
fn a_moved_photo_goes_from_the_form_through_the_log_into_the_bundle() {
    let (office, day) = office();
    let mut browser = office.siti();
    let contest = &day.election.plan().contests[0].id;
    let photo = Digest::of(&day.photos[0]).to_string();
    let (from, to) = (format!("{contest}/1"), format!("{contest}/2"));
    let there = station(2).to_string();
    let path = format!("/operator/tps/{}/moved", *TPS);
    let send = |browser: &mut crate::support::operator::Browser<'_>, to_station: &str, note: &str| {
        let fields =
            [("photo", photo.as_str()), ("from", &from), ("to_station", to_station), ("to", &to), ("note", note)];
        browser.post(&path, &fields)
    };
    assert_eq!(send(&mut browser, &there, " ").status, 422, "without a note");
    assert_eq!(send(&mut browser, "1001", "x").status, 404, "to nowhere");
    let moved = send(&mut browser, &there, "foto <b>TPS 002</b>");
    assert_eq!(moved.status, 303, "{}", text(&moved));
    for tps in [&*TPS, &there] {
        let page = browser.page(&format!("/operator/tps/{tps}"));
        assert!(page.contains(&photo) && page.contains("foto &#60;b&#62;TPS 002") && page.contains("siti"), "{page}");
    }
    assert!(browser.page("/operator/journal").contains("memindahkan foto"));
    assert!(browser.page("/en/operator/journal").contains("filed a photo elsewhere"));
    let central = office.server.end();
    let said: Vec<_> = central.annotations().iter().filter(|said| matches!(said.remark(), Remark::Moved(_))).collect();
    assert_eq!((said.len(), said[0].by()), (1, &siti()));
    let folder = tempfile::tempdir().expect("a folder");
    let bag = folder.path().join("bundle");
    export(&central, &Scope::All, &bag, &Maker { at: moment(800), by: "plano test" }).expect("exports");
    let trust = Trust { central_key: Some(key().public()), authority: None, witnesses: Vec::new() };
    let report = verify(&bag, None, &trust).expect("a bundle");
    let moved = report.findings().iter().filter(|found| found.kind == Kind::PhotoMoved).count();
    // The second station has no evidence in this bundle yet.
    assert_eq!((report.checked().annotations, moved), (1, 1));
}

#[test]
fn a_finding_and_an_alarm_are_handled_with_a_note_and_leave_the_open_list() {
    let (office, day) = office();
    let mut browser = office.siti();
    let open = browser.page("/operator/findings");
    assert!(open.contains("EmptyText") && open.contains("teks kosong"), "{open}");
    let entry = day.entries.last().expect("an entry");
    let (seq, digest) = (entry.entry().seq.to_string(), entry.digest().to_string());
    let fields = [
        ("station", TPS.as_str()),
        ("seq", &seq),
        ("entry", &digest),
        ("code", "EmptyText"),
        ("note", "sudah ditelepon"),
    ];
    assert_eq!(browser.post("/operator/handled", &fields).status, 303);
    assert!(!browser.page("/operator/findings").contains("EmptyText"));
    let handled = browser.page("/operator/findings?show=handled");
    assert!(handled.contains("EmptyText") && handled.contains("sudah ditelepon") && handled.contains("siti"));
    let alarms = browser.page("/operator/alarms");
    assert!(alarms.contains("&#60;script&#62;") && alarms.contains(TPS.as_str()), "{alarms}");
    let other = between(&alarms, "name=\"entry\" value=\"", "\"").to_owned();
    let fields = [("station", TPS.as_str()), ("seq", "2"), ("entry", &other), ("code", "diverged"), ("note", "dicek")];
    assert_eq!(browser.post("/operator/handled", &fields).status, 303);
    assert!(browser.page("/operator/alarms").contains("dicek"));
    assert_eq!(browser.post("/operator/handled", &[("station", "x")]).status, 422);
    office.server.end();
}

#[test]
fn codes_are_shown_once_on_one_sheet_a_station_and_work() {
    let (office, _) = office();
    let mut browser = office.siti();
    let all = browser.post("/operator/codes", &[("region", "35.74.03.1001")]);
    let sheets = text(&all);
    assert_eq!(all.status, 200, "{sheets}");
    // Both officers of the first station are enrolled: only the second station has a sheet, in two halves.
    assert_eq!(sheets.matches("class=\"codes\"").count(), 1);
    assert_eq!((sheets.matches("class=\"half\"").count(), sheets.matches("<svg class=\"qr\"").count()), (2, 2));
    assert_eq!(sheets.matches("class=\"cut\"").count(), 1);
    let code = between(&sheets, "--as p1 --code ", "<").trim().to_owned();
    let progress = browser.page("/operator/progress/35.74.03.1001");
    assert!(!progress.contains(&code) && progress.contains("kode terbit"));
    // A new code for one officer takes the place of the old one.
    let one = browser.post("/operator/codes", &[("station", &station(2).to_string()), ("slot", "p1")]);
    let newer = between(&text(&one), "--as p1 --code ", "<").trim().to_owned();
    assert_ne!(newer, code);
    assert_eq!(browser.post("/operator/codes", &[("region", "35.74")]).status, 404);
    let journal = browser.page("/operator/journal");
    assert!(journal.contains("menerbitkan kode") && journal.contains("35.74.03.1001-002/p2"), "{journal}");
    let mut central = office.server.end();
    let wish = |code: &str| {
        let officer = crate::support::election::officer(station(2), plano::protocol::ids::Slot::P1);
        let digest = small(2).digest();
        let place = (station(2), plano::protocol::ids::Slot::P1);
        plano::protocol::people::Enrolment::sign(digest, place, code, &officer).expect("signs").bytes().to_vec()
    };
    assert!(central.enrol(wish(&code), moment(701)).is_err(), "the older code");
    central.enrol(wish(&newer), moment(702)).expect("accredits");
}

#[test]
fn the_zero_state_is_recorded_once_and_shown() {
    let office = Office::open(in_memory(&small(2)));
    let mut browser = office.siti();
    assert!(browser.page("/operator").contains("/operator/zero"));
    let recorded = browser.post("/operator/zero", &[]);
    assert_eq!((recorded.status, recorded.header("location")), (303, Some("/operator?done=zero")));
    let page = browser.page("/operator?done=zero");
    assert!(!page.contains("action=\"/operator/zero\"") && page.contains("2 TPS") && page.contains("siti"), "{page}");
    let central = office.server.end();
    assert_eq!(central.zero().expect("recorded").at(), moment(700));
    assert_eq!(central.health().log_size, 1);
}

#[test]
fn faults_are_put_in_force_loudly_and_ended_and_strike_no_operator() {
    let (office, _) = office();
    let mut browser = office.siti();
    assert!(!browser.page("/operator").contains("class=\"misbehaves\""));
    let bad =
        browser.post("/operator/faults/on", &[("script", "about = 'x'\n[[rule]]\nname = 'x'\naction = 'explode'")]);
    assert_eq!(bad.status, 422);
    assert!(text(&bad).contains("explode"), "{}", text(&bad));
    let script = "about = 'gladi'\n[[rule]]\nname = 'semua'\naction = 'refuse'\nstatus = 503\n";
    assert_eq!(browser.post("/operator/faults/on", &[("script", script)]).status, 303);
    assert_eq!(office.server.get("/healthz").status, 503, "a station is struck");
    for path in ["/operator", "/operator/findings", "/operator/faults"] {
        assert!(browser.page(path).contains("class=\"misbehaves\""), "{path} says it loudly");
    }
    assert_eq!(browser.post("/operator/faults/off", &[]).status, 303);
    assert_eq!(office.server.get("/healthz").status, 200);
    let journal = browser.page("/operator/journal");
    assert!(journal.contains("memberlakukan gangguan") && journal.contains("mengakhiri gangguan"));
    office.server.end();
}

#[test]
fn without_operators_there_are_no_pages_of_theirs() {
    let server = crate::support::server::Listening::start(in_memory(&small(1)));
    assert_eq!(server.get("/operator/login").status, 404);
    server.end();
}
