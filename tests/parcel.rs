//! Parcels: packed at the station, carried in parts and out of order, damaged on the way, and the receipts back.

use std::io::Read as _;

use plano::digest::Digest;
use plano::protocol::receipt::{Item, What};
use plano::store::OutcomeKind;
use plano::sync::parcel::{Consignment, Delivered, Fate, Fault, Packing, ParcelError, Satchel, SatchelError, Scope};
use plano::sync::parcel::{deliver, take_in};
use tokio::runtime::Runtime;

use crate::support::ledger::moment;
use crate::support::scripted::Scripted;

/// Every part of a parcel of at most `most` bytes.
fn packed(station: &Scripted, most: Option<u64>) -> Vec<Vec<u8>> {
    let photos = station.photos();
    let packing = Packing::of(&station.ledger(), &photos, Scope::Open, moment(5_000)).expect("packs");
    assert_eq!(packing.left, []);
    let parts = 0..packing.parts(most);
    parts.map(|part| packing.write(&photos, (part, most), Vec::new()).expect("writes")).collect()
}

fn carry(station: &Scripted, satchel: &Satchel) -> Vec<Delivered> {
    let held = satchel.consignments().expect("reads");
    let [consignment] = &held[..] else { panic!("one station, not {}", held.len()) };
    let work = deliver(consignment, &station.uplink, &station.time, 3);
    Runtime::new().expect("a runtime").block_on(work).expect("the satchel works")
}

fn fates(delivered: &[Delivered]) -> [usize; 3] {
    let count = |is: fn(&Fate) -> bool| delivered.iter().filter(|one| is(&one.fate)).count();
    [
        count(|fate| *fate == Fate::Received),
        count(|fate| *fate == Fate::Early),
        count(|fate| matches!(fate, Fate::Refused(_) | Fate::Later(_))),
    ]
}

fn receipts(satchel: &Satchel) -> Vec<u8> {
    let held: Vec<Consignment> = satchel.consignments().expect("reads");
    held[0].write_receipts(moment(6_000), Vec::new()).expect("writes")
}

#[test]
fn two_halves_carried_in_the_wrong_order_complete_and_their_receipts_come_home() {
    let station = Scripted::new(12, 3);
    let items = station.items().len();
    let halves = packed(&station, Some(4_000));
    assert!(halves.len() >= 2, "{} parts", halves.len());
    let folder = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(folder.path());
    for half in halves.iter().skip(1) {
        assert!(satchel.take_over(half.as_slice()).expect("takes over").spoiled.is_empty());
    }
    let [received, early, failed] = fates(&carry(&station, &satchel));
    assert_eq!((received, failed), (0, 0), "everything waits for the first half");
    assert!(early > 0);
    // The stick comes twice.
    for _ in 0..2 {
        satchel.take_over(halves[0].as_slice()).expect("takes over");
    }
    assert_eq!(fates(&carry(&station, &satchel)), [items, 0, 0]);
    assert_eq!(station.ledger().pending().expect("reads").len(), items, "the station knows nothing yet");
    let back = receipts(&satchel);
    let taken = take_in(&station.ledger(), back.as_slice(), moment(7_000)).expect("takes in");
    assert_eq!((taken.new.len(), taken.parcel.spoiled.len()), (items, 0));
    station.assert_received();
    let again = take_in(&station.ledger(), back.as_slice(), moment(7_001)).expect("takes in");
    assert_eq!((again.new.len(), again.parcel.taken), (0, items), "twice does no harm");
    let attempts = station.ledger().attempts().expect("reads");
    assert!(attempts.iter().all(|attempt| attempt.outcome == Some(OutcomeKind::Stored)));
    assert_eq!(packed(&station, None).len(), 1, "a parcel of nothing but its label");
}

#[test]
fn a_tampered_parcel_is_refused_item_by_item_and_the_rest_arrives() {
    let station = Scripted::new(6, 4);
    let [sound] = &packed(&station, None)[..] else { panic!("one part") };
    let (photo, entry) = (b"photo 1 of 4", b"\"incident\"");
    let mut bad = sound.clone();
    let at = find(&bad, photo).expect("the photo's bytes");
    bad[at] ^= 1;
    let last = sound.windows(entry.len()).rposition(|window| window == entry).expect("an entry's bytes");
    bad[last + 1] ^= 1;
    let folder = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(folder.path());
    let taken = satchel.take_over(bad.as_slice()).expect("a parcel");
    assert_eq!(taken.spoiled.len(), 2);
    assert!(taken.spoiled.iter().all(|spoiled| matches!(spoiled.fault, Fault::Digest)), "{:?}", taken.spoiled);
    let [received, early, failed] = fates(&carry(&station, &satchel));
    assert_eq!((received + early, failed), (station.items().len() - 2, 0));
    assert!(received > 0);
    satchel.take_over(sound.as_slice()).expect("the sound copy");
    assert_eq!(fates(&carry(&station, &satchel)), [station.items().len(), 0, 0]);
    take_in(&station.ledger(), receipts(&satchel).as_slice(), moment(7_000)).expect("takes in");
    station.assert_received();
}

