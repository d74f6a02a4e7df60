//! Entries and photos: what is accepted, what is refused, what is kept of what was refused.

use plano::central::{FiledKind, News, Refusal};
use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::receipt::{Item, Receipt, What};

use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};

#[test]
fn a_whole_day_is_receipted_and_every_receipt_holds() {
    let election = small(2);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    for (at, entry) in day.entries.iter().enumerate() {
        let answer = put(&mut central, &day, at).expect("accepted");
        assert_eq!(answer.news, News::New);
        let item = Item { station: day.station, what: What::Entry(entry.entry().seq), digest: entry.digest() };
        Receipt::verify(&answer.bytes, &key().public()).expect("holds").covers(&item).expect("covers");
    }
    assert_eq!(central.filed(day.station).expect("reads"), [], "a careful day leaves nothing to look at");
    assert_eq!(central.missing(day.station).expect("known").photos.len(), 6);
    for (at, photo) in day.photos.iter().enumerate() {
        let answer = put_photo(&mut central, &day, at).expect("accepted");
        let item = Item { station: day.station, what: What::Photo(photo.len() as u64), digest: Digest::of(photo) };
        Receipt::verify(&answer.bytes, &key().public()).expect("holds").covers(&item).expect("covers");
    }
    let missing = central.missing(day.station).expect("known");
    assert_eq!((missing.head, missing.photos), (day.head(), Vec::new()));
    let checkpoint = central.checkpoint().expect("reads").expect("signed");
    let checkpoint = Checkpoint::verify(checkpoint, &key().public()).expect("holds");
    assert_eq!(checkpoint.size(), (day.entries.len() + day.photos.len()) as u64);
}

#[test]
fn the_same_thing_again_gets_the_same_receipt() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    let first: Vec<_> = (0..day.entries.len()).map(|at| put(&mut central, &day, at).expect("accepted")).collect();
    for (at, first) in first.iter().enumerate() {
        let again = put(&mut central, &day, at).expect("accepted");
        assert_eq!((again.news, &again.bytes), (News::Known, &first.bytes));
    }
    assert_eq!(central.health().log_size, day.entries.len() as u64);
}

#[test]
fn what_does_not_follow_is_told_what_is_held() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    put(&mut central, &day, 0).expect("accepted");
    match put(&mut central, &day, 2) {
        Err(Refusal::Gap { head, .. }) => assert_eq!(head.map(|head| head.digest), Some(day.entries[0].digest())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_history_is_kept_and_not_accepted() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let mut day = Day::whole(&election, station(1), 1, accreditations);
    for at in 0..4 {
        put(&mut central, &day, at).expect("accepted");
    }
    let accepted = day.entries[3].digest();
    day.entries.truncate(3);
    day.add(By::P1, Body::Incident(Incident { text: "another history".into() }));
    for _ in 0..2 {
        match put(&mut central, &day, 3) {
            Err(Refusal::Diverged { head, .. }) => assert_eq!(head.map(|head| head.digest), Some(accepted)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((central.diverged(), central.health().log_size), (1, 4), "kept once, accepted never");
}

#[test]
fn signed_entries_that_break_the_rules_of_the_day_are_accepted_and_filed() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let mut day = Day::opened(&election, station(1), accreditations);
    day.add(By::Both, Body::Incident(Incident { text: " ".into() }));
    for at in 0..2 {
        assert_eq!(put(&mut central, &day, at).expect("accepted").news, News::New);
    }
    let filed = central.filed(station(1)).expect("reads");
    let names: Vec<_> = filed.iter().map(|filed| (filed.seq.get(), filed.kind, filed.code.as_str())).collect();
    assert_eq!(names, [(2, FiledKind::Violation, "NeedsOne"), (2, FiledKind::Violation, "EmptyText")]);
}

#[test]
fn strangers_and_wrong_addresses_are_refused() {
    let election = small(2);
    let mut central = in_memory(&election);
    let day = Day::opened(&election, station(1), [Digest::of(b"1"), Digest::of(b"2")]);
    assert!(matches!(put(&mut central, &day, 0), Err(Refusal::Signature(_))), "nobody is enrolled");
    let entry = &day.entries[0];
    let (seq, bytes) = (entry.entry().seq, entry.bytes().to_vec());
    let elsewhere = central.put_entry(station(2), seq, bytes.clone(), moment(1));
    assert!(matches!(elsewhere, Err(Refusal::OtherPlace { .. })));
    let stranger = central.put_entry(station(9), seq, bytes, moment(1));
    assert!(matches!(stranger, Err(Refusal::OtherPlace { .. })));
    assert!(matches!(central.put_entry(station(1), seq, vec![0; 9], moment(1)), Err(Refusal::Malformed(_))));
    assert!(matches!(central.missing(station(9)), Err(Refusal::UnknownStation(_))));
}

#[test]
fn photos_come_only_when_named_and_only_as_they_are() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    assert!(matches!(put_photo(&mut central, &day, 0), Err(Refusal::UnnamedPhoto { .. })));
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let (good, sha256) = (&day.photos[0], Digest::of(&day.photos[0]));
    let mut changed = good.clone();
    changed[1] ^= 1;
    let longer = [good.as_slice(), b"x"].concat();
    let mut send = |bytes: &[u8]| central.put_photo(station(1), &sha256, &mut &*bytes, moment(1));
    assert!(matches!(send(&changed), Err(Refusal::OtherBytes(_))));
    assert!(matches!(send(&good[1..]), Err(Refusal::OtherBytes(_))));
    assert!(matches!(send(&longer), Err(Refusal::PhotoLength { .. })));
    let first = send(good).expect("accepted");
    let again = send(b"whatever").expect("held: the bytes are not looked at");
    assert_eq!((first.news, again.news, first.bytes), (News::New, News::Known, again.bytes));
    assert!(!central.missing(station(1)).expect("known").photos.contains(&sha256));
}
