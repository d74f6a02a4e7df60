//! Central through its port.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use miniz_oxide::deflate::compress_to_vec_zlib;
use plano::central::http::{Config, FAULTS, ServeError, Server};
use plano::digest::Digest;
use plano::protocol::ids::Slot;
use plano::protocol::receipt::Receipt;
use plano::protocol::wire::{
    self, Entries, EntriesAnswer, EntryAnswer, Health, Missing, Problem, ProblemKind, limits, routes,
};

use crate::support::central::{enrol_both, in_memory, wish};
use crate::support::deliveries::Day;
use crate::support::election::{central as key, small, station};
use crate::support::server::{Listening, Reply};

fn listening() -> (Listening, Day) {
    let election = small(2);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    (Listening::start(central), day)
}

fn entry_path(day: &Day, at: usize) -> String {
    wire::entry_path(day.station, day.entries[at].entry().seq)
}

fn problem(reply: &Reply) -> Problem {
    assert_eq!(reply.header("content-type"), Some(wire::media::PROBLEM), "{reply:?}");
    let problem = Problem::parse(&reply.body).expect("a problem");
    assert_eq!(problem.status, reply.status);
    problem
}

#[test]
fn a_day_goes_in_and_comes_back_byte_for_byte() {
    let (server, day) = listening();
    for (at, entry) in day.entries.iter().enumerate() {
        let put = server.put(&entry_path(&day, at), entry.bytes());
        assert_eq!(put.status, 201);
        let receipt = Receipt::verify(&put.body, &key().public()).expect("holds");
        assert_eq!(receipt.received().item.digest, entry.digest());
        let again = server.put(&entry_path(&day, at), entry.bytes());
        assert_eq!((again.status, &again.body), (200, &put.body));
        assert_eq!(server.get(&entry_path(&day, at)).body, entry.bytes());
        assert_eq!(server.get(&format!("{}/receipt", entry_path(&day, at))).body, put.body);
    }
    for photo in &day.photos {
        let path = wire::photo_path(day.station, &Digest::of(photo));
        assert_eq!(server.get(&path).status, 404);
        let put = server.upload(day.station, photo);
        assert_eq!(put.status, 201, "{put:?}");
        Receipt::verify(&put.body, &key().public()).expect("holds");
        let again = server.upload(day.station, photo);
        assert_eq!((again.status, &again.body), (201, &put.body), "the same receipt once more");
        assert_eq!(server.get(&wire::photo_receipt_path(day.station, &Digest::of(photo))).body, put.body);
        assert_eq!(&server.get(&path).body, photo);
    }
    let missing: Missing = serde_json::from_slice(&server.get(&wire::missing_path(day.station)).body).expect("JSON");
    assert_eq!((missing.head, missing.photos), (day.head(), Vec::new()));
    let health: Health = serde_json::from_slice(&server.get(routes::HEALTH).body).expect("JSON");
    assert_eq!((health.service.as_str(), health.log_size), (wire::SERVICE, (day.entries.len() + 6) as u64));
    assert_eq!(server.get(routes::ELECTION).body, day.election.note().bytes());
    assert_eq!(server.get("/v1/recap/35.74").status, 200);
    assert_eq!(server.get(routes::CHECKPOINT).status, 200);
    assert_eq!(server.end().health().log_size, health.log_size);
}

/// Sends entries with one request, the first of them said to be that at `first`.
fn post(server: &Listening, day: &Day, first: usize, entries: Vec<String>, deflated: bool) -> Reply {
    let first = day.entries[first].entry().seq;
    let json = serde_json::to_vec(&Entries { first, entries }).expect("serializes");
    let (coding, body) = if deflated { ("deflate", compress_to_vec_zlib(&json, 6)) } else { ("identity", json) };
    coded(server, day, coding, &body)
}

fn coded(server: &Listening, day: &Day, coding: &str, body: &[u8]) -> Reply {
    let (path, length) = (wire::entries_path(day.station), body.len());
    let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: {coding}\r\n");
    server.raw(&[format!("{head}Content-Length: {length}\r\n\r\n").as_bytes(), body].concat()).expect("an answer")
}

