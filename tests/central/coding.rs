//! Photos that come in a shorter coding: what is kept and signed for is the photo.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use plano::central::http::Config;
use plano::digest::Digest;
use plano::photo::lepton;
use plano::protocol::coding::Coding;
use plano::protocol::receipt::{Item, Receipt, What};
use plano::protocol::wire::{self, EntriesAnswer, Missing, Problem, ProblemKind};

use crate::support::election::central as key;
use crate::support::ledger;
use crate::support::photos::grainy;
use crate::support::server::{PIECE, Reply};
use crate::support::uploads::{Awaiting, path};

fn site() -> (Awaiting, Vec<u8>) {
    let photo = grainy(600, 800, 1);
    let coded = lepton::encode(&photo).expect("a coding");
    (Awaiting::of(photo), coded)
}

/// Announces the photo in a coding of this name and length; `along` goes with it.
fn announced(site: &Awaiting, coding: &str, length: usize, along: &[u8]) -> Reply {
    let [sha256, coding] =
        [Digest::of(&site.photo).to_string(), coding.to_owned()].map(|text| BASE64_STANDARD.encode(text));
    let lines = [format!("Upload-Length: {length}"), format!("Upload-Metadata: sha256 {sha256},coding {coding}")];
    let [length, about] = &lines;
    let lines = if along.is_empty() { vec![length.as_str(), about] } else { vec![length, about, PIECE] };
    site.server.tus("POST", &wire::uploads_path(ledger::station()), &lines, along).expect("an answer")
}

fn refused(reply: &Reply) -> (u16, ProblemKind) {
    (reply.status, Problem::parse(&reply.body).unwrap_or_else(|| panic!("a problem: {reply:?}")).r#type)
}

fn missing(site: &Awaiting) -> Missing {
    serde_json::from_slice(&site.server.get(&wire::missing_path(ledger::station())).body).expect("an answer")
}

#[test]
fn the_photo_is_kept_and_signed_for_whatever_its_coding_was() {
    let (site, coded) = site();
    assert!(missing(&site).takes(Coding::Lepton));
    let reply = announced(&site, "lepton", coded.len(), &coded[..1_000]);
    assert_eq!((reply.status, reply.header("upload-offset")), (201, Some("1000")), "{reply:?}");
    let upload = path(&reply);
    let site = site.restarted();
    let head = site.head(&upload);
    assert_eq!(head.header("upload-length"), Some(coded.len().to_string().as_str()), "after a restart as before");
    let reply = site.patch(&upload, 1_000, &coded[1_000..], &[]);
    assert_eq!(reply.status, 204, "{reply:?}");
    let receipt = site.server.get(&wire::photo_receipt_path(ledger::station(), &Digest::of(&site.photo))).body;
    let receipt = Receipt::verify(&receipt, &key().public()).expect("holds");
    let photo = What::Photo(site.photo.len() as u64);
    receipt
        .covers(&Item { station: ledger::station(), what: photo, digest: Digest::of(&site.photo) })
        .expect("of the photo");
    site.assert_received();
    site.server.end();
}

#[test]
fn what_is_not_the_photo_is_refused_and_forgotten() {
    let (site, coded) = site();
    let other = lepton::encode(&grainy(600, 800, 2)).expect("a coding");
    let mut broken = coded.clone();
    broken[coded.len() / 2] ^= 1;
    for (name, bytes) in [
        ("another photo", &other[..]),
        ("a bit that is another", &broken),
        ("half of it", &coded[..coded.len() / 2]),
        ("words", b"words"),
        ("nothing that is long", &site.photo[..1_000]),
    ] {
        let reply = announced(&site, "lepton", bytes.len(), bytes);
        assert_eq!(refused(&reply), (422, ProblemKind::Digest), "{name}");
        assert_eq!(std::fs::read_dir(site.folder.path()).expect("a folder").count(), 0, "{name}: nothing is left");
    }
    for (coding, length, why) in [
        ("lepton", site.photo.len(), ProblemKind::Digest),
        ("lepton", site.photo.len() + 1, ProblemKind::Digest),
        ("zstd", coded.len(), ProblemKind::Malformed),
        ("", coded.len(), ProblemKind::Malformed),
    ] {
        assert_eq!(refused(&announced(&site, coding, length, b"")).1, why, "{coding:?} of {length}");
    }
    assert_eq!(announced(&site, "lepton", coded.len(), &coded).status, 201, "and the photo itself still comes");
    site.assert_received();
    site.server.end();
}

#[test]
fn a_central_that_takes_photos_as_they_are_alone_says_so_and_holds_to_it() {
    let photo = grainy(300, 400, 1);
    let coded = lepton::encode(&photo).expect("a coding");
    let site = Awaiting::with(photo, |config| Config { plain_photos: true, ..config });
    assert!(!missing(&site).takes(Coding::Lepton) && missing(&site).takes(Coding::Plain));
    assert_eq!(refused(&announced(&site, "lepton", coded.len(), b"")), (400, ProblemKind::Malformed));
    site.server.end();
}

#[test]
fn the_answer_to_entries_says_it_too() {
    let (site, _) = site();
    let answer = site.server.send("POST", &wire::entries_path(ledger::station()), br#"{"first":1,"entries":["x"]}"#);
    let answer: EntriesAnswer = serde_json::from_slice(&answer.expect("an answer").body).expect("an answer");
    assert!(answer.missing.expect("takes part").takes(Coding::Lepton));
    site.server.end();
}
