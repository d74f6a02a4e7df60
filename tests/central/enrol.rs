//! Codes and accreditations.

use std::time::Duration;

use plano::central::{Central, News, Refusal, officers};
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::key::PrivateKey;
use plano::protocol::people::{Accreditation, Enrolment};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::support::central::{enrol_both, in_memory, put, wish};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, officer, small, station};

fn wish_with(central: &Central, code: &str, key: &PrivateKey) -> Vec<u8> {
    let election = central.election().digest();
    Enrolment::sign(election, (station(1), Slot::P1), code, key).expect("signs").bytes().to_vec()
}

#[test]
fn a_lost_accreditation_is_given_again_and_a_used_code_works_for_no_other_key() {
    let election = small(1);
    let mut central = in_memory(&election);
    let wish = wish(&mut central, station(1), Slot::P1);
    let first = central.enrol(wish.clone(), moment(1)).expect("accredits");
    let again = central.enrol(wish.clone(), moment(99_999)).expect("accredits");
    assert_eq!((first.news, again.news, &again.bytes), (News::New, News::Known, &first.bytes));
    let code = Enrolment::verify(wish).expect("a wish").code;
    let thief = PrivateKey::from_seed(Slot::P1.key_name(station(1)), &[99; 32]).expect("a key");
    let stolen = wish_with(&central, &code, &thief);
    assert!(matches!(central.enrol(stolen, moment(2)), Err(Refusal::Code { .. })));
    assert_eq!(central.accreditations(station(1)).expect("known").len(), 1);
}

#[test]
fn only_the_newest_code_works_and_only_in_its_time() {
    let election = small(1);
    let mut central = in_memory(&election);
    let mut rng = StdRng::seed_from_u64(1);
    let hour = Duration::from_hours(1);
    let mut issue = |central: &mut Central| {
        let issued = central.issue_codes(officers(&small(1)), hour, moment(0), &mut rng).expect("issues");
        assert_eq!(issued.len(), 2);
        issued[0].code.to_string()
    };
    let (old, new) = (issue(&mut central), issue(&mut central));
    let mine = officer(station(1), Slot::P1);
    for (code, minutes, works) in
        [(&old, 1, false), (&new, 61, false), (&new.to_lowercase().replace('-', " "), 2, true)]
    {
        let answer = central.enrol(wish_with(&central, code, &mine), moment(minutes));
        assert_eq!(answer.is_ok(), works, "{code} after {minutes} minutes");
    }
}

#[test]
fn guessing_is_slowed_for_one_station_and_not_for_the_others() {
    let election = small(2);
    let mut central = in_memory(&election);
    let good = wish(&mut central, station(1), Slot::P1);
    let elsewhere = wish(&mut central, station(2), Slot::P2);
    let mine = officer(station(1), Slot::P1);
    for guess in 0..5 {
        let code = format!("00000-00000-00000-0000{guess}");
        assert!(matches!(central.enrol(wish_with(&central, &code, &mine), moment(1)), Err(Refusal::Code { .. })));
    }
    match central.enrol(good.clone(), moment(1)) {
        Err(refusal @ Refusal::TooManyCodes { .. }) => assert_eq!(refusal.retry_after(), Some(Duration::from_secs(1))),
        other => panic!("{other:?}"),
    }
    assert!(central.enrol(elsewhere, moment(1)).is_ok());
    assert!(central.enrol(good, moment(2)).is_ok(), "the right code works after the wait");
}

#[test]
fn a_lost_machine_is_replaced_from_the_next_entry_on() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    for at in 0..3 {
        put(&mut central, &day, at).expect("accepted");
    }
    let mut rng = StdRng::seed_from_u64(2);
    let issued = central.issue_codes([(station(1), Slot::P1)], Duration::from_hours(1), moment(5), &mut rng);
    let code = issued.expect("issues")[0].code.to_string();
    let new_key = PrivateKey::from_seed(Slot::P1.key_name(station(1)), &[98; 32]).expect("a key");
    let answer = central.enrol(wish_with(&central, &code, &new_key), moment(6)).expect("accredits");
    let accreditation = Accreditation::verify(answer.bytes, &key().public()).expect("an accreditation");
    assert_eq!((accreditation.from_seq(), accreditation.key()), (Seq::new(4).expect("a position"), &new_key.public()));
    assert!(matches!(put(&mut central, &day, 3), Err(Refusal::Signature(_))), "the old key signs no more");
    put(&mut central, &day, 2).expect("what was accepted stays so");
}