/// The receipt of each, or the kind of its problem.
fn told(reply: &Reply) -> Vec<Result<String, ProblemKind>> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let answers = serde_json::from_slice::<EntriesAnswer>(&reply.body).expect("JSON").answers;
    let one = |answer| match answer {
        EntryAnswer::Receipt(receipt) => Ok(receipt),
        EntryAnswer::Problem(problem) => Err(problem.r#type),
    };
    answers.into_iter().map(one).collect()
}

#[test]
fn entries_that_come_together_are_each_answered_as_if_alone() {
    let (server, day) = listening();
    let note = |at: usize| String::from_utf8(day.entries[at].bytes().to_vec()).expect("text");
    let first = told(&post(&server, &day, 0, vec![note(0), note(1), note(3)], false));
    let [one, two, four] = &first[..] else { panic!("three answers") };
    assert_eq!(four, &Err(ProblemKind::Malformed), "entry 4 is not what comes third");
    for (receipt, entry) in [one, two].into_iter().zip(&day.entries) {
        let receipt = Receipt::verify(receipt.as_ref().expect("a receipt").as_bytes(), &key().public()).expect("holds");
        assert_eq!(receipt.received().item.digest, entry.digest());
    }
    let again = told(&post(&server, &day, 1, (1..5).map(note).collect(), true));
    assert_eq!((&again[0], again.iter().flatten().count()), (two, 4), "the same receipt once more");
    let early = told(&post(&server, &day, 7, vec![note(7), note(8)], true));
    assert_eq!(early, [Err(ProblemKind::Gap), Err(ProblemKind::Gap)]);
    assert_eq!(server.end().health().log_size, 5, "each once");
}

