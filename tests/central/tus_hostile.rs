//! Requests for uploads that are wrong, contradictory or meant badly: refused by the book, and nothing changes.

use plano::protocol::wire::{self, limits};

use crate::support::ledger;
use crate::support::server::{PIECE, Reply, announcement};
use crate::support::uploads::{Awaiting, photo};

const LENGTH: usize = 100_000;

fn files(site: &Awaiting) -> usize {
    std::fs::read_dir(site.folder.path()).expect("a folder").count()
}

#[test]
fn an_announcement_says_what_the_protocol_asks_for() {
    let site = Awaiting::photo_of(LENGTH);
    let place = wire::uploads_path(ledger::station());
    let [length, about] = announcement(&site.photo);
    let (length, about) = (length.as_str(), about.as_str());
    let [_, stranger] = announcement(&photo(8, LENGTH));
    let upper = about.replace("Upload-Metadata: sha256 ", "Upload-Metadata: SHA256 ");
    let twice = format!("{about},sha256 eA==");
    let long = format!("{about},x {}", "A".repeat(5_000));
    let over = format!("Upload-Length: {}", limits::PHOTO_BYTES + 1);
    let cases: &[(&[&str], u16, &str)] = &[
        (&[about], 400, "no length"),
        (&["Upload-Length: -1", about], 400, "negative"),
        (&["Upload-Length: +5", about], 400, "signed"),
        (&["Upload-Length: 1e5", about], 400, "no digits"),
        (&["Upload-Length: ", about], 400, "empty"),
        (&["Upload-Length: 99999999999999999999999", about], 400, "beyond any number"),
        (&[length, length, about], 400, "twice"),
        (&[&over, about], 413, "too large"),
        (&["Upload-Length: 99999", about], 422, "another length than the entry says"),
        (&["Upload-Length: 0", about], 422, "empty photo"),
        (&["Upload-Defer-Length: 1", about], 400, "not offered"),
        (&[length, "Upload-Concat: partial", about], 400, "not offered"),
        (&[length], 400, "no metadata"),
        (&[length, "Upload-Metadata: "], 400, "empty metadata"),
        (&[length, "Upload-Metadata: sha256"], 400, "no digest"),
        (&[length, "Upload-Metadata: sha256 ***"], 400, "no base64"),
        (&[length, "Upload-Metadata: sha256 /w=="], 400, "no text"),
        (&[length, "Upload-Metadata: sha256 \u{e9}"], 400, "not ASCII"),
        (&[length, &upper], 400, "another key"),
        (&[length, &twice], 400, "a key twice"),
        (&[length, &long], 400, "too much metadata"),
        (&[length, &stranger], 409, "no entry names it"),
    ];
    for (headers, status, why) in cases {
        let reply = site.server.tus("POST", &place, headers, b"").expect("an answer");
        assert_eq!((reply.status, reply.header("location")), (*status, None), "{why}: {reply:?}");
        assert_eq!(reply.header("content-type"), Some(wire::media::PROBLEM), "{why}");
    }
    assert_eq!(files(&site), 0, "nothing was begun");
    site.server.end();
}

#[test]
fn an_announcement_goes_to_a_station_that_takes_part_and_carries_a_piece_or_nothing() {
    let site = Awaiting::photo_of(LENGTH);
    let place = wire::uploads_path(ledger::station());
    let [length, about] = announcement(&site.photo);
    let (length, about) = (length.as_str(), about.as_str());
    let elsewhere = place.replace("-001/", "-009/");
    assert_eq!(site.server.tus("POST", &elsewhere, &[length, about], b"").expect("an answer").status, 404);
    let form = [length, about, "Content-Type: multipart/form-data"];
    assert_eq!(site.server.tus("POST", &place, &form, b"x").expect("an answer").status, 415);
    assert_eq!(files(&site), 0, "nothing was begun");
    site.server.end();
}

