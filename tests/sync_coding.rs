//! The station's side of the shorter coding: used where central takes it, given up where it does not help.

use plano::central::http::Config as CentralConfig;
use plano::digest::Digest;
use plano::photo::lepton;
use plano::protocol::coding::Coding;
use plano::protocol::wire::{Missing, Problem, ProblemKind};
use plano::sync::http::{Config, HttpUplink};
use plano::sync::{Answer, Uplink as _};

use crate::support::cutter::Cutter;
use crate::support::fake_http::{Behaviour, FakeHttp, answer};
use crate::support::ledger;
use crate::support::photo_put::{assert_receipt, block_on, killed, put};
use crate::support::photos::{grainy, jpeg, page};
use crate::support::uploads::Awaiting;

fn uplink(url: &str) -> HttpUplink {
    HttpUplink::new(&Config::new(url)).expect("sets up")
}

#[test]
fn fewer_bytes_go_where_central_says_that_it_takes_the_coding() {
    let photo = grainy(900, 1_200, 1);
    let coded = lepton::encode(&photo).expect("a coding").len() as u64;
    for (plain_photos, asked, expected) in
        [(false, true, coded), (false, false, photo.len() as u64), (true, true, photo.len() as u64)]
    {
        let site = Awaiting::with(photo.clone(), |config| CentralConfig { plain_photos, ..config });
        let uplink = uplink(&format!("http://{}", site.server.addr()));
        let once = block_on(async {
            if asked {
                assert_eq!(uplink.missing(ledger::station()).await.expect("an answer").photos.len(), 1);
            }
            put(&uplink, &photo, u64::MAX, None).await
        });
        assert_receipt(&once.answer, &photo);
        assert_eq!((once.sent, once.told), (expected, photo.len() as u64), "told is of the photo in any case");
        let overhead = uplink.traffic().sent - expected;
        assert!(overhead < 2_000, "{overhead} bytes of heads");
        site.assert_received();
        site.server.end();
    }
}

#[test]
fn a_photo_without_a_shorter_coding_goes_as_it_is() {
    let mut odd = jpeg(&page(300, 400, 1));
    odd[2] = 0;
    let site = Awaiting::of(odd.clone());
    let uplink = uplink(&format!("http://{}", site.server.addr()));
    let once = block_on(async {
        uplink.missing(ledger::station()).await.expect("an answer");
        put(&uplink, &odd, u64::MAX, None).await
    });
    assert_receipt(&once.answer, &odd);
    assert_eq!(once.sent, odd.len() as u64);
    site.assert_received();
    site.server.end();
}

#[test]
fn a_connection_that_breaks_again_and_again_is_gone_on_with() {
    let photo = grainy(1_500, 2_000, 1);
    let coded = lepton::encode(&photo).expect("a coding").len() as u64;
    let site = Awaiting::of(photo.clone());
    block_on(async {
        let way = Cutter::start(site.server.addr(), coded / 3).await;
        let uplink = uplink(&way.url());
        uplink.missing(ledger::station()).await.expect("an answer");
        let once = put(&uplink, &photo, u64::MAX, None).await;
        assert_receipt(&once.answer, &photo);
        // What was in the buffers of a broken connection is sent again, and nothing else.
        let most = coded + way.connections() as u64 * (1_024 + 128 * 1_024);
        assert!(way.connections() > 2 && way.sent() <= most, "{} of {coded} over {}", way.sent(), way.connections());
    });
    site.assert_received();
    site.server.end();
}

#[test]
fn an_upload_in_the_coding_is_gone_on_with_by_a_program_that_has_asked_nothing_yet() {
    let photo = grainy(1_500, 2_000, 1);
    let coded = lepton::encode(&photo).expect("a coding").len() as u64;
    let site = Awaiting::of(photo.clone());
    block_on(async {
        let way = Cutter::start(site.server.addr(), 2 * coded).await;
        let dying = uplink(&way.url());
        dying.missing(ledger::station()).await.expect("an answer");
        let begun = killed(dying, &photo, u64::MAX, (&way, coded / 3)).await;
        let again = put(&uplink(&way.url()), &photo, u64::MAX, Some(begun)).await;
        assert_receipt(&again.answer, &photo);
        assert!(again.begun.is_empty() && again.sent < coded, "{} of {coded}", again.sent);
    });
    site.assert_received();
    site.server.end();
}

#[test]
fn an_upload_of_the_photos_own_bytes_is_left_for_the_coding() {
    let photo = grainy(900, 1_200, 1);
    let coded = lepton::encode(&photo).expect("a coding").len() as u64;
    let site = Awaiting::of(photo.clone());
    let begun = format!("http://{}{}", site.server.addr(), site.created());
    let uplink = uplink(&format!("http://{}", site.server.addr()));
    let once = block_on(async {
        uplink.missing(ledger::station()).await.expect("an answer");
        put(&uplink, &photo, u64::MAX, Some(begun.clone())).await
    });
    assert_receipt(&once.answer, &photo);
    assert!(once.begun.iter().all(|address| *address != begun) && once.begun.len() == 1 && once.sent == coded);
    site.server.end();
}

#[test]
fn a_coding_that_is_refused_is_followed_by_the_photo_itself_and_not_tried_again() {
    let photo = grainy(300, 400, 1);
    let missing = Missing { head: None, photos: vec![Digest::of(&photo)], codings: vec![] }.and_takes(Coding::Lepton);
    let missing = answer("200 OK", &[], &serde_json::to_vec(&missing).expect("serializes"));
    let refusal = serde_json::to_vec(&Problem::new(ProblemKind::Digest, "other bytes")).expect("serializes");
    let refusal = answer(
        "422 Unprocessable Content",
        &["Content-Type: application/problem+json", "Tus-Resumable: 1.0.0"],
        &refusal,
    );
    let length = photo.len().to_string();
    let taken = |name: &str| {
        let lines =
            [format!("Location: {name}"), format!("Upload-Offset: {length}"), "Tus-Resumable: 1.0.0".to_owned()];
        answer("201 Created", &lines.each_ref().map(String::as_str), b"a receipt")
    };
    block_on(async {
        let behaviours = [missing.clone(), refusal, taken("1"), missing, taken("2")].map(Behaviour::Say);
        let server = FakeHttp::start(behaviours.to_vec()).await;
        let uplink = uplink(&server.url());
        for _ in 0..2 {
            uplink.missing(ledger::station()).await.expect("an answer");
            assert_eq!(put(&uplink, &photo, u64::MAX, None).await.answer, Answer::Stored(b"a receipt".to_vec()));
        }
        let coded = |head: &String| head.to_ascii_lowercase().contains(",coding ");
        assert_eq!(server.heads().iter().map(coded).collect::<Vec<_>>(), [false, true, false, false, false]);
    });
}
