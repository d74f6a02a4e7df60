//! Light copies at central: taken when an entry names them, shown until the photo comes, in order in a bundle.

use std::path::Path;

use plano::audit::{Kind, Scope, check, export, verify};
use plano::central::{Central, News, Refusal};
use plano::digest::Digest;
use plano::form::Page;
use plano::protocol::bundle;
use plano::protocol::entry::{Body, By, Image, ImageKind, Light, Photo};
use plano::protocol::receipt::{Item, Receipt, What};

use crate::audit::{maker, trust, verified};
use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};
use crate::support::photos;
use crate::support::server::Listening;
use crate::support::tamper::rebag;

/// The light copy of the test's photo.
fn copy() -> Vec<u8> {
    photos::jpeg(&photos::page(320, 240, 1))
}

fn light(bytes: &[u8]) -> Light {
    Light { sha256: Digest::of(bytes), bytes: bytes.len() as u64 }
}

/// A central that holds a day of one photo, without the photo.
fn holding(light: Option<Light>) -> (Central, Day) {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let mut day = Day::opened(&election, station(1), accreditations);
    let image = day.image(photos::jpeg(&photos::page(640, 480, 1)));
    let image = Image { light, ..image };
    day.add(By::P1, Body::Photo(Photo { contest: "gubernur".into(), page: Page::FIRST, image, replaces: None }));
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    (central, day)
}

fn put_light(central: &mut Central, bytes: &[u8]) -> Result<(News, Vec<u8>), Refusal> {
    let answer = central.put_photo(station(1), &Digest::of(bytes), &mut &bytes[..], moment(601))?;
    Ok((answer.news, answer.bytes))
}

#[test]
fn a_light_copy_that_an_entry_names_is_taken_and_receipted_and_is_no_photo() {
    let (mut central, day) = holding(Some(light(&copy())));
    let photo = Digest::of(&day.photos[0]);
    assert_eq!(central.missing(station(1)).expect("known").photos, [photo], "nobody has to send a light copy");
    let (news, receipt) = put_light(&mut central, &copy()).expect("accepted");
    let item = Item { station: station(1), what: What::Photo(light(&copy()).bytes), digest: Digest::of(&copy()) };
    Receipt::verify(&receipt, &key().public()).expect("holds").covers(&item).expect("covers");
    assert_eq!((news, put_light(&mut central, &copy()).expect("known").0), (News::New, News::Known));
    assert_eq!(central.missing(station(1)).expect("known").photos, [photo], "and it stands for no photo");
    assert!(!central.pages(station(1)).iter().any(plano::central::FiledPage::is_complete));
    put_photo(&mut central, &day, 0).expect("accepted");
    assert_eq!(central.missing(station(1)).expect("known").photos, []);
    assert_eq!(central.health().log_size, 2 + 2);
    assert!(central.holds_photo(station(1), &Digest::of(&copy())).is_ok(), "it may stay");
}

#[test]
fn a_picture_that_no_entry_names_is_no_light_copy() {
    let foreign = photos::jpeg(&photos::page(320, 240, 2));
    let (mut central, _) = holding(Some(light(&copy())));
    assert!(matches!(put_light(&mut central, &foreign), Err(Refusal::UnnamedPhoto { .. })));
    let mut other = &foreign[..];
    let swapped = central.put_photo(station(1), &Digest::of(&copy()), &mut other, moment(601));
    assert!(matches!(swapped, Err(Refusal::PhotoLength { .. } | Refusal::OtherBytes(_))), "{swapped:?}");
    let (mut without, _) = holding(None);
    assert!(matches!(put_light(&mut without, &copy()), Err(Refusal::UnnamedPhoto { .. })));
    let long = [copy(), vec![0; 150_001]].concat();
    let (mut heavy, _) = holding(Some(light(&long)));
    assert!(matches!(put_light(&mut heavy, &long), Err(Refusal::UnnamedPhoto { .. })), "it is not light");
    assert_eq!(heavy.filed(station(1)).expect("reads")[0].code, "LightLength", "and a person may look");
}

fn page(server: &Listening, path: &str) -> String {
    let reply = server.raw(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes());
    let reply = reply.expect("an answer");
    assert_eq!(reply.status, 200, "{path}");
    String::from_utf8_lossy(&reply.body).into_owned()
}

