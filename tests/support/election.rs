//! Small practice elections, and keys that are nobody's: every seed here is written out, so none of them is secret.

use plano::protocol::election::{Contest, Election, Mode, Named, Plan, Station, Title};
use plano::protocol::ids::{Level, Slot, StationId};
use plano::protocol::key::PrivateKey;

/// Key of the authority that signs test elections.
pub fn authority() -> PrivateKey {
    PrivateKey::from_seed("kpu.test/authority", &[1; 32]).expect("a key")
}

/// Key of the test central; its name is the origin of the log.
pub fn central() -> PrivateKey {
    PrivateKey::from_seed("central.test/drill", &[2; 32]).expect("a key")
}

/// Key of an officer of a station: a different one for each.
pub fn officer(station: StationId, slot: Slot) -> PrivateKey {
    let mut seed = [3; 32];
    seed[..13].copy_from_slice(station.digits().as_bytes());
    seed[13] = slot as u8;
    PrivateKey::from_seed(slot.key_name(station), &seed).expect("a key")
}

/// The station with this number in the kelurahan Mayangan.
pub fn station(tps: u16) -> StationId {
    format!("35.74.03.1001-{tps:03}").parse().expect("a station")
}

/// A drill with stations 1 to `stations` of one kelurahan, each with 270 men and 277 women on the DPT: governor with 3
/// pairs, mayor with 4.
pub fn small(stations: u16) -> Election {
    Election::sign(&plan(stations), &authority()).expect("a valid plan")
}

/// The plan of [`small`], to be changed before it is signed.
pub fn plan(stations: u16) -> Plan {
    let title = Title {
        id: "test-drill",
        name: "Latihan uji",
        mode: Mode::Drill,
        date: "2024-11-27",
        utc_offset: 7,
        form: "kwk-2024",
    };
    let mut plan = Plan::new(&title);
    plan.contests = [("gubernur", 3), ("walikota", 4)].map(|(id, pairs)| contest(id, pairs)).to_vec();
    plan.stations = (1..=stations).map(|tps| Station { id: station(tps), dpt_l: 270, dpt_p: 277 }).collect();
    let tiers = [Level::Provinsi, Level::Kota, Level::Kecamatan, Level::Kelurahan];
    let names = ["Jawa Timur", "Kota Probolinggo", "Mayangan", "Mayangan"];
    let with_code = |(level, name): (Level, &str)| Named { code: station(1).region(level), name: name.into() };
    plan.regions = tiers.into_iter().zip(names).map(with_code).collect();
    plan
}

fn contest(id: &str, pairs: u8) -> Contest {
    Contest { id: id.into(), pairs: (1..=pairs).map(|pair| format!("Pasangan Calon {pair}")).collect() }
}
