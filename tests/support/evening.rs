//! A central on the evening of the day: a whole city, some stations late, some wrong, some corrected, one with everything.

use std::collections::HashMap;
use std::sync::Mutex;

use plano::central::{Central, Submission};
use plano::digest::Digest;
use plano::form::{Count, Counts, Page};
use plano::paper::{Place, Sheet, Studio};
use plano::protocol::annotation::{Filing, Moved, Remark};
use plano::protocol::election::Election;
use plano::protocol::entry::{Body, By, CopyGiven, Incident, Paper, PaperKind, Recipient};
use plano::protocol::ids::{Level, StationId};
use plano::rehearsal::figures::{Figures, figures};

use super::central::{enrol_both, in_memory};
use super::deliveries::{Camera, Day, moment};
use super::operator::siti;
use super::remarks::{page, say, zero};

/// What an officer might type to harm whoever reads it.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>&amp;'--{{frame}}";

/// The city of Probolinggo with its 328 TPS: the election file in `fixtures`.
pub(crate) fn city() -> Election {
    Election::parse(include_bytes!("../../fixtures/election/probolinggo-2024.note").to_vec()).expect("an election")
}

/// The station of the city that has everything: real photos, a correction, findings, other papers, a second history.
pub(crate) fn full_station() -> StationId {
    "35.74.03.1001-001".parse().expect("a station")
}

/// How far a station has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Come {
    /// Nothing yet.
    Nothing,
    /// Only its first result, out of a QR code.
    Carried,
    /// Only the first form is sealed.
    Half,
    /// Everything but the photos.
    NoPhotos,
    /// All of it, with a sum that does not come out.
    Wrong,
    /// All of it, the second form corrected.
    Corrected,
    /// All of it.
    Whole,
}

fn come(nth: usize, station: StationId) -> Come {
    match (station.kelurahan().to_string().as_str(), nth) {
        // One kelurahan has not reported at all, one has reported everything.
        ("35.74.02.1003", _) if station == carried_from() => Come::Carried,
        ("35.74.02.1003", _) => Come::Nothing,
        ("35.74.04.1001", _) => Come::Whole,
        (_, nth) if nth % 5 == 2 => Come::Nothing,
        (_, nth) if nth % 11 == 3 => Come::Half,
        (_, nth) if nth % 13 == 4 => Come::NoPhotos,
        (_, nth) if nth % 17 == 5 => Come::Wrong,
        (_, nth) if nth % 19 == 6 => Come::Corrected,
        _ => Come::Whole,
    }
}

/// The city's central in memory on the evening of the day.
pub(crate) fn evening() -> Central {
    let election = city();
    let mut central = in_memory(&election);
    let nothing = Box::new(zero(election.plan().stations.len() as u64));
    central.submit_one(Submission::Remark { by: siti(), remark: nothing }, moment(0)).expect("taken");
    let stations: Vec<StationId> = election.plan().stations.iter().map(|station| station.id).collect();
    for (nth, station) in stations.into_iter().enumerate() {
        if station == full_station() {
            everything(&mut central, station, camera(&election));
            continue;
        }
        let come = come(nth, station);
        if come == Come::Nothing {
            continue;
        }
        let accreditations = enrol_both(&mut central, station);
        let mut day = Day::opened(&election, station, accreditations);
        record(&mut day, come, nth as u64);
        if come == Come::Carried {
            carry(&mut central, &day);
            continue;
        }
        deliver(&mut central, &day, come != Come::NoPhotos);
    }
    move_photo(&mut central, &page(full_station(), "gubernur", 2), &page(moved_to(), "gubernur", 2));
    central
}

/// A station that never reported, and to which a photo of the full one belongs by an operator's word.
pub(crate) fn moved_to() -> StationId {
    "35.74.02.1003-002".parse().expect("a station")
}

/// A station of which one result came without its chain.
pub(crate) fn carried_from() -> StationId {
    "35.74.02.1003-003".parse().expect("a station")
}

/// Brings the first result of a day to central, as a QR code does.
fn carry(central: &mut Central, day: &Day) {
    let result = day.entries.iter().find(|entry| matches!(entry.entry().body, Body::Result(_))).expect("a result");
    central.submit_one(Submission::Carried { bytes: result.bytes().to_vec() }, moment(603)).expect("taken");
}

/// An operator says that the photo of a page belongs to another.
fn move_photo(central: &mut Central, from: &Filing, to: &Filing) {
    let photos = central.state(from.station).expect("reported").photos();
    let photo = photos.iter().find(|kept| kept.shows == from.shows).expect("a photo").image.sha256;
    let note = format!("Nomor TPS di lembar ini 002. {HOSTILE}");
    let word = Remark::Moved(Moved { photo, from: from.clone(), to: to.clone(), note });
    say(central, word, 1).expect("taken");
}