#[test]
fn what_is_no_list_of_entries_is_refused_as_a_whole() {
    let (server, day) = listening();
    for entries in [0, limits::ENTRIES_AT_ONCE + 1] {
        let refused = post(&server, &day, 0, vec![String::new(); entries], true);
        assert_eq!(problem(&refused).r#type, ProblemKind::Malformed, "{entries}");
    }
    let zeros = "0".repeat(usize::try_from(limits::ENTRIES_BYTES).expect("fits"));
    assert_eq!(problem(&post(&server, &day, 0, vec![zeros], true)).r#type, ProblemKind::TooLarge, "unpacked");
    for (coding, status) in [("deflate", 400), ("br", 415), ("identity", 400)] {
        assert_eq!(problem(&coded(&server, &day, coding, b"xyz")).status, status, "{coding}");
    }
    server.end();
}

#[test]
fn every_error_is_a_problem_that_says_what_to_do() {
    let (server, day) = listening();
    let photo = wire::photo_path(day.station, &Digest::of(&day.photos[0]));
    let uploads = wire::uploads_path(day.station);
    assert_eq!(problem(&server.upload(day.station, &day.photos[0])).r#type, ProblemKind::UnnamedPhoto);
    let large = vec![b'x'; usize::try_from(limits::ENTRY_BYTES).expect("fits") + 1];
    let cases = [
        ("GET", "/nothing", &b""[..], 404, ProblemKind::Unknown),
        ("DELETE", routes::HEALTH, b"", 405, ProblemKind::Malformed),
        ("GET", routes::CHECKPOINT, b"", 404, ProblemKind::Unknown),
        ("PUT", "/v1/stations/1001/entries/1", b"", 400, ProblemKind::Malformed),
        ("PUT", "/v1/stations/35.74.03.1001-001/entries/0", b"", 400, ProblemKind::Malformed),
        ("PUT", "/v1/stations/35.74.03.1001-001/entries/1", b"<html>", 400, ProblemKind::Malformed),
        ("GET", "/v1/stations/35.74.03.1001-001/entries/1", b"", 404, ProblemKind::Unknown),
        ("GET", "/v1/stations/35.74.03.1001-009/missing", b"", 404, ProblemKind::Unknown),
        ("GET", "/v1/recap/11", b"", 404, ProblemKind::Unknown),
        ("PUT", &photo, b"x", 405, ProblemKind::Malformed),
        ("POST", &uploads, b"x", 412, ProblemKind::Malformed),
        ("PUT", &entry_path(&day, 1), day.entries[1].bytes(), 409, ProblemKind::Gap),
        ("PUT", &entry_path(&day, 0), &large, 413, ProblemKind::TooLarge),
        ("POST", routes::ENROL, b"x", 400, ProblemKind::Malformed),
    ];
    for (method, path, body, status, kind) in cases {
        let reply = server.send(method, path, body).expect("an answer");
        assert_eq!((reply.status, problem(&reply).r#type), (status, kind), "{method} {path}");
    }
    server.end();
}

#[test]
fn a_body_without_a_length_is_cut_off_at_the_limit_and_a_stalled_one_is_given_up() {
    let (server, day) = listening();
    let path = entry_path(&day, 0);
    let head = format!("PUT {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    let piece = format!("10000\r\n{}\r\n", "x".repeat(0x10000)).repeat(5);
    let reply = server.raw(&[head.as_bytes(), piece.as_bytes()].concat()).expect("an answer");
    assert_eq!(problem(&reply).r#type, ProblemKind::TooLarge);
    let stalled = format!("PUT {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\nhalf");
    let reply = server.raw(stalled.as_bytes()).expect("an answer");
    assert_eq!(problem(&reply).r#type, ProblemKind::Unavailable);
    let mut dripping = TcpStream::connect(server.addr()).expect("connects");
    dripping.set_read_timeout(Some(Duration::from_millis(100))).expect("sets");
    dripping.write_all(stalled.as_bytes()).expect("sends");
    let mut answer = [0; 12];
    // A byte now and then, sooner than a piece is given up: 96 of them would take four times as long as it may.
    let drips =
        (0..96).take_while(|_| dripping.write_all(b"x").is_ok() && dripping.read_exact(&mut answer).is_err()).count();
    assert!(drips < 60, "still taken after {drips} drips");
    assert!(server.raw(b"PUT /v1/stations HTTP/1.1\r\nHos").is_none(), "half a head is given up without an answer");
    server.end();
}

#[test]
fn a_wrong_code_and_then_the_wait() {
    let election = small(1);
    let mut central = in_memory(&election);
    let good = wish(&mut central, station(1), Slot::P1);
    let server = Listening::start(central);
    let bad = String::from_utf8(good.clone()).expect("text").replace("plano/enrol@1", "plano/enrol@2");
    assert_eq!(
        problem(&server.send("POST", routes::ENROL, bad.as_bytes()).expect("an answer")).r#type,
        ProblemKind::Malformed
    );
    let first = server.send("POST", routes::ENROL, &good).expect("an answer");
    let again = server.send("POST", routes::ENROL, &good).expect("an answer");
    assert_eq!((first.status, again.status, &first.body), (201, 200, &again.body));
    let all = server.get("/v1/stations/35.74.03.1001-001/accreditations");
    assert_eq!(all.body, first.body);
    server.end();
}

#[test]
fn many_at_once_with_one_entry_make_one_leaf() {
    let (server, day) = listening();
    let (path, bytes) = (entry_path(&day, 0), day.entries[0].bytes());
    let replies: Vec<Reply> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..16).map(|_| scope.spawn(|| server.put(&path, bytes))).collect();
        senders.into_iter().map(|sender| sender.join().expect("no panic")).collect()
    });
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    assert!(replies.iter().all(|reply| reply.body == replies[0].body));
    assert_eq!(server.end().health().log_size, 1);
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let central = in_memory(&small(1));
    let refused = Server::start(&Config::plain(([0, 0, 0, 0], 0).into()), central, None);
    assert!(matches!(refused, Err(ServeError::Plain(_))));
}

#[test]
fn only_a_central_with_a_fault_layer_shows_one() {
    let (server, _) = listening();
    assert_eq!(server.get(FAULTS).body, b"[]");
    server.end();
}
