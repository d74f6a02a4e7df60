//! An officer's key file, pinned: what was encrypted once has to open for ever.

use std::convert::Infallible;

use plano::clock::Timestamp;
use plano::protocol::ids::Slot;
use plano::protocol::people::Enrolment;
use plano::recorder::{Pin, Place, Setup, Station};
use rand::{TryCryptoRng, TryRng};

use crate::support::election::{central, small, station};
use crate::support::golden::{golden, repository};

const PIN: &str = "271828";

/// Counts instead of choosing, so that the same file comes out every time; no key for anything but this test.
struct Counting(u8);

impl TryRng for Counting {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for byte in bytes {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counting {}

fn now() -> Timestamp {
    "2024-11-20T01:00:00.000Z".parse().expect("a moment")
}

/// A station in a scratch folder that has no key yet.
fn set_up(folder: &tempfile::TempDir) -> Station {
    let setup = Setup {
        station: station(1),
        election: small(2),
        central: central().public(),
        url: "https://central.test".to_owned(),
    };
    Station::init(Place::new(folder.path().join("station")), &setup, now()).expect("sets up")
}

#[test]
fn the_key_file_is_fixed() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = set_up(&folder);
    let pin = Pin::chosen(PIN).expect("a PIN");
    new.enrol((Slot::P1, &pin), "AAAAA-BBBBB-CCCCC-DDDDD", &mut Counting(0), now()).expect("enrols");
    golden("key.json", &std::fs::read(new.place().key(Slot::P1)).expect("the key file"));
}

#[test]
fn a_key_file_of_an_earlier_day_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let station = set_up(&folder);
    std::fs::copy(repository("fixtures/golden/key.json"), station.place().key(Slot::P1)).expect("copies");
    let pin = Pin::typed(PIN);
    let wish = station.enrol((Slot::P1, &pin), "ANY-CODE", &mut Counting(100), now()).expect("opens");
    let wish = Enrolment::verify(wish.bytes().to_vec()).expect("signed with the key in the file");
    let file = std::fs::read_to_string(repository("fixtures/golden/key.json")).expect("reads");
    assert!(file.contains(&wish.key.to_string()), "the key that was made then");
    assert!(station.unlock(Slot::P1, &Pin::typed("271829"), now()).is_err(), "another PIN");
}
