//! A central in memory with officers enrolled, ready to take a day in.

use std::sync::Arc;
use std::time::Duration;

use plano::central::store::{Ledger, MemoryLedger, MemoryPhotos};
use plano::central::{Answer, Central, News, Refusal};
use plano::digest::Digest;
use plano::protocol::election::Election;
use plano::protocol::ids::{Slot, StationId};
use plano::protocol::people::{Accreditation, Enrolment};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::deliveries::{Day, moment};
use super::election;

/// An honest central in memory.
pub(crate) fn in_memory(election: &Election) -> Central {
    over(election, Box::new(MemoryLedger::default()))
}

/// A central over any ledger, with photos in memory.
pub(crate) fn over(election: &Election, ledger: Box<dyn Ledger>) -> Central {
    Central::open(election.clone(), election::central(), ledger, Arc::new(MemoryPhotos::default())).expect("opens")
}

/// The enrolment of an officer with a fresh code.
pub(crate) fn wish(central: &mut Central, station: StationId, slot: Slot) -> Vec<u8> {
    let mut rng = StdRng::seed_from_u64(7);
    let day = Duration::from_hours(24);
    let issued = central.issue_codes([(station, slot)], day, moment(0), &mut rng).expect("issues");
    let key = election::officer(station, slot);
    let code = issued[0].code.to_string();
    let digest = central.election().digest();
    Enrolment::sign(digest, (station, slot), &code, &key).expect("signs").bytes().to_vec()
}

/// Enrols both officers and gives the digests of their accreditations.
pub(crate) fn enrol_both(central: &mut Central, station: StationId) -> [Digest; 2] {
    Slot::BOTH.map(|slot| {
        let wish = wish(central, station, slot);
        let answer = central.enrol(wish, moment(0)).expect("accredits");
        Accreditation::verify(answer.bytes, &election::central().public()).expect("an accreditation").digest()
    })
}

/// Hands in entry `at` (from 0) of a day.
pub(crate) fn put(central: &mut Central, day: &Day, at: usize) -> Result<Answer, Refusal> {
    let entry = &day.entries[at];
    central.put_entry(day.station, entry.entry().seq, entry.bytes().to_vec(), moment(600))
}

/// Hands in photo `at` (from 0) of a day.
pub(crate) fn put_photo(central: &mut Central, day: &Day, at: usize) -> Result<Answer, Refusal> {
    let bytes = &day.photos[at];
    central.put_photo(day.station, &Digest::of(bytes), &mut bytes.as_slice(), moment(601))
}

/// Hands in a checkpoint that a witness cosigned.
pub(crate) fn cosigned(central: &mut Central, bytes: Vec<u8>) -> Result<News, Refusal> {
    let checked = central.check_cosigned(bytes)?;
    central.keep_cosigned(checked)
}
