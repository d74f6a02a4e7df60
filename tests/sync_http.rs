//! The HTTP uplink against servers on loopback that behave as networks do.

use std::io::Write as _;
use std::time::Duration;

use plano::digest::Digest;
use plano::protocol::chain::ChainHead;
use plano::protocol::ids::Seq;
use plano::protocol::receipt::{Item, What};
use plano::protocol::wire::{Missing, Problem, ProblemKind, limits};
use plano::sync::http::{Config, EnrolError, HttpUplink, Limits};
use plano::sync::{Answer, Body, Events, Later, Progress, Shipment, Trouble, Uplink as _, Upload};

use crate::support::fake_http::{Behaviour, FakeHttp, answer};
use crate::support::photo_put::block_on;
use crate::support::{ledger, receipts};

/// Short enough for a test, long enough for a busy machine.
fn limits() -> Limits {
    let short = Duration::from_millis(400);
    Limits {
        connect: Duration::from_secs(5),
        idle: short,
        total: Duration::from_secs(20),
        answer: short,
        slowest: 1 << 30,
        silent: Duration::from_secs(1),
    }
}

fn uplink(url: String) -> HttpUplink {
    HttpUplink::new(&Config { limits: limits(), ..Config::new(url) }).expect("sets up")
}

fn entry() -> (Item, Vec<u8>) {
    let bytes = ledger::entry(None, ledger::incident("one")).bytes().to_vec();
    (Item { station: ledger::station(), what: What::Entry(Seq::FIRST), digest: Digest::of(&bytes) }, bytes)
}

fn receipt() -> Vec<u8> {
    receipts::receipt(entry().0, ledger::moment(1))
}

/// Sends one entry to a server that behaves so.
async fn sent_to(behaviour: Behaviour) -> (Answer, FakeHttp) {
    let server = FakeHttp::start(vec![behaviour]).await;
    let (item, bytes) = entry();
    let progress = Progress::new(item, Events::default());
    let answer = uplink(server.url()).put(Shipment { item, body: Body::Entry(bytes) }, progress).await;
    (answer, server)
}

fn trouble(answer: &Answer) -> Trouble {
    match answer {
        Answer::Later(later) => later.trouble,
        other => unreachable!("not later: {other:?}"),
    }
}

fn problem(kind: ProblemKind, head: Option<ChainHead>) -> Vec<u8> {
    let problem = Problem::new(kind, "in detail").with_head(head);
    serde_json::to_vec(&problem).expect("serializes")
}

#[test]
fn an_entry_goes_out_byte_for_byte_and_its_receipt_comes_back() {
    block_on(async {
        let (answer_, server) = sent_to(Behaviour::Say(answer("201 Created", &[], &receipt()))).await;
        assert_eq!(answer_, Answer::Stored(receipt()));
        assert_eq!(server.bodies(), [entry().1]);
        let head = &server.heads()[0];
        assert!(head.starts_with("put /v1/stations/35.74.03.1001-001/entries/1 http/1.1\r\n"), "{head}");
        for line in [
            concat!("user-agent: plano/", env!("CARGO_PKG_VERSION")),
            "content-type: text/plain; charset=utf-8",
            &format!("content-length: {}", entry().1.len()),
        ] {
            assert!(head.lines().any(|known| known == line), "{line} in {head}");
        }
        assert!(!head.contains("transfer-encoding") && !head.contains("referer"), "{head}");
    });
}

#[test]
fn a_photo_is_streamed_from_its_file() {
    block_on(async {
        let bytes: Vec<u8> = (0..25_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&bytes).expect("writes");
        std::io::Seek::rewind(&mut file).expect("rewinds");
        let length = bytes.len() as u64;
        let item = Item { station: ledger::station(), what: What::Photo(length), digest: Digest::of(&bytes) };
        let receipt = receipts::receipt(item, ledger::moment(1));
        let server = FakeHttp::start(vec![
            Behaviour::Say(answer("201 Created", &["Location: one", "Upload-Offset: 65536"], b"")),
            Behaviour::Say(answer("204 No Content", &[&format!("Upload-Offset: {length}")], b"")),
            Behaviour::Say(answer("200 OK", &[], &receipt)),
        ])
        .await;
        let progress = Progress::new(item, Events::default());
        let (photo, mut told) = Upload::new(file, length);
        let got = uplink(server.url()).put(Shipment { item, body: Body::Photo(photo) }, progress.clone()).await;
        assert_eq!(got, Answer::Stored(receipt));
        assert_eq!((server.bodies()[..2].concat() == bytes, progress.sent()), (true, length));
        let place = "/v1/stations/35.74.03.1001-001/uploads/";
        assert_eq!(told.try_recv().as_deref(), Ok(format!("{}{place}one", server.url()).as_str()));
        for (head, line) in [
            (0, format!("post {place} http/1.1")),
            (1, format!("patch {place}one http/1.1")),
            (0, "content-length: 65536".into()),
            (1, "upload-offset: 65536".into()),
            (2, format!("get /v1/stations/35.74.03.1001-001/photos/{}/receipt http/1.1", item.digest)),
        ] {
            assert!(server.heads()[head].lines().any(|known| known == line), "{line} in {:?}", server.heads());
        }
    });
}

