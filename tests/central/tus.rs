//! Photos come in by tus 1.0.0: in pieces, over broken connections and restarts, each once.

use std::fs::File;
use std::io::Write as _;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::protocol::receipt::Receipt;
use plano::protocol::wire::{self, Problem, ProblemKind};

use crate::support::election::central as key;
use crate::support::ledger;
use crate::support::server::{PIECE, announcement};
use crate::support::uploads::{Awaiting, path};

const LENGTH: usize = 300_000;

fn problem(reply: &crate::support::server::Reply) -> ProblemKind {
    Problem::parse(&reply.body).unwrap_or_else(|| panic!("a problem: {reply:?}")).r#type
}

#[test]
fn what_is_offered_is_said_and_every_answer_says_its_version() {
    let site = Awaiting::photo_of(LENGTH);
    let place = wire::uploads_path(ledger::station());
    for place in [&place, &site.created()] {
        let offer = site.server.send("OPTIONS", place, b"").expect("an answer");
        let said = |name| offer.header(name).unwrap_or_default();
        assert_eq!((offer.status, said("tus-version"), said("tus-max-size")), (204, "1.0.0", "26214400"));
        assert_eq!(said("tus-extension"), "creation,creation-with-upload,checksum,expiration,termination");
        assert_eq!(said("tus-checksum-algorithm"), "sha1,sha256");
        for method in ["POST", "HEAD", "PATCH", "DELETE"] {
            let reply = site.server.send(method, place, b"").expect("an answer");
            assert_eq!((reply.status, reply.header("tus-version")), (412, Some("1.0.0")), "no version: {method}");
            assert_eq!(reply.header("tus-resumable"), Some("1.0.0"));
        }
        let other = format!("POST {place} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTus-Resumable: 0.2.2\r\n\r\n");
        assert_eq!(site.server.raw(other.as_bytes()).expect("an answer").status, 412);
        let reply = site.server.tus("GET", place, &[], b"").expect("an answer");
        assert_eq!((reply.status, reply.header("tus-resumable")), (405, Some("1.0.0")));
    }
    let none = "/v1/stations/35.74.03.1001-000/uploads/";
    for (place, status) in [(none.to_owned(), 400), (format!("{place}0"), 404)] {
        let refused = site.server.send("OPTIONS", &place, b"").expect("an answer");
        assert_eq!((refused.status, refused.header("tus-resumable")), (status, Some("1.0.0")), "{place}: {refused:?}");
    }
    site.server.end();
}

#[test]
fn a_photo_comes_in_pieces_and_its_receipt_is_there_at_the_end() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    assert_eq!(site.offset(&upload), 0);
    for (from, to) in [(0, 1), (1, 100_000), (100_000, 100_000), (100_000, LENGTH)] {
        let reply = site.patch(&upload, from, &site.photo[from..to], &[]);
        assert_eq!((reply.status, reply.header("upload-offset")), (204, Some(to.to_string().as_str())), "{reply:?}");
        assert_eq!((reply.header("upload-expires").is_some(), reply.body.len()), (to < LENGTH, 0));
    }
    let digest = Digest::of(&site.photo);
    let receipt = site.server.get(&wire::photo_receipt_path(ledger::station(), &digest)).body;
    let item = Receipt::verify(&receipt, &key().public()).expect("holds").received().item;
    assert_eq!(item.digest, digest);
    // Whoever has not heard the last answer asks, or begins anew: nothing is left to send.
    let [length, about] = announcement(&site.photo);
    let head = site.head(&upload);
    let about_value = about.strip_prefix("Upload-Metadata: ").expect("metadata").to_lowercase();
    assert_eq!((head.header("upload-length"), head.header("upload-offset")), (Some("300000"), Some("300000")));
    assert_eq!(head.header("upload-metadata"), Some(about_value.as_str()), "as it came");
    assert_eq!(site.patch(&upload, LENGTH, b"", &[]).status, 204);
    assert_eq!(site.patch(&upload, 0, b"x", &[]).status, 409);
    let place = wire::uploads_path(ledger::station());
    let again = site.server.tus("POST", &place, &[&length, &about], b"").expect("an answer");
    assert_eq!((again.status, again.header("upload-offset"), &again.body), (201, Some("300000"), &receipt));
    assert_eq!(site.offset(&path(&again)), LENGTH);
    site.assert_received();
    assert_eq!(site.server.end().health().log_size, 3, "two entries and one photo");
}

