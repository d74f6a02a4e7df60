//! The bytes that Plano signs, stores and sends, pinned: what was signed once has to be read for ever.

use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::Page;
use plano::protocol::annotation::{self, Annotation, Filing, Handled, Moved, Remark, Zero};
use plano::protocol::chain::ChainHead;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::coding::Coding;
use plano::protocol::cosignature::Cosigner;
use plano::protocol::entry::{Body, By, Image, Light, PaperKind, Photo};
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::merkle;
use plano::protocol::people::Enrolment;
use plano::protocol::receipt::{self, Item, Received, What};
use plano::protocol::sealed::SealedEntry;
use plano::protocol::state::Shows;
use plano::protocol::wire::{Health, Missing, Problem, ProblemKind, SERVICE, limits};

use crate::support::day::Day;
use crate::support::election::{central, officer, small, station};
use crate::support::golden::golden;

#[test]
fn election_enrolment_and_accreditation_are_fixed() {
    let election = small(2);
    golden("election.note", election.note().bytes());
    let key = officer(station(1), Slot::P1);
    let wish = Enrolment::sign(election.digest(), (station(1), Slot::P1), "AAAAA-BBBBB-CCCCC-DDDDD", &key);
    golden("enrolment.note", wish.expect("signs").bytes());
    let day = Day::new(&election, station(1));
    golden("accreditation.note", day.accreditations[0].note().bytes());
}

#[test]
fn every_event_is_fixed_and_read_back() {
    let day = Day::whole(&small(2), station(1));
    let mut kinds = std::collections::BTreeSet::new();
    for entry in &day.entries {
        if kinds.insert(entry.entry().body.name()) {
            golden(&format!("entry-{}.note", entry.entry().body.name()), entry.bytes());
        }
        let read = SealedEntry::parse(entry.bytes().to_vec()).expect("reads");
        assert_eq!(&read, entry);
        read.signed_by(&day.roster()).expect("signed");
    }
    assert_eq!(kinds.len(), 8, "one of every event: {kinds:?}");
}

#[test]
fn a_photo_with_a_light_copy_is_fixed_and_read_back() {
    let mut day = Day::new(&small(2), station(1));
    day.open();
    let image = Image { bytes: 2_500_000, ..day.image("gubernur-1") };
    let plain = Photo { contest: "gubernur".into(), page: Page::FIRST, image, replaces: None };
    let light = Some(Light { sha256: Digest::of(b"light copy"), bytes: 131_072 });
    let image = Image { light, ..plain.image.clone() };
    let entry = day.add(By::P1, Body::Photo(Photo { image, ..plain.clone() }));
    golden("entry-photo-light.note", entry.bytes());
    assert_eq!(SealedEntry::parse(entry.bytes().to_vec()).expect("reads"), entry);
    let mut other = Day::new(&small(2), station(1));
    other.open();
    let without = other.add(By::P1, Body::Photo(plain));
    let text = |entry: &SealedEntry| String::from_utf8(entry.bytes().to_vec()).expect("text");
    let named = format!(",\"light\":{{\"sha256\":\"{}\",\"bytes\":131072}}", Digest::of(b"light copy"));
    let signed = |text: &str| text.split("\n\n").next().expect("a text").to_owned();
    assert_eq!(signed(&text(&entry)).replacen(&named, "", 1), signed(&text(&without)), "one field more, nothing else");
    assert!(SealedEntry::parse(text(&entry).replacen("131072", "131072,\"kind\":1", 1).into_bytes()).is_err());
}

#[test]
fn leaf_checkpoint_and_receipt_are_fixed() {
    let day = Day::whole(&small(2), station(1));
    let at: Timestamp = "2024-11-27T13:58:02.114Z".parse().expect("a moment");
    let entry = &day.entries[0];
    let item = Item { station: station(1), what: What::Entry(Seq::FIRST), digest: entry.digest() };
    let leaf = Received { item, at }.leaf();
    golden("received.leaf", &leaf);
    let photo = Item { station: station(1), what: What::Photo(2_500_000), digest: Digest::of(b"photo") };
    golden("received-photo.leaf", &Received { item: photo, at }.leaf());
    let other = merkle::leaf_hash(b"another leaf\n");
    let root = merkle::node_hash(&other, &merkle::leaf_hash(&leaf));
    let checkpoint = Checkpoint::sign(2, root, &central()).expect("signs");
    golden("checkpoint.note", checkpoint.note().bytes());
    let witness = Cosigner::from_seed("pers.test/saksi", &[4; 32]).expect("a key");
    let cosigned = checkpoint.with_signature(&witness.cosign(&checkpoint, at)).expect("fits");
    golden("cosigned.note", cosigned.note().bytes());
    witness.public().verify(&cosigned).expect("holds");
    let receipt = receipt::write(&leaf, 1, &[other], &checkpoint);
    golden("receipt.tlog-proof", &receipt);
    receipt::Receipt::verify(&receipt, &central().public()).expect("holds").covers(&item).expect("covers");
}