#[test]
fn an_entry_under_a_fitting_name_that_no_officer_signed_is_refused_by_central_alone() {
    let station = Scripted::new(2, 5);
    let [sound] = &packed(&station, None)[..] else { panic!("one part") };
    let mut forged = Vec::new();
    let mut archive = tar::Archive::new(sound.as_slice());
    let mut out = tar::Builder::new(&mut forged);
    for file in archive.entries().expect("reads") {
        let mut file = file.expect("a file");
        let (mut name, mut bytes) = (file.path().expect("a path").to_string_lossy().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).expect("reads");
        if name.starts_with("entries/000003") {
            // A minute later than what the officer signed.
            let text = String::from_utf8(bytes).expect("text");
            let (before, after) = text.split_once("\"at\":\"2024-11-27T").expect("a moment");
            bytes = format!("{before}\"at\":\"2024-11-28T{after}").into_bytes();
            name = format!("entries/000003-{}.note", Digest::of(&bytes));
        }
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        out.append_data(&mut header, name, bytes.as_slice()).expect("writes");
    }
    out.into_inner().expect("ends");
    let folder = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(folder.path());
    let taken = satchel.take_over(forged.as_slice()).expect("a parcel");
    let delivered = carry(&station, &satchel);
    let third = |item: &Item| item.what == What::Entry(3.try_into().expect("a position"));
    assert_eq!(taken.spoiled.len(), 0, "to the carrier it looks like an entry");
    let refused = |one: &&Delivered| matches!(one.fate, Fate::Refused(_));
    let refused: Vec<_> = delivered.iter().filter(refused).map(|one| one.item).collect();
    assert!(matches!(refused[..], [item] if third(&item)), "{delivered:?}");
    assert_eq!(delivered.iter().filter(|one| one.fate == Fate::Received && !third(&one.item)).count(), 2);
}

#[test]
fn a_parcel_that_was_cut_off_gives_what_is_whole() {
    let station = Scripted::new(8, 6);
    let [sound] = &packed(&station, None)[..] else { panic!("one part") };
    let folder = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(folder.path());
    let taken = satchel.take_over(&sound[..sound.len() / 2]).expect("a parcel");
    assert!(taken.cut.is_some() && taken.taken > 0, "{taken:?}");
    satchel.take_over(sound.as_slice()).expect("the whole one");
    assert_eq!(fates(&carry(&station, &satchel)), [station.items().len(), 0, 0]);
}

#[test]
fn hostile_archives_are_answered_and_nothing_is_unpacked_by_its_name() {
    let station = Scripted::new(2, 7);
    let [sound] = &packed(&station, None)[..] else { panic!("one part") };
    let folder = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(folder.path().join("satchel"));
    let not_a_parcel =
        |bytes: &[u8]| matches!(satchel.take_over(bytes), Err(SatchelError::Parcel(ParcelError::NoLabel)));
    assert!(not_a_parcel(b""));
    assert!(not_a_parcel(b"<html>Welcome</html>"));
    assert!(not_a_parcel(&[0; 4096]));
    assert!(not_a_parcel(&sound[512..]), "without its label's head");
    let label = {
        let mut archive = tar::Archive::new(sound.as_slice());
        let mut first = archive.entries().expect("reads").next().expect("a file").expect("reads");
        let mut text = Vec::new();
        first.read_to_end(&mut text).expect("reads");
        text
    };
    let mut hostile = Vec::new();
    let mut out = tar::Builder::new(&mut hostile);
    let mut add = |name: &str, kind: tar::EntryType, size: u64, bytes: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.as_ustar_mut().expect("ustar").name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_size(size);
        header.set_cksum();
        out.append(&header, bytes).expect("writes");
    };
    let digest = Digest::of(b"x");
    add("parcel.json", tar::EntryType::Regular, label.len() as u64, &label);
    add("../outside", tar::EntryType::Regular, 1, b"x");
    add(&format!("photos/{digest}.jpg"), tar::EntryType::Symlink, 0, b"");
    add(&format!("entries/000001-{digest}.note"), tar::EntryType::Regular, 1, b"x");
    drop(out);
    let taken = satchel.take_over(hostile.as_slice()).expect("a parcel");
    let faults: Vec<_> = taken.spoiled.iter().map(|spoiled| spoiled.fault.to_string()).collect();
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(!folder.path().join("outside").exists());
    let central: Vec<u8> = receipts_of_another(&station);
    assert!(!take_in(&station.ledger(), central.as_slice(), moment(1)).expect("reads").parcel.spoiled.is_empty());
}

/// A parcel in place of receipts: its items are strangers there.
fn receipts_of_another(station: &Scripted) -> Vec<u8> {
    packed(station, None).remove(0)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[test]
fn a_dead_link_leaves_everything_in_the_satchel() {
    let station = Scripted::new(4, 8);
    let folder = tempfile::tempdir().expect("a folder");
    let satchel = Satchel::at(folder.path());
    satchel.take_over(packed(&station, None)[0].as_slice()).expect("takes over");
    let uplink =
        plano::sync::http::HttpUplink::new(&plano::sync::http::Config::new("http://127.0.0.1:9")).expect("sets up");
    let held = satchel.consignments().expect("reads");
    let work = deliver(&held[0], &uplink, &station.time, 2);
    let delivered = Runtime::new().expect("a runtime").block_on(work).expect("the satchel works");
    assert_eq!(fates(&delivered), [0, 0, station.items().len()]);
    assert_eq!(fates(&carry(&station, &satchel)), [station.items().len(), 0, 0]);
}
