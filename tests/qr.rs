//! A sealed result leaves the station as a QR code, is photographed, and proves by itself who signed it.

use std::path::Path;
use std::process::{Command, Output};

use image::{ImageFormat, Rgb, RgbImage};
use plano::audit::{Lone, LoneError};
use plano::paper::camera::{Shot, photograph};
use plano::protocol::carrier;
use plano::protocol::entry::Body;
use plano::protocol::ids::Slot;
use plano::protocol::note::Note;
use plano::protocol::sealed::SealedEntry;
use plano::protocol::wire;
use plano::recorder::Sealing;
use qrcode::{Color, EcLevel, QrCode};

use crate::support::server::Listening;
use crate::support::station::Day;
use crate::support::{central, deliveries, election};

/// A page on which the code of `text` is printed, four by three, with a quiet zone.
fn printed(text: &str) -> RgbImage {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("fits");
    let (modules, width) = (code.to_colors(), code.width());
    let side = 12;
    let full = u32::try_from((width + 8) * side).expect("small");
    RgbImage::from_fn(full, full * 4 / 3, |x, y| {
        let at = |pixel: u32| (pixel as usize / side).checked_sub(4).filter(|module| *module < width);
        let dark = at(x).zip(at(y)).is_some_and(|(x, y)| modules[y * width + x] == Color::Dark);
        Rgb(if dark { [25; 3] } else { [245; 3] })
    })
}