#[test]
fn strangers_answers_mean_later() {
    let html = b"<!doctype html><title>Selamat datang</title>".as_slice();
    let huge = vec![b' '; usize::try_from(limits::ANSWER_BYTES).expect("fits") + 1];
    let whole = answer("201 Created", &[], &receipt());
    let cases = [
        ("redirect", answer("302 Found", &["Location: http://127.0.0.1:9/login"], b""), Trouble::Portal),
        (
            "permanent redirect",
            answer("308 Permanent Redirect", &["Location: http://127.0.0.1:9/"], b""),
            Trouble::Portal,
        ),
        ("log-in wanted", answer("511 Network Authentication Required", &[], html), Trouble::Portal),
        ("a proxy's no", answer("403 Forbidden", &["Content-Type: text/html"], html), Trouble::Portal),
        ("no such page", answer("404 Not Found", &[], html), Trouble::Portal),
        ("a proxy's size limit", answer("413 Payload Too Large", &[], html), Trouble::Portal),
        ("no content", answer("204 No Content", &[], b""), Trouble::Portal),
        ("a balancer's error", answer("502 Bad Gateway", &[], html), Trouble::Unavailable),
        ("too long", answer("200 OK", &[], &huge), Trouble::AnswerTooLarge),
        ("cut in the receipt", whole[..whole.len() - 20].to_vec(), Trouble::Cut),
        ("cut in the head", b"HTTP/1.1 201 Crea".to_vec(), Trouble::Cut),
        ("not HTTP", b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec(), Trouble::Cut),
        ("nothing", Vec::new(), Trouble::Cut),
    ];
    block_on(async {
        for (name, bytes, expected) in cases {
            let (answer, server) = sent_to(Behaviour::Say(bytes)).await;
            assert_eq!(trouble(&answer), expected, "{name}: {answer:?}");
            assert_eq!(server.heads().len(), 1, "{name}: nothing is followed or repeated by itself");
        }
        // A page with status 200 passes here and fails as a receipt, see `believe`.
        let (answer, _) = sent_to(Behaviour::Say(answer("200 OK", &[], html))).await;
        assert_eq!(answer, Answer::Stored(html.to_vec()));
    });
}

#[test]
fn centrals_own_words_are_understood() {
    let head = Some(ChainHead { seq: Seq::FIRST, digest: Digest::of(b"x") });
    let said = |status: &str, kind, headers: &[&str]| answer(status, headers, &problem(kind, head));
    block_on(async {
        let (gap, _) = sent_to(Behaviour::Say(said("409 Conflict", ProblemKind::Gap, &[]))).await;
        assert_eq!(gap, Answer::Gap { head });
        let (diverged, _) = sent_to(Behaviour::Say(said("409 Conflict", ProblemKind::Diverged, &[]))).await;
        assert_eq!(diverged, Answer::Diverged { head });
        let (refused, _) = sent_to(Behaviour::Say(said("403 Forbidden", ProblemKind::Signature, &[]))).await;
        assert!(matches!(refused, Answer::Refused { .. }), "{refused:?}");
        let (large, _) = sent_to(Behaviour::Say(said("413 Payload Too Large", ProblemKind::TooLarge, &[]))).await;
        assert!(matches!(large, Answer::Refused { .. }), "{large:?}");
        let dated = ["Date: Wed, 27 Nov 2024 13:58:02 GMT", "Retry-After: Wed, 27 Nov 2024 13:58:32 GMT"];
        for (status, kind, headers, seconds) in [
            ("429 Too Many Requests", ProblemKind::Busy, ["Retry-After: 17"].as_slice(), Some(17)),
            ("503 Service Unavailable", ProblemKind::Unavailable, &dated, Some(30)),
            ("503 Service Unavailable", ProblemKind::Unavailable, &[], None),
        ] {
            let (answer, _) = sent_to(Behaviour::Say(said(status, kind, headers))).await;
            let Answer::Later(later) = answer else { panic!("{answer:?}") };
            assert_eq!(later.retry_after, seconds.map(Duration::from_secs), "{status}");
        }
    });
}

#[test]
fn silence_ends_in_a_timeout() {
    let whole = answer("201 Created", &[], &receipt());
    block_on(async {
        for (name, behaviour) in [
            ("no answer", Behaviour::SayAndStall(Vec::new())),
            ("half a head", Behaviour::SayAndStall(whole[..12].to_vec())),
            ("half a receipt", Behaviour::SayAndStall(whole[..whole.len() / 2].to_vec())),
            ("deaf", Behaviour::Deaf),
        ] {
            let (answer, _) = sent_to(behaviour).await;
            assert_eq!(trouble(&answer), Trouble::Timeout, "{name}: {answer:?}");
        }
    });
}