#[test]
fn the_page_of_a_station_shows_the_light_copy_until_the_photo_comes() {
    let (said, link) =
        ("The original photo follows, and is what counts.", format!("photos/{}/full", Digest::of(&copy())));
    let (mut central, day) = holding(Some(light(&copy())));
    put_light(&mut central, &copy()).expect("accepted");
    let server = Listening::start(central);
    let text = page(&server, "/en/tps/35.74.03.1001-001");
    assert!(text.contains(said) && text.contains(&link), "{text}");
    assert!(text.contains("0 of 1 have arrived"), "a light copy is not counted");
    assert!(page(&server, "/tps/35.74.03.1001-001").contains("Foto asli menyusul, dan itulah yang berlaku."));
    for path in [
        format!("/v1/stations/35.74.03.1001-001/photos/{}", Digest::of(&copy())),
        format!("/tps/35.74.03.1001-001/{link}"),
        format!("/tps/35.74.03.1001-001/photos/{}/preview", Digest::of(&copy())),
        format!("/tps/35.74.03.1001-001/photos/{}/receipt", Digest::of(&copy())),
    ] {
        page(&server, &path);
    }
    server.end();
    let (mut central, _) = holding(Some(light(&copy())));
    put_light(&mut central, &copy()).expect("accepted");
    put_photo(&mut central, &day, 0).expect("accepted");
    let server = Listening::start(central);
    let text = page(&server, "/en/tps/35.74.03.1001-001");
    assert!(!text.contains(said) && text.contains("1 of 1 have arrived"), "{text}");
    server.end();
}

/// Findings that speak of photos or receipts.
fn about_photos(bag: &Path) -> Vec<Kind> {
    let report = verified(bag);
    let codes = ["V6", "V7"];
    let found = report.findings().iter().map(|finding| finding.kind);
    found.filter(|kind| codes.iter().any(|code| kind.code().starts_with(code))).collect()
}

#[test]
fn a_bundle_with_light_copies_is_sound_and_so_is_one_without() {
    let folder = tempfile::tempdir().expect("a folder");
    let exported = |central: &Central, name: &str| {
        let to = folder.path().join(name);
        let made = export(central, &Scope::All, &to, &maker()).expect("exports");
        assert_eq!((made.photos, made.absent.len()), (1, 0), "a light copy is not counted");
        to
    };
    let (mut with, day) = holding(Some(light(&copy())));
    put_light(&mut with, &copy()).expect("accepted");
    put_photo(&mut with, &day, 0).expect("accepted");
    let (mut without, _) = holding(Some(light(&copy())));
    put_photo(&mut without, &day, 0).expect("accepted");
    let [with_copy, without_copy] = [exported(&with, "with"), exported(&without, "without")];
    for bag in [&with_copy, &without_copy] {
        let report = verified(bag);
        assert_eq!((about_photos(bag), report.exit_code(), report.checked().photos), (vec![], 0, 1));
    }
    let file = |bytes: &[u8]| bundle::photo(&Digest::of(bytes), ImageKind::Jpeg);
    assert!(with_copy.join(file(&copy())).is_file() && !without_copy.join(file(&copy())).exists());
    let own = check(&with, &trust()).expect("a source");
    assert!(!own.findings().iter().any(|found| found.kind.code().starts_with("V6")));
    let again = folder.path().join("again");
    let source = plano::audit::Folder::open(&with_copy).expect("a bundle");
    export(&source, &Scope::All, &again, &maker()).expect("exports");
    assert!(again.join(file(&copy())).is_file(), "a bundle is a source too");
    let both = verify(&with_copy, Some(&without_copy), &trust()).expect("bundles");
    let compared = both.findings().iter().filter(|found| found.kind.code().starts_with("V9")).count();
    assert_eq!(compared, 0, "whether a light copy travelled says nothing of a bundle");
}

#[test]
fn a_foreign_picture_in_the_place_of_a_light_copy_is_found() {
    let (mut central, _) = holding(Some(light(&copy())));
    put_light(&mut central, &copy()).expect("accepted");
    let foreign = photos::jpeg(&photos::page(320, 240, 2));
    let file = |bytes: &[u8]| bundle::photo(&Digest::of(bytes), ImageKind::Jpeg);
    let damaged = |damage: &dyn Fn(&Path)| {
        let folder = tempfile::tempdir().expect("a folder");
        let bag = folder.path().join("bag");
        export(&central, &Scope::All, &bag, &maker()).expect("exports");
        damage(&bag);
        rebag(&bag);
        about_photos(&bag)
    };
    assert_eq!(damaged(&|_| {}), [Kind::PhotoAbsent, Kind::NotReceived], "the photo has not come");
    let swapped = damaged(&|bag| std::fs::write(bag.join(file(&copy())), &foreign).expect("writes"));
    assert!(swapped.contains(&Kind::PhotoChanged), "{swapped:?}");
    let renamed = damaged(&|bag| {
        std::fs::remove_file(bag.join(file(&copy()))).expect("it was there");
        std::fs::write(bag.join(file(&foreign)), &foreign).expect("writes");
    });
    assert!(renamed.contains(&Kind::PhotoUnnamed), "{renamed:?}");
    let absent = renamed.iter().filter(|kind| **kind == Kind::PhotoAbsent).count();
    assert_eq!(absent, 2, "the photo, and a copy that central has signed for");
}
