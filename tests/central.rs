//! Central from outside: what it accepts, refuses, keeps and proves.

use plano::central::{News, Refusal};
use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::ids::Slot;
use plano::protocol::receipt::{Item, Receipt, What};

use crate::support::central::{enrol_both, in_memory, put, put_photo, wish};
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
fn a_lost_accreditation_is_given_again_and_a_used_code_is_not() {
    let election = small(1);
    let mut central = in_memory(&election);
    let wish = wish(&mut central, station(1), Slot::P1);
    let first = central.enrol(wish.clone(), moment(1)).expect("accredits");
    let again = central.enrol(wish, moment(99_999)).expect("accredits");
    assert_eq!((first.news, again.news, &again.bytes), (News::New, News::Known, &first.bytes));
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
