//! The operators' pages in a real Chromium: every page looked at, every act done with mouse and keyboard.
//!
//! This file fills a central; `tests/browser/operator.mjs` drives the browser.

use plano::digest::Digest;
use plano::paper::{Place, Sheet, photo};
use plano::protocol::entry::{Body, By, Image, ImageKind, Incident, Photo, Source};
use plano::rehearsal::figures::figures;
use serde_json::json;
use tempfile::TempDir;

use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};
use crate::support::node;
use crate::support::operator::{Office, PASSWORD};

/// Photos of the pages of the first form, small enough to be made quickly.
fn photographs(day: &Day) -> Vec<Vec<u8>> {
    let form = &day.election.forms()[0];
    let figures = figures(form, day.election.registered(day.station).expect("takes part"), 5);
    let place = Place {
        provinsi: "Jawa Timur".into(),
        kota: "Kota Probolinggo".into(),
        kecamatan: "Mayangan".into(),
        kelurahan: "Mayangan".into(),
        tps: day.station.tps(),
    };
    let date = time::Date::from_calendar_date(2024, time::Month::November, 27).expect("a date");
    let pairs = Sheet::placeholder_names(form.pairs());
    let sheet = Sheet::new(figures.counts, figures.head, place, date, pairs).expect("a sheet");
    plano::form::Page::ALL.into_iter().map(|page| photo(&sheet, page, 3, 900).expect("a photo")).collect()
}

/// A station whose photos can be looked at; the last has not come.
fn photographed(day: &mut Day) {
    let contest = day.election.plan().contests[0].id.clone();
    for (page, bytes) in plano::form::Page::ALL.into_iter().zip(photographs(day)) {
        let image = Image {
            sha256: Digest::of(&bytes),
            bytes: bytes.len() as u64,
            kind: ImageKind::Jpeg,
            width: 0,
            height: 0,
            source: Source::Camera,
            findings: Vec::new(),
            light: None,
        };
        day.photos.push(bytes);
        day.add(By::P1, Body::Photo(Photo { contest: contest.clone(), page, image, replaces: None }));
    }
}

/// Eight stations: whole, half, silent, with findings, with a second history.
fn filled() -> plano::central::Central {
    let election = small(8);
    let mut central = in_memory(&election);
    for number in 1..=5 {
        let accreditations = enrol_both(&mut central, station(number));
        let mut day = match number {
            1 => Day::opened(&election, station(1), accreditations),
            _ => Day::whole(&election, station(number), number.into(), accreditations),
        };
        if number == 1 {
            photographed(&mut day);
        }
        if number == 3 {
            day.add(By::P1, Body::Incident(Incident { text: " ".into() }));
            day.add(By::Both, Body::Incident(Incident { text: "Hujan deras.".into() }));
        }
        for at in 0..day.entries.len() {
            put(&mut central, &day, at).expect("accepted");
        }
        let photos = if number == 1 { 2 } else { day.photos.len() - usize::from(number == 4) };
        for at in 0..photos {
            put_photo(&mut central, &day, at).expect("accepted");
        }
        if number == 5 {
            let mut other = Day::opened(&election, station(5), accreditations);
            other.add(By::P1, Body::Incident(Incident { text: "Riwayat lain.".into() }));
            put(&mut central, &other, 1).expect_err("diverged");
        }
    }
    central
}

#[test]
fn an_operator_sees_and_does_everything_in_a_browser() {
    if !node::is_here() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let (full, empty) = (Office::open(filled()), Office::open(in_memory(&small(8))));
    let pictures = std::env::var_os("PLANO_PICTURES").map_or_else(|| folder.path().join("pictures"), Into::into);
    let stations = [1, 2, 3, 4, 5, 6].map(|number| station(number).to_string());
    let scene = json!({
        "full": format!("http://{}", full.server.addr()),
        "empty": format!("http://{}", empty.server.addr()),
        "password": PASSWORD,
        "stations": stations,
        "kelurahan": station(1).kelurahan().to_string(),
        "pictures": pictures,
    });
    let told = node::run("operator.mjs", folder.path(), &scene);
    assert!(told.trim_end().ends_with("the operator has seen everything"), "{told}");
    let central = full.server.end();
    assert_eq!(central.annotations().len(), 3, "a photo moved, a finding and an alarm handled");
    assert!(empty.server.end().zero().is_some());
}