fn record(day: &mut Day, come: Come, seed: u64) {
    let election = day.election.clone();
    let registered = election.registered(day.station).expect("takes part");
    for (at, form) in election.forms().iter().enumerate() {
        let contest = form.contest().id;
        let sound = figures(form, registered, seed);
        match (come, at) {
            (Come::Half, 1) => return,
            (Come::Wrong, 0) => day.record_form(contest, &changed(&sound, "valid", 1)),
            (Come::Corrected, 1) => {
                day.record_form(contest, &changed(&sound, "votes.1", 2));
                day.record_revision(contest, &sound, 2, Some("Dua kotak tertukar saat diketik."));
            }
            _ => day.record_form(contest, &sound),
        }
    }
    day.close();
}

/// The same figures with one box larger.
pub(crate) fn changed(figures: &Figures, id: &str, by: u16) -> Figures {
    let form = figures.counts.form().clone();
    let values = figures.counts.iter().map(|(cell, count)| {
        let value = if cell.as_str() == id { Count::new(count.get() + by).expect("fits") } else { count };
        (cell.clone(), value)
    });
    Figures { counts: Counts::from_values(&form, values).expect("the same boxes"), head: figures.head }
}

/// Hands in all entries of a day with one commit, and its photos.
pub(crate) fn deliver(central: &mut Central, day: &Day, photos: bool) {
    let entries = day.entries.iter().map(|entry| Submission::Entry {
        station: day.station,
        seq: entry.entry().seq,
        bytes: entry.bytes().to_vec(),
    });
    for answer in central.submit(entries.collect(), moment(600)) {
        answer.expect("accepted");
    }
    for bytes in day.photos.iter().filter(|_| photos) {
        central.put_photo(day.station, &Digest::of(bytes), &mut bytes.as_slice(), moment(601)).expect("accepted");
    }
}

/// A day with everything that can be on a page, hostile words where officers type words.
pub(crate) fn everything(central: &mut Central, station: StationId, camera: Camera) {
    let election = central.election().clone();
    let accreditations = enrol_both(central, station);
    let mut day = Day::opened(&election, station, accreditations);
    day.camera = camera;
    day.note = Some(format!("Tertulis begitu di plano. {HOSTILE}"));
    let registered = election.registered(station).expect("takes part");
    let [first, second] = [0, 1].map(|at| figures(&election.forms()[at], registered, 5));
    let [one, two] = [0, 1].map(|at| election.forms()[at].contest().id.to_owned());
    day.record_form(&one, &changed(&first, "valid", 1));
    day.record_form(&two, &changed(&second, "votes.2", 3));
    day.record_revision(&two, &second, 2, Some(&format!("Kotak IV.2 salah dibaca. {HOSTILE}")));
    let result = day.entries.last().expect("a result").digest();
    let image = day.image((day.camera)(&one, Page::FIRST, 9, station));
    day.add(By::P2, Body::Paper(Paper { kind: PaperKind::DaftarHadir, contest: None, image }));
    day.add(By::P1, Body::Incident(Incident { text: format!("Hujan deras; TPS dipindah ke balai RW. {HOSTILE}") }));
    day.add(By::P1, Body::CopyGiven(CopyGiven { result, to: Recipient::Saksi(1), refused: None }));
    let refused = Some(format!("Tidak mau menerima. {HOSTILE}"));
    day.add(By::P1, Body::CopyGiven(CopyGiven { result, to: Recipient::Saksi(2), refused }));
    // The same history up to here, and another entry in the place of the closing.
    let mut fork = Day::opened(&election, station, accreditations);
    fork.entries.clone_from(&day.entries);
    day.close();
    deliver(central, &day, true);
    fork.add(By::P2, Body::Incident(Incident { text: format!("Riwayat lain. {HOSTILE}") }));
    let other = fork.entries.last().expect("an entry");
    let refused = central.put_entry(station, other.entry().seq, other.bytes().to_vec(), moment(602));
    assert!(refused.is_err(), "a second history is kept, not accepted");
}

/// Photographs of practice sheets that show the figures of the full station.
fn camera(election: &Election) -> Camera {
    let (election, taken) = (election.clone(), Mutex::new(HashMap::new()));
    Box::new(move |contest, page, revision, station| {
        let key = (contest.to_owned(), page, revision);
        let take = || {
            let form = election.form(contest).expect("a contest");
            let made = figures(form, election.registered(station).expect("takes part"), 5);
            let name = |level: Level| election.name(station.region(level)).expect("named").to_owned();
            let place = Place {
                provinsi: name(Level::Provinsi),
                kota: name(Level::Kota),
                kecamatan: name(Level::Kecamatan),
                kelurahan: name(Level::Kelurahan),
                tps: station.tps(),
            };
            let date = time::Date::from_calendar_date(2024, time::Month::November, 27).expect("a date");
            let pairs = Sheet::placeholder_names(form.pairs());
            let sheet = Sheet::new(made.counts, made.head, place, date, pairs).expect("a sheet");
            let seed = u64::from(revision) + 3;
            Studio::new(&sheet, 1200).photo(&sheet, page, seed).expect("a photo")
        };
        taken.lock().expect("no panic").entry(key).or_insert_with(take).clone()
    })
}