#[test]
fn what_came_before_the_connection_broke_is_kept() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let stream = site.half_sent(&upload, 0, 150_001, "");
    site.wait_for_bytes(&upload, 65_536);
    drop(stream);
    site.wait_for_bytes(&upload, 150_001);
    assert_eq!(site.offset(&upload), 150_001);
    assert_eq!(site.patch(&upload, 150_001, &site.photo[150_001..], &[]).status, 204);
    site.assert_received();
    site.server.end();
}

#[test]
fn a_question_for_the_offset_ends_a_request_that_hangs_and_a_second_piece_does_not() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let mut hanging = site.half_sent(&upload, 0, 140_000, "");
    site.wait_for_bytes(&upload, 65_536);
    let second = site.patch(&upload, 0, &site.photo, &[]);
    assert_eq!((second.status, problem(&second)), (423, ProblemKind::Offset));
    let offset = site.offset(&upload);
    assert!((65_536..=140_000).contains(&offset), "{offset}");
    hanging.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("sets");
    let mut buffer = [0; 12];
    std::io::Read::read_exact(&mut hanging, &mut buffer).expect("an answer");
    assert_eq!(&buffer, b"HTTP/1.1 423");
    assert_eq!(site.patch(&upload, offset, &site.photo[offset..], &[]).status, 204);
    site.assert_received();
    site.server.end();
}

#[test]
fn uploads_go_on_after_central_was_restarted() {
    let mut site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    assert_eq!(site.patch(&upload, 0, &site.photo[..70_000], &[]).status, 204);
    // Ended in the middle of a piece: what had come is kept.
    let hanging = site.half_sent(&upload, 70_000, 131_072, "");
    site.wait_for_bytes(&upload, 70_000 + 65_536);
    site = site.restarted();
    drop(hanging);
    let offset = site.offset(&upload);
    assert!((135_536..=201_072).contains(&offset), "{offset}");
    // Cut off after the last byte was on disk and before the photo was in the log.
    let mut part = File::options().append(true).open(site.part(&upload)).expect("opens");
    part.write_all(&site.photo[offset..]).expect("writes");
    part.sync_all().expect("syncs");
    site = site.restarted();
    assert_eq!(site.offset(&upload), LENGTH, "who asks leads to its completion");
    site.assert_received();
    assert_eq!(site.server.end().health().log_size, 3);
}

#[test]
fn a_piece_with_another_checksum_is_not_kept() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let sha1 = |bytes: &[u8]| {
        let digest = <sha1::Sha1 as sha1::Digest>::digest(bytes);
        format!("Upload-Checksum: sha1 {}", BASE64_STANDARD.encode(digest))
    };
    let sha256 =
        |bytes: &[u8]| format!("Upload-Checksum: sha256 {}", BASE64_STANDARD.encode(Digest::of(bytes).as_bytes()));
    let (first, rest) = site.photo.split_at(100_000);
    for wrong in [sha1(rest), sha256(rest)] {
        let reply = site.patch(&upload, 0, first, &[&wrong]);
        assert_eq!((reply.status, problem(&reply), site.offset(&upload)), (460, ProblemKind::Digest, 0));
    }
    for unknown in ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 AAAA", "crc32 AAAAAA=="] {
        let reply = site.patch(&upload, 0, first, &[&format!("Upload-Checksum: {unknown}")]);
        assert_eq!((reply.status, site.offset(&upload)), (400, 0), "{unknown}");
    }
    // Half a piece cannot be checked: nothing of it is kept.
    let stream = site.half_sent(&upload, 0, 140_000, &format!("{}\r\n", sha1(&site.photo)));
    site.wait_for_bytes(&upload, 65_536);
    drop(stream);
    assert_eq!(site.offset(&upload), 0);
    assert_eq!(site.patch(&upload, 0, first, &[&sha1(first)]).status, 204);
    assert_eq!(site.patch(&upload, 100_000, rest, &[&sha256(rest)]).status, 204);
    site.assert_received();
    site.server.end();
}

