//! Setting up, enrolling, unlocking: from outside.

use std::fs;
use std::time::Duration;

use plano::clock::Timestamp;
use plano::form::Lang;
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::people::{Accreditation, Enrolment};
use plano::recorder::{Next, Officer, Pin, Place, RecorderError, Setup, Station};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use crate::support::election;
use crate::support::ledger::moment;
use crate::support::station::{Day, accreditation, enrol, pin, setup};

fn scratch() -> (tempfile::TempDir, Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::new(folder.path().join("tps"));
    (folder, place)
}

#[test]
fn a_station_that_does_not_take_part_is_not_set_up() {
    let (_folder, place) = scratch();
    let foreign = Setup { station: election::station(9), ..setup() };
    let refused = Station::init(place.clone(), &foreign, moment(0)).expect_err("not in the file");
    assert!(matches!(refused, RecorderError::NotTakingPart(_)) && refused.text(Lang::Id).contains("1001-009"));
    assert!(!place.root().exists());
}

#[test]
fn a_folder_in_use_is_left_alone_and_an_interrupted_setup_is_repeated() {
    let (_folder, place) = scratch();
    fs::create_dir_all(place.photos()).expect("makes");
    fs::write(place.root().join("ledger.new"), b"half").expect("writes");
    Station::init(place.clone(), &setup(), moment(0)).expect("goes on where a crash left off");
    let again = Station::init(place.clone(), &setup(), moment(0)).expect_err("in use");
    assert!(matches!(again, RecorderError::InUse(_)), "{again}");
    Station::open(place).expect("still opens");
    let (_folder, place) = scratch();
    fs::create_dir_all(place.root()).expect("makes");
    fs::write(place.root().join("thesis.odt"), b"mine").expect("writes");
    assert!(matches!(Station::init(place, &setup(), moment(0)), Err(RecorderError::InUse(_))));
}

#[test]
fn an_enrolment_can_be_repeated_and_its_answer_must_be_centrals() {
    let (_folder, place) = scratch();
    let mut station = Station::init(place.clone(), &setup(), moment(0)).expect("sets up");
    assert_eq!(station.status().expect("status").next, Next::Enrol { slot: Slot::P1 });
    let mut rng = StdRng::seed_from_u64(1);
    let first = station.enrol((Slot::P1, &pin(Slot::P1)), "CODE", &mut rng, moment(0)).expect("enrols");
    let again = station.enrol((Slot::P1, &pin(Slot::P1)), "CODE", &mut rng, moment(0)).expect("repeats");
    assert_eq!(first, again, "the same key, the same wish");
    let other = station.enrol((Slot::P1, &pin(Slot::P2)), "CODE", &mut rng, moment(0)).expect_err("another PIN");
    assert!(matches!(other, RecorderError::WrongPin { slot: Slot::P1, .. }), "{other}");
    let stranger = Enrolment::verify(first.bytes().to_vec()).expect("a wish");
    let forged = Accreditation::sign(&stranger, Seq::FIRST, moment(0), &election::authority()).expect("signs");
    let forged = station.accredit(forged.note().bytes().to_vec(), moment(0));
    assert!(matches!(forged, Err(RecorderError::Accreditation(_))), "{forged:?}");
    let (_elsewhere, far) = scratch();
    let far = Station::init(far, &Setup { station: election::station(2), ..setup() }, moment(0)).expect("sets up");
    let wish = far.enrol((Slot::P1, &pin(Slot::P1)), "CODE", &mut rng, moment(0)).expect("enrols");
    let misled = station.accredit(accreditation(wish.bytes()), moment(0));
    assert!(matches!(misled, Err(RecorderError::OtherAccreditation(Slot::P1))), "{misled:?}");
    for _ in 0..2 {
        station.accredit(accreditation(first.bytes()), moment(1)).expect("twice is once");
    }
    assert_eq!(station.ledger().accreditations().expect("reads").len(), 1);
    assert_eq!(station.status().expect("status").next, Next::Enrol { slot: Slot::P2 });
}

#[test]
fn the_station_opens_only_with_both_and_only_by_those_accredited() {
    let (_folder, place) = scratch();
    let mut station = Station::init(place, &setup(), moment(0)).expect("sets up");
    enrol(&mut station, Slot::P1);
    let first = station.unlock(Slot::P1, &pin(Slot::P1), moment(1)).expect("unlocks");
    assert!(station.open_day(&first, moment(1)).expect("no error").is_none(), "the other is missing");
    let early = station.incident(&first, "x", moment(1)).expect_err("not open");
    assert!(matches!(early, RecorderError::Against(_)), "{early}");
    enrol(&mut station, Slot::P2);
    station.open_day(&first, moment(2)).expect("opens").expect("something to do");
    assert!(station.status().expect("status").opened);
}