#[test]
fn a_network_that_takes_nothing_more_is_given_up() {
    block_on(async {
        // More than all buffers on the way hold.
        let length = 64 * 1024 * 1024;
        let file = tempfile::tempfile().expect("a file");
        file.set_len(length).expect("grows");
        let item = Item { station: ledger::station(), what: What::Photo(length), digest: Digest::of(b"zeros") };
        let created = answer("201 Created", &["Location: one"], b"");
        let server = FakeHttp::start(vec![Behaviour::Say(created), Behaviour::Deaf]).await;
        let progress = Progress::new(item, Events::default());
        let uplink = uplink(server.url());
        let (photo, _told) = Upload::new(file, length);
        let answer = uplink.put(Shipment { item, body: Body::Photo(photo) }, progress.clone()).await;
        assert_eq!(trouble(&answer), Trouble::Timeout, "{answer:?}");
        assert!(progress.sent() < length, "it was given up half way");
    });
}

#[test]
fn dead_ends_are_told_apart() {
    block_on(async {
        let (cut, _) = sent_to(Behaviour::Cut).await;
        assert_eq!(trouble(&cut), Trouble::Cut, "{cut:?}");
        let unused = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let refused = format!("http://{}", unused.local_addr().expect("an address"));
        drop(unused);
        let server = FakeHttp::start(vec![Behaviour::SayUnasked(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())]).await;
        let plain = server.url().replace("http://", "https://");
        for (url, expected) in
            [(refused, Trouble::Connect), ("https://central.invalid".into(), Trouble::Dns), (plain, Trouble::Tls)]
        {
            let missing = uplink(url.clone()).missing(ledger::station()).await;
            let trouble = missing.expect_err("nobody is there").trouble;
            assert_eq!(trouble, expected, "{url}");
        }
    });
}

#[test]
fn an_early_no_is_heard_although_the_body_is_not_read() {
    block_on(async {
        let said = answer("413 Payload Too Large", &[], &problem(ProblemKind::TooLarge, None));
        let (answer, _) = sent_to(Behaviour::SayAtOnce(said)).await;
        // The closing of an unread connection may overtake the answer: later is right then, stored never.
        match answer {
            Answer::Refused { .. } => {}
            Answer::Later(later) => assert_eq!(later.trouble, Trouble::Cut, "{later}"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn questions_are_answered_by_central_or_not_at_all() {
    let missing = Missing { head: None, photos: vec![Digest::of(b"x")], codings: vec![] };
    let json = serde_json::to_vec(&missing).expect("serializes");
    block_on(async {
        for (bytes, expected) in [
            (answer("200 OK", &[], &json), Ok(missing.clone())),
            (answer("200 OK", &[], b"<html>"), Err(Trouble::Portal)),
            (answer("404 Not Found", &[], &problem(ProblemKind::Unknown, None)), Err(Trouble::Unavailable)),
        ] {
            let server = FakeHttp::start(vec![Behaviour::Say(bytes)]).await;
            let answer = uplink(server.url()).missing(ledger::station()).await;
            assert_eq!(answer.map_err(|later| later.trouble), expected);
        }
        let impostor = br#"{"service":"router","election":"0000000000000000000000000000000000000000000000000000000000000000","origin":"x","log_size":0,"entry_bytes":1,"photo_bytes":1}"#;
        let server = FakeHttp::start(vec![Behaviour::Say(answer("200 OK", &[], impostor))]).await;
        let health = uplink(server.url()).health().await;
        assert_eq!(health.map_err(|later| later.trouble), Err(Trouble::Portal));
    });
}

#[test]
fn an_enrolment_is_accredited_refused_or_to_be_sent_again() {
    block_on(async {
        let enrol = |said: Vec<u8>| async move {
            let server = FakeHttp::start(vec![Behaviour::Say(said)]).await;
            uplink(server.url()).enrol(b"a wish".to_vec()).await
        };
        let note = b"{\"type\":\"plano/accreditation@1\"}\n\n";
        assert_eq!(enrol(answer("201 Created", &[], note)).await.expect("accredited"), note);
        let refused = enrol(answer("403 Forbidden", &[], &problem(ProblemKind::Code, None))).await;
        assert!(matches!(refused, Err(EnrolError::Refused(problem)) if problem.r#type == ProblemKind::Code));
        for (said, expected) in [
            (answer("429 Too Many Requests", &["Retry-After: 8"], &problem(ProblemKind::Busy, None)), Trouble::Busy),
            (answer("200 OK", &[], b"<html>"), Trouble::Portal),
            (answer("302 Found", &["Location: /login"], b""), Trouble::Portal),
        ] {
            let answer = enrol(said).await;
            assert!(
                matches!(&answer, Err(EnrolError::Later(Later { trouble, .. })) if *trouble == expected),
                "{answer:?}"
            );
        }
    });
}