#[test]
fn the_whole_has_to_be_what_its_name_promises() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let mut wrong = site.photo.clone();
    wrong[LENGTH / 2] ^= 1;
    assert_eq!(site.patch(&upload, 0, &wrong[..200_000], &[]).status, 204);
    let reply = site.patch(&upload, 200_000, &wrong[200_000..], &[]);
    assert_eq!((reply.status, problem(&reply)), (422, ProblemKind::Digest), "{reply:?}");
    assert_eq!(site.head(&upload).status, 404, "it is gone");
    assert_eq!(std::fs::read_dir(site.folder.path()).expect("a folder").count(), 0);
    let [length, about] = announcement(&site.photo);
    let place = wire::uploads_path(ledger::station());
    let at_once = site.server.tus("POST", &place, &[&length, &about, PIECE], &wrong).expect("an answer");
    assert_eq!((at_once.status, problem(&at_once)), (422, ProblemKind::Digest));
    let good = site.server.upload(ledger::station(), &site.photo);
    assert_eq!((good.status, good.header("upload-offset")), (201, Some("300000")));
    site.assert_received();
    site.server.end();
}

#[test]
fn an_upload_that_is_given_up_is_gone() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    assert_eq!(site.patch(&upload, 0, &site.photo[..1_000], &[]).status, 204);
    assert_eq!(site.server.tus("DELETE", &upload, &[], b"").expect("an answer").status, 204);
    for method in ["HEAD", "PATCH", "DELETE"] {
        let reply = site.server.tus(method, &upload, &["Upload-Offset: 0", PIECE], b"").expect("an answer");
        assert_eq!((reply.status, reply.header("upload-offset")), (404, None), "{method}");
    }
    assert_eq!(std::fs::read_dir(site.folder.path()).expect("a folder").count(), 0);
    // A photo that came whole stays: it is evidence.
    let whole = path(&site.server.upload(ledger::station(), &site.photo));
    assert_eq!(site.server.tus("DELETE", &whole, &[], b"").expect("an answer").status, 204);
    site.assert_received();
    site.server.end();
}

static NOW: AtomicI64 = AtomicI64::new(1_732_690_800_000);
const DAY: i64 = 24 * 60 * 60 * 1_000;

#[test]
fn an_upload_expires_after_a_week_and_is_swept() {
    let clock = || Timestamp::from_millis(NOW.load(Ordering::SeqCst)).expect("in range");
    let site = Awaiting::with_clock(LENGTH, clock);
    let upload = site.created();
    let head = site.head(&upload);
    assert_eq!(head.header("upload-expires"), Some("wed, 04 dec 2024 07:00:00 gmt"), "a week later");
    NOW.fetch_add(6 * DAY, Ordering::SeqCst);
    assert_eq!(site.patch(&upload, 0, &site.photo[..1_000], &[]).status, 204);
    assert_eq!(site.head(&upload).header("upload-expires"), head.header("upload-expires"));
    NOW.fetch_add(DAY, Ordering::SeqCst);
    assert_eq!(site.head(&upload).status, 410);
    assert_eq!(site.patch(&upload, 1_000, &site.photo[1_000..], &[]).status, 410);
    let second = site.created();
    assert_eq!(site.head(&upload).status, 404, "the next creation sweeps");
    assert!(!site.part(&upload).exists() && site.part(&second).exists());
    site.server.end();
}

#[test]
fn a_flood_of_beginnings_does_not_push_out_the_upload_that_gets_on() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    assert_eq!(site.patch(&upload, 0, &site.photo[..1_000], &[]).status, 204);
    let last = (0..10).map(|_| site.created()).last().expect("ten");
    assert_eq!((site.offset(&upload), site.offset(&last)), (1_000, 0));
    assert_eq!(std::fs::read_dir(site.folder.path()).expect("a folder").count(), 6, "two files of three uploads");
    site.server.end();
}