#[test]
fn wrong_pins_are_slowed_even_by_a_new_start_and_a_clock_set_back() {
    let mut day = Day::enrolled();
    let wrong = Pin::typed("000001");
    let unlock = |day: &Day, pin: &Pin, at: Timestamp| {
        day.station.unlock(Slot::P1, pin, at).map(|officer: Officer| officer.slot())
    };
    let mut at = moment(10_000);
    for expected in [1, 2, 4] {
        let refused = unlock(&day, &wrong, at).expect_err("wrong");
        assert!(matches!(refused, RecorderError::WrongPin { wait, .. } if wait == Duration::from_secs(expected)));
        day.restart();
        let early =
            unlock(&day, &pin(Slot::P1), at.after(Duration::from_millis(expected * 1000 - 1))).expect_err("early");
        assert!(matches!(early, RecorderError::Locked { wait, .. } if wait == Duration::from_millis(1)), "{early}");
        assert!(early.text(Lang::Id).contains("1 detik"), "{}", early.text(Lang::Id));
        at = at.after(Duration::from_secs(expected));
    }
    let back = unlock(&day, &pin(Slot::P1), moment(0)).expect_err("the clock was set back");
    assert!(matches!(back, RecorderError::Locked { wait, .. } if wait == Duration::from_secs(4)), "{back}");
    assert_eq!(unlock(&day, &pin(Slot::P1), at).expect("right"), Slot::P1);
    assert_eq!(day.station.unlock(Slot::P2, &pin(Slot::P2), at).expect("another's").slot(), Slot::P2);
    let next = unlock(&day, &wrong, at).expect_err("wrong");
    assert!(matches!(next, RecorderError::WrongPin { wait, .. } if wait == Duration::from_secs(1)), "counted anew");
}

#[test]
fn no_key_lies_on_disk_in_the_clear() {
    let day = Day::enrolled();
    let mut rng = StdRng::seed_from_u64(Slot::P1 as u64);
    let mut seed = [0_u8; 32];
    rand::Rng::fill_bytes(&mut rng, &mut seed);
    let mut files = vec![day.place().root().to_owned()];
    let mut looked = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).expect("lists").map(|name| name.expect("name").path()));
            continue;
        }
        let bytes = fs::read(&path).expect("reads");
        assert!(!bytes.windows(32).any(|window| window == seed), "{}", path.display());
        looked += 1;
    }
    assert!(looked >= 3, "two keys and a ledger: {looked}");
}

#[test]
fn a_forgotten_pin_costs_a_new_code_and_no_evidence() {
    let mut day = Day::open();
    let now = day.now();
    day.station.incident(&day.officers[0], "sebelum", now).expect("records");
    let (mut rng, fresh) = (StdRng::seed_from_u64(9), Pin::chosen("kunci yang baru").expect("a passphrase"));
    let wish = day.station.enrol_anew((Slot::P1, &fresh), "NEW-CODE", &mut rng).expect("makes another key");
    let again = day.station.enrol_anew((Slot::P1, &fresh), "NEW-CODE", &mut rng).expect("repeats");
    assert_eq!(wish, again);
    let now = day.now();
    day.station.incident(&day.officers[0], "kunci lama masih berlaku", now).expect("records");
    let coming = Seq::new(4).expect("seq");
    let wish = Enrolment::verify(wish.bytes().to_vec()).expect("a wish");
    let known = Accreditation::sign(&wish, coming, now, &election::central()).expect("accredits");
    for _ in 0..2 {
        day.station.accredit(known.note().bytes().to_vec(), now).expect("twice is once");
    }
    let old = day.station.incident(&day.officers[0], "kunci lama", now).expect_err("its time is over");
    assert!(matches!(old, RecorderError::NotAccredited(_)) && old.text(Lang::Id).contains("disahkan"), "{old}");
    day.restart();
    let refused = day.station.unlock(Slot::P1, &pin(Slot::P1), moment(900_000)).expect_err("the old PIN");
    assert!(matches!(refused, RecorderError::WrongPin { .. }), "{refused}");
    let officer = day.station.unlock(Slot::P1, &fresh, moment(990_000)).expect("the new one");
    day.station.incident(&officer, "sesudah", moment(990_000)).expect("records");
    day.station.sound().expect("entries of both keys hold");
    assert!(day.station.status().expect("status").officers[0].accredited);
}
