//! Photos, papers and copies on the station's page, from outside.

use plano::digest::Digest;
use plano::form::Page as Sheet;
use plano::photo;
use plano::protocol::carrier;
use plano::protocol::entry::{Body, PaperKind, Source};
use plano::protocol::ids::Slot;
use plano::protocol::sealed::SealedEntry;
use plano::protocol::state::Shows;
use plano::recorder::{Recorded, Sealing};
use plano::rehearsal::figures::Figures;
use plano::web::{Config, Server};

use crate::support::browser::{Browser, Page};
use crate::support::photos;
use crate::support::station::{Day, PINS};

const PHOTOS: &str = "/form/gubernur/photos";

fn start(day: &Day) -> Server {
    Server::start(Config::plain("127.0.0.1:0".parse().expect("an address")), &day.place()).expect("listens")
}

async fn officer(server: &Server, slot: Slot) -> Browser {
    let mut browser = Browser::new(server.addr());
    assert_eq!(browser.unlock(&slot.to_string(), PINS[slot as usize]).await.status, 303);
    browser
}

/// The address of the first form on `page` whose address begins so and ends so.
fn action(page: &Page, begins: &str, ends: &str) -> String {
    let all = page.text.split("action=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(address, _)| address);
    let fits = |address: &String| address.starts_with(begins) && address.ends_with(ends);
    all.map(|address| address.replace("&#38;", "&").replace("&amp;", "&")).find(fits).expect("such a form")
}

fn good() -> Vec<u8> {
    photos::jpeg(&photos::page(1700, 1200, 1))
}

fn small() -> Vec<u8> {
    photos::jpeg(&photos::page(410, 200, 1))
}

#[tokio::test]
async fn each_file_gets_its_own_answer_and_none_is_lost() {
    let mut day = Day::open();
    let server = start(&day);
    let mut first = officer(&server, Slot::P1).await;
    let page = first.get(PHOTOS).await;
    let (good, small) = (good(), small());
    let add = action(&page, PHOTOS, "&page=1");
    let files: [(&str, &str, &[u8]); 4] = [
        ("camera", "a.jpg", &good),
        ("file", "b.jpg", &small),
        ("file", "c.pdf", b"%PDF-1.4 no photo"),
        ("file", "", b""),
    ];
    let answer = first.upload(&add, &files).await;
    assert_eq!((answer.status, answer.location()), (303, PHOTOS));
    let told = first.get(PHOTOS).await.words();
    for words in ["a.jpg tersimpan", "b.jpg: ada pertanyaan", "c.pdf tidak dapat diambil", "Foto terlalu kecil"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    day.station.refresh().expect("reads");
    let kept = day.station.state().page_photo("gubernur", Sheet::FIRST).expect("the good one").image.clone();
    assert_eq!((kept.sha256, kept.source), (Digest::of(&good), Source::Camera));
    assert_eq!(day.station.state().photos().len(), 1, "the others are not recorded");
    assert!(!first.get(PHOTOS).await.words().contains("c.pdf"), "told once");
    let mut second = officer(&server, Slot::P2).await;
    assert!(!second.get(PHOTOS).await.words().contains("Menunggu jawaban"), "each officer answers their own");
    server.shutdown().await;
}

#[tokio::test]
async fn what_waits_survives_a_restart_and_is_kept_with_a_reason_or_taken_again() {
    let mut day = Day::open();
    let server = start(&day);
    let mut first = officer(&server, Slot::P1).await;
    let (small, other) = (small(), photos::jpeg(&photos::page(420, 200, 1)));
    let page = first.get(PHOTOS).await;
    let several = action(&page, PHOTOS, &page.token());
    first.upload(&several, &[("file", "a.jpg", &small), ("file", "b.jpg", &other)]).await;
    server.shutdown().await;

    let server = start(&day);
    let mut first = officer(&server, Slot::P1).await;
    let page = first.get(PHOTOS).await;
    assert!(page.words().contains("Foto ini halaman berapa?"), "{}", page.words());
    let (one, two) = (Digest::of(&small).to_string(), Digest::of(&other).to_string());
    let seen = first.get(&format!("/photo/{one}/preview")).await;
    assert_eq!((seen.status, &seen.body[..2]), (200, &b"\xFF\xD8"[..]));
    let keep = format!("{PHOTOS}/keep");
    first.post(&page, &keep, &[("photo", &one), ("page", "2")]).await;
    let page = first.get(PHOTOS).await;
    assert!(page.words().contains("Foto terlalu kecil"), "the page is known, now it is looked at: {}", page.words());
    first.post(&page, &keep, &[("photo", &one), ("note-Q201", "plano sudah dibawa")]).await;
    first.post(&page, &format!("{PHOTOS}/drop"), &[("photo", &two)]).await;
    let told = first.get(PHOTOS).await.words();
    assert!(told.contains("disimpan karena: plano sudah dibawa") && !told.contains("Menunggu jawaban"), "{told}");
    day.station.refresh().expect("reads");
    let state = day.station.state();
    assert_eq!(state.page_photo("gubernur", Sheet::SECOND).expect("kept").image.sha256, Digest::of(&small));
    assert_eq!(state.photos().len(), 1);
    assert_eq!(first.get(&format!("/photo/{two}/preview")).await.status, 404, "dropped");
    server.shutdown().await;
}

#[tokio::test]
async fn a_photo_takes_the_place_of_another_and_both_stay_readable() {
    let mut day = Day::open();
    let server = start(&day);
    let mut first = officer(&server, Slot::P1).await;
    let (old, new) = (good(), photos::jpeg(&photos::page(1800, 1200, 2)));
    let page = first.get(PHOTOS).await;
    first.upload(&action(&page, PHOTOS, "&page=3"), &[("file", "old.jpg", &old)]).await;
    let page = first.get(PHOTOS).await;
    let replace = action(&page, PHOTOS, &format!("&replaces={}", Digest::of(&old)));
    first.upload(&replace, &[("file", "new.jpg", &new)]).await;
    first.upload(&replace, &[("file", "again.jpg", &new)]).await;
    assert!(first.get(PHOTOS).await.words().contains("again.jpg tidak dapat diambil"));
    day.station.refresh().expect("reads");
    let shown = Shows::Page { contest: "gubernur".into(), page: Sheet::THIRD };
    let kept = |photo: &[u8]| {
        let found = day.station.state().photos().iter().find(|kept| kept.image.sha256 == Digest::of(photo));
        found.map(|kept| (kept.shows.clone(), kept.replaced)).expect("recorded")
    };
    assert_eq!(kept(&old), (shown.clone(), true));
    assert_eq!(kept(&new), (shown, false));
    for photo in [&old, &new] {
        assert_eq!(&first.get(&format!("/photo/{}", Digest::of(photo))).await.body, photo);
    }
    assert_eq!(first.get(&format!("/photo/{}", Digest::of(b"none"))).await.status, 404);
    server.shutdown().await;
}

#[tokio::test]
async fn papers_and_incidents_are_recorded() {
    let mut day = Day::open();
    let server = start(&day);
    let mut first = officer(&server, Slot::P2).await;
    let page = first.get("/papers").await;
    let paper = good();
    first.upload(&action(&page, "/papers", "&kind=daftar_hadir"), &[("file", "d.jpg", &paper)]).await;
    let answer = first.post(&page, "/incident", &[("text", "Listrik padam\r\nlima menit")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/papers"));
    day.station.refresh().expect("reads");
    let state = day.station.state();
    assert_eq!(state.photos()[0].shows, Shows::Paper(PaperKind::DaftarHadir));
    assert_eq!(state.incidents()[0].1.text, "Listrik padam\nlima menit");
    assert!(first.get("/papers").await.words().contains("Listrik padam"));
    server.shutdown().await;
}

#[tokio::test]
async fn forms_with_photos_want_officer_token_and_measure() {
    let day = Day::open();
    let server = start(&day);
    let mut nobody = Browser::new(server.addr());
    let token = nobody.get("/").await.token();
    let photo = good();
    let files: [(&str, &str, &[u8]); 1] = [("file", "a.jpg", &photo)];
    assert_eq!(nobody.upload(&format!("{PHOTOS}?page=1&token={token}"), &files).await.status, 303, "to the login");
    let mut first = officer(&server, Slot::P1).await;
    assert_eq!(first.upload(&format!("{PHOTOS}?page=1&token=x"), &files).await.status, 403);
    let token = first.get("/").await.token();
    assert_eq!(first.upload(&format!("{PHOTOS}?page=4&token={token}"), &files).await.status, 400);
    assert_eq!(first.upload(&format!("/form/none/photos?page=1&token={token}"), &files).await.status, 404);
    let long = vec![0xFF; 25_000_001];
    let answer = first.upload(&format!("{PHOTOS}?page=1&token={token}"), &[("file", "long.jpg", &long)]).await;
    assert_eq!(answer.status, 303);
    assert!(first.get(PHOTOS).await.words().contains("long.jpg tidak dapat diambil"));
    server.shutdown().await;
}

/// Both officers read, photograph and seal the first form.
fn seal(day: &mut Day) -> (Figures, Recorded) {
    let figures = day.figures("gubernur", 1);
    day.read(Slot::P1, "gubernur", &figures, &[]);
    day.read(Slot::P2, "gubernur", &figures, &[]);
    day.photograph("gubernur");
    let sealed = day.seal("gubernur", Sealing::default()).expect("seals");
    (figures, sealed)
}

#[tokio::test]
async fn a_saksi_takes_the_sealed_result_along_without_a_session() {
    let mut day = Day::open();
    let (figures, sealed) = seal(&mut day);
    let server = start(&day);
    let mut first = officer(&server, Slot::P1).await;
    let page = first.get("/form/gubernur/copy").await;
    assert!(page.text.contains("<svg class=\"qr\""), "a code to scan");
    assert!(page.words().contains(&sealed.digest.short()));
    let ticket =
        page.text.split("href=\"/copy/").nth(1).and_then(|rest| rest.split_once('"')).expect("a link").0.to_owned();

    let mut saksi = Browser::new(server.addr());
    let seen = saksi.get(&format!("/copy/{ticket}")).await;
    assert_eq!(seen.status, 200);
    assert!(seen.text.contains(&sealed.digest.to_string()) && seen.words().contains("Pusat belum menerima"));
    for (id, count) in figures.counts.iter() {
        assert!(seen.text.contains(&format!("<b class=\"digits\">{count}</b>")), "{id}: {count}");
    }
    let note = saksi.get(&format!("/copy/{ticket}/result")).await.body;
    assert_eq!(Digest::of(&note), sealed.digest);
    let code = saksi.get(&format!("/copy/{ticket}/code")).await.text;
    let carried = SealedEntry::parse(carrier::decode(&code).expect("decodes").bytes().to_vec()).expect("an entry");
    carried.signed_by(&day.station.ledger().roster().expect("a roster")).expect("signed by both");
    assert!(matches!(carried.entry().body, Body::Result(_)));
    let original = saksi.get(&format!("/copy/{ticket}/original/1")).await.body;
    let named = day.station.state().page_photo("gubernur", Sheet::FIRST).expect("a photo").image.sha256;
    assert_eq!(Digest::of(&original), named);
    let stripped = saksi.get(&format!("/copy/{ticket}/photo/1")).await.body;
    assert_eq!(stripped, photo::stripped(&original).expect("a photo"));
    assert_eq!(saksi.get(&format!("/copy/{ticket}/receipt")).await.status, 404, "nothing is made up");
    for other in ["/copy/00000000000000000000000000000000", "/copy/x/result", &format!("/copy/{ticket}/photo/9")] {
        assert_eq!(saksi.get(other).await.status, 404, "{other}");
    }
    assert_eq!(saksi.get("/form/gubernur/copy").await.status, 303, "the officers' page is theirs");

    let page = first.get("/form/gubernur/copy").await;
    first.post(&page, "/form/gubernur/copy", &[("to", "1"), ("refused", "")]).await;
    first.post(&page, "/form/gubernur/copy", &[("to", "pengawas"), ("refused", "sudah punya salinan kertas")]).await;
    let told = first.get("/form/gubernur/copy").await.words();
    assert!(told.contains("Saksi pasangan calon nomor 1: menerima"), "{told}");
    assert!(told.contains("Pengawas TPS: tidak menerima, karena sudah punya salinan kertas"), "{told}");
    server.shutdown().await;
}