#[test]
fn a_piece_begins_at_the_offset_and_fits() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    assert_eq!(site.patch(&upload, 0, &site.photo[..1_000], &[]).status, 204);
    let rest = &site.photo[1_000..];
    let send = |headers: &[&str], body: &[u8]| site.server.tus("PATCH", &upload, headers, body).expect("an answer");
    for (headers, status) in [
        (&[PIECE][..], 400),
        (&[PIECE, "Upload-Offset: -1"], 400),
        (&[PIECE, "Upload-Offset: 0x3e8"], 400),
        (&[PIECE, "Upload-Offset: 18446744073709551616"], 400),
        (&[PIECE, "Upload-Offset: 1000", "Upload-Offset: 1000"], 400),
        (&[PIECE, "Upload-Offset: 0"], 409),
        (&[PIECE, "Upload-Offset: 1001"], 409),
        (&[PIECE, "Upload-Offset: 9223372036854775807"], 409),
        (&["Upload-Offset: 1000"], 415),
        (&["Content-Type: text/plain", "Upload-Offset: 1000"], 415),
    ] {
        assert_eq!(send(headers, &rest[..10]).status, status, "{headers:?}");
        assert_eq!(site.offset(&upload), 1_000, "{headers:?}");
    }
    let long = [rest, b"x"].concat();
    assert_eq!(site.patch(&upload, 1_000, &long, &[]).status, 413);
    // Without a length the piece is cut off where it gets too long, and none of it counts.
    let head = format!(
        "PATCH {upload} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n{PIECE}\r\nUpload-Offset: 1000\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let chunk = |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    let chunked = |bytes: &[u8]| [head.as_bytes(), &chunk(bytes), b"0\r\n\r\n"].concat();
    assert_eq!(site.server.raw(&chunked(&long)).expect("an answer").status, 413);
    assert_eq!(site.offset(&upload), 1_000);
    assert_eq!(site.server.raw(&chunked(rest)).expect("an answer").status, 204);
    site.assert_received();
    site.server.end();
}

#[test]
fn names_of_uploads_are_only_those_that_were_given() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let id = upload.rsplit('/').next().expect("a name");
    let place = wire::uploads_path(ledger::station());
    for wrong in [
        format!("{place}{}", "0".repeat(32)),
        format!("{place}{}", id.to_uppercase() + "0"),
        format!("{place}..%2f{id}"),
        format!("{place}{id}.json"),
        format!("{place}%00"),
        upload.replace("-001/", "-002/"),
    ] {
        let replies: [Reply; 3] = ["HEAD", "PATCH", "DELETE"]
            .map(|method| site.server.tus(method, &wrong, &[PIECE, "Upload-Offset: 0"], b"").expect("an answer"));
        assert_eq!(replies.map(|reply| reply.status), [404; 3], "{wrong}");
    }
    assert_eq!((site.offset(&upload), files(&site)), (0, 2));
    site.server.end();
}

#[test]
fn the_method_may_be_named_in_a_header() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let post = |meant: &str, offset: &str, body: &[u8]| {
        let headers = [&format!("X-HTTP-Method-Override: {meant}"), &format!("Upload-Offset: {offset}"), PIECE];
        site.server.tus("POST", &upload, &headers, body).expect("an answer")
    };
    assert_eq!(post("PATCH", "0", &site.photo[..500]).header("upload-offset"), Some("500"));
    assert_eq!(post("DELETE", "0", b"").status, 204);
    assert_eq!(site.head(&upload).status, 404);
    site.server.end();
}

#[test]
fn many_at_once_with_one_piece_write_it_once() {
    let site = Awaiting::photo_of(LENGTH);
    let upload = site.created();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let senders: Vec<_> =
            (0..12).map(|_| scope.spawn(|| site.patch(&upload, 0, &site.photo, &[]).status)).collect();
        senders.into_iter().map(|sender| sender.join().expect("no panic")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [204, 409, 423].contains(status)), "{statuses:?}");
    site.assert_received();
    assert_eq!(site.server.end().health().log_size, 3);
}
