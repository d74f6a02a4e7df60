//! The station's side of an upload: it goes on where it broke off, over cuts, restarts and servers that forget.

use std::net::SocketAddr;
use std::time::Duration;

use plano::sync::http::{Config, HttpUplink, Limits};
use plano::sync::{Answer, End, Equipment, Events, Trouble, Until, Worker};
use tokio_util::sync::CancellationToken;

use crate::support::cutter::Cutter;
use crate::support::fake_http::{Behaviour, FakeHttp, answer};
use crate::support::ledger::{self, Scratch};
use crate::support::photo_put::{assert_receipt, block_on, item, killed, put};
use crate::support::scripted::chain_naming;
use crate::support::server::Listening;
use crate::support::uploads::{Awaiting, photo};
use crate::support::virtual_time::VirtualTime;
use crate::support::{central, deliveries};

const LENGTH: usize = 1_500_000;

fn uplink(url: impl Into<String>) -> HttpUplink {
    let second = Duration::from_secs(1);
    let limits = Limits {
        connect: 5 * second,
        idle: 10 * second,
        total: 60 * second,
        answer: 10 * second,
        slowest: 1 << 30,
        silent: 10 * second,
    };
    HttpUplink::new(&Config { limits, ..Config::new(url) }).expect("sets up")
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

#[test]
fn a_connection_that_breaks_again_and_again_is_gone_on_with_in_one_try() {
    let site = Awaiting::photo_of(LENGTH);
    block_on(async {
        let way = Cutter::start(site.server.addr(), 400_000).await;
        let once = put(&uplink(way.url()), &site.photo, u64::MAX, None).await;
        assert_receipt(&once.answer, &site.photo);
        assert!((4..=12).contains(&way.connections()), "{}", way.connections());
        // The heads of requests, and what was in the buffers of a broken connection, are sent again, and nothing else.
        let most = LENGTH as u64 + way.connections() as u64 * (1_024 + 128 * 1_024);
        assert!(way.sent() <= most, "{} bytes for {LENGTH} over {} connections", way.sent(), way.connections());
        assert_eq!(once.begun.len(), 1, "one upload: {:?}", once.begun);
    });
    site.assert_received();
    assert_eq!(site.server.end().health().log_size, 3);
}

#[test]
fn a_later_try_goes_on_where_the_first_was_killed() {
    for piece in [u64::MAX, 100_000] {
        let site = Awaiting::photo_of(LENGTH);
        block_on(async {
            let way = Cutter::start(site.server.addr(), 2 * LENGTH as u64).await;
            let begun = killed(uplink(way.url()), &site.photo, piece, (&way, LENGTH as u64 / 2)).await;
            let second = put(&uplink(way.url()), &site.photo, piece, Some(begun)).await;
            assert_receipt(&second.answer, &site.photo);
            assert!(second.begun.is_empty() && second.sent < LENGTH as u64 * 3 / 4, "{} again", second.sent);
        });
        site.assert_received();
        site.server.end();
    }
}

#[test]
fn an_upload_that_central_has_lost_begins_anew() {
    let site = Awaiting::photo_of(LENGTH);
    let lost = format!("{}/v1/stations/35.74.03.1001-001/uploads/{}", url(site.server.addr()), "0".repeat(32));
    let elsewhere = "http://127.0.0.1:9/v1/stations/35.74.03.1001-001/uploads/1".to_owned();
    block_on(async {
        for begun in [lost, elsewhere, "not an address".into()] {
            let again = put(&uplink(url(site.server.addr())), &site.photo, u64::MAX, Some(begun)).await;
            assert_receipt(&again.answer, &site.photo);
            assert_eq!(again.begun.len(), 1);
        }
    });
    site.assert_received();
    assert_eq!(site.server.end().health().log_size, 3, "once");
}

#[test]
fn a_small_photo_and_its_receipt_are_one_request() {
    let small = photo(3, 20_000);
    let mut central = central::in_memory(&ledger::founding().election);
    chain_naming(&mut central, &[&small]);
    let server = Listening::start(central);
    block_on(async {
        let way = Cutter::start(server.addr(), u64::MAX).await;
        let once = put(&uplink(way.url()), &small, u64::MAX, None).await;
        assert_receipt(&once.answer, &small);
        assert!(way.sent() < 20_000 + 700, "{} bytes", way.sent());
        let again = put(&uplink(way.url()), &small, u64::MAX, None).await;
        assert_eq!(again.answer, once.answer, "the same receipt");
    });
    assert_eq!(server.end().health().log_size, 3);
}

/// What the ledger remembers lets a new program go on, without anybody's help.
#[test]
fn a_new_program_goes_on_with_what_the_ledger_remembers() {
    let (big, scratch) = (photo(5, LENGTH), Scratch::new());
    let photos = plano::photo::Folder::open(scratch.folder.path().join("photos")).expect("opens");
    photos.put(big.as_slice(), u64::MAX).expect("keeps");
    let mut central = central::in_memory(&ledger::founding().election);
    for entry in chain_naming(&mut central, &[&big]) {
        scratch.ledger.append(&entry).expect("appends");
    }
    let server = Listening::start_patient(central, || deliveries::moment(700), Duration::from_mins(1));
    let worker = |url: &str| {
        let equipment = Equipment {
            ledger: scratch.again(),
            photos: photos.clone(),
            uplink: uplink(url),
            pace: VirtualTime::starting(ledger::moment(1_000)),
            events: Events::default(),
        };
        Worker::new(equipment, || 0)
    };
    block_on(async {
        let way = Cutter::start(server.addr(), u64::MAX).await;
        let (url, cancel) = (way.url(), CancellationToken::new());
        let mut first = worker(&url);
        let killed = async {
            while way.sent() < LENGTH as u64 / 2 {
                tokio::task::yield_now().await;
            }
            cancel.cancel();
        };
        let (end, ()) = tokio::join!(first.run(Until::Settled, &cancel), killed);
        assert_eq!(end.expect("the ledger works"), End::Cancelled);
        drop(first);
        let remembered = scratch.ledger.upload(&item(&big)).expect("reads").expect("an address");
        assert!(remembered.starts_with(&url), "{remembered}");
        let mut second = worker(&url);
        let end = second.run(Until::Settled, &CancellationToken::new()).await.expect("the ledger works");
        assert_eq!((end, second.tally().stored), (End::Done, 1));
        assert!(second.tally().bytes_sent < LENGTH as u64 * 3 / 4, "{} again", second.tally().bytes_sent);
    });
    assert_eq!(server.end().health().log_size, 3);
}

/// Tries a photo at a server that behaves so; what came of it has to be this trouble, to be tried again later.
fn assert_later(cases: Vec<(&str, Vec<Behaviour>, Trouble)>) {
    let big = photo(6, 100_000);
    block_on(async {
        for (name, behaviours, trouble) in cases {
            let server = FakeHttp::start(behaviours).await;
            let once = put(&uplink(server.url()), &big, u64::MAX, None).await;
            let later = matches!(&once.answer, Answer::Later(later) if later.trouble == trouble);
            assert!(later, "{name}: {:?}", once.answer);
        }
    });
}

fn say(status: &str, headers: &[&str], body: &[u8]) -> Behaviour {
    Behaviour::Say(answer(status, headers, body))
}

#[test]
fn a_server_that_creates_an_upload_nowhere_is_not_believed() {
    let created = |headers: &[&str]| vec![say("201 Created", headers, b"")];
    assert_later(vec![
        ("no location", created(&[]), Trouble::Portal),
        ("another host", created(&["Location: https://evil.example/uploads/1"]), Trouble::Portal),
        ("beyond the end at once", created(&["Location: 1", "Upload-Offset: 100001"]), Trouble::Portal),
        ("no number", created(&["Location: 1", "Upload-Offset: -5"]), Trouble::Portal),
        ("a page", vec![say("200 OK", &[], b"<html>")], Trouble::Portal),
    ]);
}

#[test]
fn a_server_that_contradicts_itself_about_a_piece_is_not_believed() {
    let then = |rest: &[(&str, Option<&str>)]| {
        let offset = |offset: &str| format!("Upload-Offset: {offset}");
        let rest = rest.iter().map(|(status, at)| say(status, &[at.map_or("X: y".into(), offset).as_str()], b""));
        std::iter::once(say("201 Created", &["Location: 1"], b"")).chain(rest).collect()
    };
    let (taken, stands, lost, no) = ("204 No Content", "200 OK", ("404 Not Found", None), ("409 Conflict", None));
    assert_later(vec![
        ("took more than was sent", then(&[(taken, Some("100001"))]), Trouble::Portal),
        (
            "took nothing, twice",
            then(&[(taken, Some("0")), (stands, Some("0")), (taken, Some("0")), (stands, Some("0"))]),
            Trouble::Moved,
        ),
        ("takes no piece", then(&[no, (stands, Some("0")), no, (stands, Some("0"))]), Trouble::Moved),
        ("forgets at once", then(&[lost, lost]), Trouble::Moved),
        ("a page in between", then(&[(stands, None)]), Trouble::Portal),
        ("whole, and no receipt", then(&[(taken, Some("65536")), (taken, Some("100000")), lost]), Trouble::Portal),
    ]);
}

#[test]
fn what_a_refused_piece_has_left_at_the_server_is_gone_on_with() {
    let big = photo(6, 100_000);
    let receipt = crate::support::receipts::receipt(item(&big), ledger::moment(1));
    block_on(async {
        let server = FakeHttp::start(vec![
            say("201 Created", &["Location: /v1/stations/35.74.03.1001-001/uploads/1"], b""),
            say("423 Locked", &[], b""),
            say("204 No Content", &["Upload-Offset: 60000"], b""),
            say("403 Forbidden", &[], b""),
            say("200 OK", &["Upload-Offset: 100000"], b""),
            say("200 OK", &[], &receipt),
        ])
        .await;
        let once = put(&uplink(server.url()), &big, u64::MAX, None).await;
        assert_eq!(once.answer, Answer::Stored(receipt));
        let sent: Vec<_> = server.bodies().iter().map(Vec::len).filter(|length| *length > 0).collect();
        assert_eq!(sent, [65_536, 65_536, 40_000], "this server takes nothing along with the announcement");
    });
}