#[test]
fn what_operators_say_is_fixed() {
    let election = small(2);
    let at: Timestamp = "2024-11-27T13:58:02.114Z".parse().expect("a moment");
    let day = Day::whole(&election, station(1));
    let photo = day.state.photos()[0].clone();
    let from = Filing { station: station(1), shows: photo.shows };
    let to = Filing { station: station(2), shows: Shows::Paper(PaperKind::KejadianKhusus) };
    let (sha256, seq, entry) = (photo.image.sha256, day.entries[1].entry().seq, day.entries[1].digest());
    let code = "E302".to_owned();
    let remarks = [
        Remark::Moved(Moved { photo: sha256, from, to, note: "foto TPS 002".into() }),
        Remark::Handled(Handled { station: station(1), seq, entry, code, note: "sudah dicek".into() }),
        Remark::Zero(Zero { log_size: 0, stations: 2 }),
    ];
    for (name, remark) in ["moved", "handled", "zero"].into_iter().zip(remarks) {
        let by = "siti".parse().expect("a name");
        let said = Annotation::sign(election.digest(), (by, at), remark, &central()).expect("signs");
        golden(&format!("annotation-{name}.note"), said.note().bytes());
        let read = Annotation::verify(said.note().bytes().to_vec(), &central().public()).expect("reads");
        assert_eq!(read, said);
        if name == "zero" {
            golden("annotated.leaf", &annotation::leaf(&said.digest()));
        }
    }
}

#[test]
fn answers_of_central_are_fixed() {
    let head = ChainHead { seq: Seq::FIRST, digest: Digest::of(b"entry") };
    let json = |value: &dyn erased::Json| value.json();
    let missing = Missing { head: Some(head), photos: vec![Digest::of(b"photo")], codings: vec![] };
    golden("missing.json", &json(&missing));
    golden("missing-codings.json", &json(&missing.and_takes(Coding::Lepton)));
    golden("problem-gap.json", &json(&Problem::new(ProblemKind::Gap, "send entry 2 first").with_head(Some(head))));
    let kinds: Vec<_> = ProblemKind::ALL.map(|kind| Problem::new(kind, "")).to_vec();
    golden("problems.json", &json(&kinds[..11].to_vec()));
    golden("problems-uploads.json", &json(&kinds[11..].to_vec()));
    let health = Health {
        service: SERVICE.into(),
        election: Digest::of(b"election"),
        origin: "central.test/drill".into(),
        log_size: 7,
        entry_bytes: limits::ENTRY_BYTES,
        photo_bytes: limits::PHOTO_BYTES,
    };
    golden("health.json", &json(&health));
}

/// Serializes anything to one line of JSON and a newline.
mod erased {
    pub trait Json {
        fn json(&self) -> Vec<u8>;
    }

    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> Vec<u8> {
            let mut bytes = serde_json::to_vec(self).expect("serializes");
            bytes.push(b'\n');
            bytes
        }
    }
}

#[test]
fn statements_of_another_kind_or_with_other_fields_are_refused() {
    let election = small(2);
    let day = Day::whole(&election, station(1));
    let good = String::from_utf8(day.entries[0].bytes().to_vec()).expect("text");
    for (from, to) in [
        ("plano/entry@1", "plano/entry@2"),
        ("\"by\":\"p2\"", "\"by\":\"p3\""),
        ("\"by\":\"p2\"", "\"by\":\"p2\",\"by\":\"p1\""),
        ("\"by\":\"p2\"", "\"by\":\"p2\",\"extra\":1"),
        ("\"seq\":1", "\"seq\":0"),
        ("\"seq\":1", "\"seq\":1.0"),
        ("-001\"", "-01\""),
        ("\"opened\":", "\"unheard_of\":"),
    ] {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good, "{from} stands in the entry");
        assert!(SealedEntry::parse(changed.into_bytes()).is_err(), "{to}");
    }
    assert!(SealedEntry::parse(election.note().bytes().to_vec()).is_err());
}
