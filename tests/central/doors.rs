//! Doors, and how much one client may do at each.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use plano::central::http::{Config, Limits};
use plano::central::{Central, Desk};
use plano::protocol::wire::{self, Problem, ProblemKind, media, missing_path, routes};

use crate::support::central::{enrol_both, in_memory};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{small, station};
use crate::support::server::{Listening, Reply, raw_at, send_at};

fn two_doors(config: Config) -> Config {
    Config { public: Some(([127, 0, 0, 1], 0).into()), ..config }
}

fn problem(reply: &Reply) -> ProblemKind {
    assert_eq!(reply.header("content-type"), Some(media::PROBLEM), "{reply:?}");
    Problem::parse(&reply.body).expect("a problem").r#type
}

#[test]
fn each_door_has_its_routes_and_both_show_the_same() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    let server = Listening::with(central, two_doors);
    let (stations, public) = (server.addr(), server.public_addr());
    assert_ne!(stations, public);

    let path = wire::entry_path(day.station, day.entries[0].entry().seq);
    let shut = send_at(public, "PUT", &path, day.entries[0].bytes()).expect("an answer");
    assert_eq!((shut.status, problem(&shut)), (405, ProblemKind::Malformed));
    assert!(shut.header("allow").is_some_and(|methods| methods.contains("get")), "{shut:?}");
    assert_eq!(send_at(public, "POST", routes::ENROL, b"x").expect("an answer").status, 404);
    assert_eq!(send_at(stations, "PUT", &path, day.entries[0].bytes()).expect("an answer").status, 201);
    for door in [stations, public] {
        let get = |path: &str| send_at(door, "GET", path, b"").expect("an answer");
        assert_eq!(get(&path).body, day.entries[0].bytes());
        for path in [&missing_path(day.station), routes::CHECKPOINT, routes::HEALTH, routes::ELECTION, routes::OPENAPI]
        {
            assert_eq!(get(path).status, 200, "{path}");
        }
    }
    assert_eq!(send_at(public, "GET", "/v1/recap/35.74", b"").expect("an answer").status, 200);
    assert_eq!(send_at(stations, "GET", "/v1/recap/35.74", b"").expect("an answer").status, 404);
    assert_eq!(server.end().health().log_size, 1);
}

#[test]
fn a_crowd_in_the_room_of_one_door_keeps_nobody_waiting_at_the_other() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let desk = Desk::open(in_memory(&small(1)), || moment(0)).expect("opens");
    let public = Arc::new(desk.aside().expect("a room of its own"));
    let ((go, wait), (arrive, arrived)) = (mpsc::channel::<()>(), mpsc::channel::<()>());
    let wait = Arc::new(Mutex::new(wait));
    let crowd: Vec<_> = (0..64)
        .map(|_| {
            let (public, wait, arrive) = (Arc::clone(&public), Arc::clone(&wait), arrive.clone());
            runtime.spawn(async move {
                let stays = move |_: &Central| {
                    arrive.send(()).expect("somebody counts");
                    wait.lock().is_ok_and(|wait| wait.recv().is_err())
                };
                public.ask(stays).await.expect("an answer")
            })
        })
        .collect();
    while arrived.recv_timeout(Duration::from_millis(500)).is_ok() {}
    // All seats are taken, and the crowd stays until this thread lets it go.
    let asked = runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(20), desk.ask(|central| central.health().log_size)).await
    });
    assert_eq!(asked.expect("does not wait for the crowd").expect("an answer"), 0);
    drop(go);
    for one in crowd {
        assert!(runtime.block_on(one).expect("no panic"));
    }
    desk.close().expect("ends");
}

#[test]
fn who_asks_too_often_is_told_when_to_come_back_and_nobody_else_is() {
    let slow = |config| {
        let one = NonZeroU32::MIN;
        let limits = Limits { behind_proxy: true, reads_per_second: one, uploads_per_second: one, ..Limits::default() };
        Config { limits, ..config }
    };
    let server = Listening::with(in_memory(&small(1)), slow);
    let ask = |method: &str, from: &str| {
        let head = format!("{method} {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{from}\r\n", routes::HEALTH);
        raw_at(server.addr(), head.as_bytes()).expect("an answer")
    };
    let replies: Vec<Reply> = (0..30).map(|_| ask("GET", "X-Forwarded-For: 10.9.9.9, 192.0.2.1\r\n")).collect();
    let refused: Vec<&Reply> = replies.iter().filter(|reply| reply.status == 429).collect();
    assert!(replies[..20].iter().all(|reply| reply.status == 200), "a burst is taken");
    assert!(!refused.is_empty(), "and what comes behind it is not");
    for reply in refused {
        assert_eq!(problem(reply), ProblemKind::Busy);
        let wait: u64 = reply.header("retry-after").expect("a time to wait").parse().expect("seconds");
        assert!((1..=20).contains(&wait), "{wait} s");
    }
    // Writes are counted apart from reads, clients apart from each other, and whom the proxy does not name is one of them.
    assert_eq!(ask("DELETE", "X-Forwarded-For: 192.0.2.1\r\n").status, 405);
    assert_eq!(ask("GET", "X-Forwarded-For: 192.0.2.2\r\n").status, 200);
    assert!((0..30).any(|_| ask("GET", "").status == 429));
    server.end();
}

#[test]
fn what_a_stranger_says_about_his_address_is_not_believed_without_a_proxy() {
    let slow = |config| Config { limits: Limits { reads_per_second: NonZeroU32::MIN, ..Limits::default() }, ..config };
    let server = Listening::with(in_memory(&small(1)), slow);
    let head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n";
    assert!((0..30).all(|_| raw_at(server.addr(), head).is_some_and(|reply| reply.status == 200)));
    server.end();
}

#[test]
fn connections_are_counted_and_idle_ones_end() {
    let few = |config| Config { limits: Limits { connections: 2, ..Limits::default() }, ..config };
    let server = Listening::with(in_memory(&small(1)), few);
    let ask = |stream: &mut TcpStream| {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("sends");
        let mut answer = [0; 1024];
        let read = stream.read(&mut answer).unwrap_or(0);
        answer[..read].starts_with(b"HTTP/1.1 200")
    };
    let mut open: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(server.addr()).expect("connects")).collect();
    assert!(open.iter_mut().all(ask), "two have a place");
    assert!(raw_at(server.addr(), b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").is_none(), "the third has none");
    // Nobody asks any more: the server ends both, and there is room again.
    for stream in &mut open {
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("sets");
        assert!(matches!(stream.read(&mut [0; 16]), Ok(0)), "ended by the server");
    }
    let again = std::iter::repeat_with(|| server.send("GET", routes::HEALTH, b"")).take(1000).flatten().next();
    assert_eq!(again.expect("room again").status, 200);
    server.end();
}

#[test]
fn what_a_library_refuses_is_a_problem_too() {
    let server = Listening::start(in_memory(&small(1)));
    let reply = server.get("/v1/stations/%ff/missing");
    assert_eq!((reply.status, problem(&reply)), (400, ProblemKind::Malformed));
    server.end();
}