fn plano(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plano"));
    command.current_dir(folder).args(arguments).env("PLANO_LANG", "en").output().expect("runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A station that has sealed a form, and that entry.
fn sealed() -> (Day, SealedEntry) {
    let mut day = Day::open();
    let figures = day.figures("gubernur", 5);
    for slot in Slot::BOTH {
        day.read(slot, "gubernur", &figures, &[]);
    }
    day.photograph("gubernur");
    day.seal("gubernur", Sealing::default()).expect("seals");
    let entries = day.station.ledger().entries().expect("reads");
    let result = entries.into_iter().find(|entry| matches!(entry.entry().body, Body::Result(_)));
    (day, result.expect("a result"))
}

#[test]
fn a_result_is_shown_photographed_read_and_verified() {
    let (day, result) = sealed();
    let folder = day.folder.path();
    let shown = said(&plano(&["qr", "show", "gubernur", "--dir", "tps", "--text"], folder));
    let text = shown.trim();
    assert_eq!(carrier::decode(text).expect("a note").bytes(), result.bytes());
    let drawn = said(&plano(&["qr", "show", "gubernur", "--dir", "tps"], folder));
    assert!(drawn.lines().count() > 40 && drawn.contains('▀'), "{drawn}");
    assert!(plano(&["qr", "show", "gubernur", "--dir", "tps", "--svg", "code.svg"], folder).status.success());
    let svg = std::fs::read_to_string(folder.join("code.svg")).expect("a drawing");
    assert!(svg.starts_with("<svg xmlns="));
    let picture = photograph(&printed(text), &Shot::steady(3), 1_400);
    picture.save_with_format(folder.join("photo.png"), ImageFormat::Png).expect("writes");
    let read = plano(&["qr", "scan", "photo.png", "--out", "read"], folder);
    assert!(read.status.success() && said(&read).contains(text), "{}", said(&read));
    let kept = format!("read/{}.note", result.digest());
    assert_eq!(std::fs::read(folder.join(&kept)).expect("a note"), result.bytes());
    let unchecked = plano(&["verify", &kept], folder);
    assert_eq!(unchecked.status.code(), Some(1));
    assert!(said(&unchecked).contains("not checked yet"), "{}", said(&unchecked));
    std::fs::write(folder.join("accreditations"), accreditations(&day)).expect("writes");
    std::fs::write(folder.join("code.txt"), text).expect("writes");
    let key = election::central().public().to_string();
    let checked =
        |file: &str| plano(&["verify", file, "--accreditations", "accreditations", "--central-key", &key], folder);
    for file in [kept.as_str(), "code.txt"] {
        let checked = checked(file);
        assert!(checked.status.success(), "{}", said(&checked));
        assert!(said(&checked).contains("Signed by the two officers"), "{}", said(&checked));
    }
    let forged =
        String::from_utf8(result.bytes().to_vec()).expect("text").replacen("\"revision\":1", "\"revision\":2", 1);
    std::fs::write(folder.join("forged.note"), forged).expect("writes");
    let refused = checked("forged.note");
    assert_eq!(refused.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&refused.stderr);
    assert!(complaint.contains("NOT VALID: the result is not signed"), "{complaint}");
}

#[test]
fn a_scanned_result_is_brought_to_central_and_it_is_said_where_it_stands() {
    let (election, station) = (election::small(2), election::station(1));
    let mut central = central::in_memory(&election);
    let accreditations = central::enrol_both(&mut central, station);
    let day = deliveries::Day::whole(&election, station, 1, accreditations);
    let result = day.entries.iter().find(|entry| matches!(entry.entry().body, Body::Result(_))).expect("a result");
    let text = carrier::encode(&Note::parse(result.bytes().to_vec()).expect("a note"));
    let folder = tempfile::tempdir().expect("a folder");
    printed(&text).save(folder.path().join("code.png")).expect("writes");
    let server = Listening::start(central);
    let url = format!("http://{}", server.addr());
    let send = |url: &str| plano(&["qr", "scan", "code.png", "--send", "--central", url], folder.path());
    for _ in 0..2 {
        let first = send(&url);
        assert!(first.status.success() && said(&first).contains("provisional until the station's chain"), "{first:?}");
    }
    for entry in &day.entries {
        server.put(&wire::entry_path(station, entry.entry().seq), entry.bytes());
    }
    let known = send(&url);
    assert!(known.status.success() && said(&known).contains("already from the station's chain"), "{known:?}");
    server.end();
    let down = send(&url);
    assert!(down.status.code() == Some(1) && said(&down).contains("not sent yet (connect"), "{down:?}");
}

#[test]
fn a_picture_without_a_code_says_how_to_take_it() {
    let folder = tempfile::tempdir().expect("a folder");
    RgbImage::from_pixel(300, 200, Rgb([200; 3])).save(folder.path().join("wall.png")).expect("writes");
    let read = plano(&["qr", "scan", "wall.png"], folder.path());
    assert_eq!(read.status.code(), Some(1));
    assert!(said(&read).contains("held still"), "{}", said(&read));
    std::fs::write(folder.path().join("text.png"), "no picture").expect("writes");
    assert_eq!(plano(&["qr", "scan", "text.png"], folder.path()).status.code(), Some(2));
}

#[test]
fn other_bytes_are_no_result() {
    let (day, result) = sealed();
    let opened = day.station.ledger().entries().expect("reads").remove(0);
    assert!(matches!(Lone::read(opened.bytes()), Err(LoneError::OtherKind("opened"))));
    assert!(matches!(Lone::read(b"PLANO1:BB8"), Err(LoneError::Carrier(_))));
    assert!(matches!(Lone::read(b"hello"), Err(LoneError::Statement(_))));
    let text = carrier::encode(&Note::parse(result.bytes().to_vec()).expect("a note"));
    let lone = Lone::read(text.as_bytes()).expect("a result");
    assert!(matches!(lone.signed("", &election::central().public()), Err(LoneError::Signature(_))));
    let other = election::officer(day.station.id(), Slot::P1).public();
    assert!(matches!(lone.signed(&accreditations(&day), &other), Err(LoneError::Accreditation(_))));
}

/// The station's accreditations as central serves them.
fn accreditations(day: &Day) -> String {
    let notes = day.station.ledger().accreditations().expect("reads").into_iter();
    notes.map(|note| String::from_utf8(note).expect("text")).collect::<Vec<_>>().join("\n")
}
