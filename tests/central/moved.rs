//! A photo that an operator moved: where it counts, in the recapitulation and in the verifier's, and where it is shown.

use std::path::{Path, PathBuf};

use plano::audit::{Folder, Kind, Scope, export};
use plano::central::store::MemoryLedger;
use plano::central::{Central, Refusal, RemarkFault};
use plano::digest::Digest;
use plano::protocol::annotation::{Filing, Moved, Remark};
use plano::protocol::bundle;
use plano::protocol::election::{Election, Named, Station};
use plano::protocol::entry::PaperKind;
use plano::protocol::ids::{Level, Region, StationId};
use plano::protocol::recap::RegionPage;
use plano::protocol::state::Shows;

use crate::audit::{maker, verified};
use crate::support::central::{enrol_both, over, put, put_photo};
use crate::support::deliveries::Day;
use crate::support::election::{authority, plan, station};
use crate::support::evening::HOSTILE;
use crate::support::remarks::{moved, page, say, zero};
use crate::support::server::Listening;

/// A station of the other kelurahan.
fn beyond() -> StationId {
    "35.74.03.1002-001".parse().expect("a station")
}

/// Stations 1 to 3 of a kelurahan and one of another.
fn election() -> Election {
    let mut plan = plan(3);
    plan.stations.push(Station { id: beyond(), dpt_l: 100, dpt_p: 100 });
    plan.regions.push(Named { code: beyond().kelurahan(), name: "Sukabumi".into() });
    Election::sign(&plan, &authority()).expect("a valid plan")
}

/// Station 1 and the one beyond have delivered all, station 2 all but the photo of its first page, station 3 nothing.
fn delivered(ledger: &MemoryLedger) -> (Central, [Day; 3]) {
    let election = election();
    let mut central = over(&election, Box::new(ledger.clone()));
    say(&mut central, zero(4), 0).expect("taken");
    let days = [station(1), station(2), beyond()].map(|of| {
        let accreditations = enrol_both(&mut central, of);
        Day::whole(&election, of, 7, accreditations)
    });
    for (nth, day) in days.iter().enumerate() {
        (0..day.entries.len()).for_each(|at| drop(put(&mut central, day, at).expect("accepted")));
        (usize::from(nth == 1)..6).for_each(|at| drop(put_photo(&mut central, day, at).expect("accepted")));
    }
    (central, days)
}

/// TPS with all photos, by contest.
fn complete(central: &Central, region: Region) -> [u32; 2] {
    let page = central.recap(region).expect("a region");
    [0, 1].map(|at| page.contests[at].reported.photos_complete)
}

fn place(of: StationId, contest: usize, number: u8) -> Filing {
    page(of, ["gubernur", "walikota"][contest], number)
}

fn exported(central: &Central, scope: &Scope, folder: &Path, name: &str) -> PathBuf {
    let to = folder.join(name);
    export(central, scope, &to, &maker()).expect("exports");
    to
}

/// What the verifier says about the published recapitulation, and how many pages of it it read.
fn recounted(bag: &Path) -> (usize, u64) {
    let report = verified(bag);
    let wrong = report.findings().iter().filter(|found| found.kind == Kind::Recap);
    (wrong.count(), report.checked().recaps)
}

#[test]
fn a_moved_photo_counts_where_it_belongs_in_every_tier_and_after_a_restart() {
    let ledger = MemoryLedger::default();
    let (mut central, [one, ..]) = delivered(&ledger);
    let tiers = Level::ALL.map(|level| station(1).region(level));
    let counts = |central: &Central| tiers.map(|region| complete(central, region));
    let (first, second) = ([2, 3], [1, 2]);
    assert_eq!(counts(&central), [first, first, first, second]);
    let (from, to) = (place(station(1), 0, 1), place(station(2), 0, 1));
    let here = (0..3).map(|at| {
        if at > 0 {
            let to = if at == 1 { &to } else { &from };
            say(&mut central, moved(&one.photos[0], &from, to), at).expect("taken");
        }
        let again = over(&election(), Box::new(ledger.clone()));
        assert_eq!(counts(&central), counts(&again), "after {at} words");
        let shares =
            [1, 2].map(|tps| central.recap(tiers[3]).expect("a region").tps[tps - 1].forms[0].share.photos_complete);
        (complete(&central, tiers[0]), shares)
    });
    let here: Vec<_> = here.collect();
    assert_eq!(here, [([2, 3], [true, false]), ([2, 3], [false, true]), ([2, 3], [true, false])]);
    // To a paper: the page lacks its photo and no other gains one.
    let paper = Filing { station: station(1), shows: Shows::Paper(PaperKind::Salinan) };
    say(&mut central, moved(&one.photos[0], &from, &paper), 4).expect("taken");
    assert_eq!(counts(&central), [[1, 3], [1, 3], [1, 3], [0, 2]]);
}

#[test]
fn only_a_photo_that_has_come_is_moved() {
    let (mut central, [_, two, _]) = delivered(&MemoryLedger::default());
    let word = moved(&two.photos[0], &place(station(2), 0, 1), &place(station(1), 0, 2));
    let refused = say(&mut central, word.clone(), 1);
    assert!(matches!(refused, Err(Refusal::Remark(RemarkFault::NotReceived))), "{refused:?}");
    put_photo(&mut central, &two, 0).expect("accepted");
    say(&mut central, word, 2).expect("taken");
}

#[test]
fn the_verifier_counts_moved_photos_as_central_does_also_in_a_part_and_as_of_the_pages_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut central, [one, _, beyond_day]) = delivered(&MemoryLedger::default());
    let regions: Vec<Region> = central.election().plan().regions.iter().map(|named| named.code).collect();
    let pages = |central: &Central| -> Vec<RegionPage> {
        regions.iter().map(|region| central.recap(*region).expect("a region")).collect()
    };
    let before = pages(&central);
    let far = place(beyond(), 0, 1);
    // From the other kelurahan into this one, then elsewhere there; and one of this kelurahan to beyond.
    say(&mut central, moved(&beyond_day.photos[0], &far, &place(station(2), 0, 1)), 1).expect("taken");
    let between = pages(&central);
    say(&mut central, moved(&one.photos[1], &place(station(1), 0, 2), &far), 2).expect("taken");
    say(&mut central, moved(&beyond_day.photos[0], &far, &place(beyond(), 1, 1)), 3).expect("taken");
    let counts = |pages: &[RegionPage]| -> Vec<u32> {
        pages.iter().map(|page| page.contests[0].reported.photos_complete).collect()
    };
    assert_ne!(counts(&before), counts(&between));
    assert_ne!(counts(&between), counts(&pages(&central)));
    let bag = exported(&central, &Scope::All, folder.path(), "all");
    assert_eq!(recounted(&bag), (0, 5));
    for kelurahan in [station(1).kelurahan(), beyond().kelurahan()] {
        let part = exported(&central, &Scope::Region(kelurahan), folder.path(), &kelurahan.to_string());
        assert_eq!(recounted(&part), (0, 1), "{kelurahan}");
        let copy = folder.path().join(format!("copy of {kelurahan}"));
        export(&Folder::open(&bag).expect("a bundle"), &Scope::Region(kelurahan), &copy, &maker()).expect("exports");
        assert_eq!(recounted(&copy), (0, 1), "out of a bundle: {kelurahan}");
    }
    for earlier in [before, between] {
        let bag = exported(&central, &Scope::All, folder.path(), &format!("{:?}", counts(&earlier)));
        for page in &earlier {
            std::fs::write(bag.join(bundle::recap(page.region)), page.bytes()).expect("writes");
        }
        crate::support::tamper::rebag(&bag);
        assert_eq!(recounted(&bag), (0, 5), "as of {:?}", earlier[0].as_of);
    }
    // Without one of the words the sums are others.
    let said = central.annotations().last().expect("said").digest();
    std::fs::remove_file(bag.join(bundle::annotation(&said))).expect("removes");
    std::fs::remove_file(bag.join(bundle::annotation_proof(&said))).expect("removes");
    crate::support::tamper::rebag(&bag);
    assert_ne!(recounted(&bag).0, 0);
}

fn shown(server: &Listening, path: &str) -> String {
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html\r\n\r\n");
    let reply = server.raw(head.as_bytes()).expect("an answer");
    assert_eq!(reply.status, 200, "{path}");
    String::from_utf8(reply.body).expect("text")
}

#[test]
fn the_pages_of_both_stations_show_a_moved_photo_and_who_moved_it() {
    let (mut central, [one, ..]) = delivered(&MemoryLedger::default());
    let place_of = |nth: u8| place(station(1), 0, nth);
    for (at, number, to) in [(0, 1, place(station(2), 0, 1)), (1, 2, place(station(3), 1, 3))] {
        let Remark::Moved(word) = moved(&one.photos[at], &place_of(number), &to) else { panic!("a move") };
        say(&mut central, Remark::Moved(Moved { note: HOSTILE.into(), ..word }), 1).expect("taken");
    }
    let logged = central.health().log_size - 1;
    let server = Listening::start(central);
    let [old, new, silent] = [1, 2, 3].map(|tps| shown(&server, &format!("/en/tps/{}", station(tps))));
    let photos = [0, 1].map(|at| Digest::of(&one.photos[at]));
    let file = |at: usize| format!("/tps/{}/photos/{}/full", station(1), photos[at]);
    assert!(old.contains(&file(0)) && old.contains(&file(1)), "nothing is taken away: {old}");
    assert!(new.contains(&file(0)) && !new.contains(&file(1)), "{new}");
    assert!(silent.contains(&file(1)) && !silent.contains(&file(0)), "a TPS that never reported: {silent}");
    let link = |tps: u16, words: &str| format!("<a href=\"/en/tps/{0}\">TPS {0}, {words}</a>", station(tps));
    for (page, told, link) in [
        (
            &old,
            "that this photo belongs to another place:",
            link(2, "Election of the governor and deputy governor, page 1"),
        ),
        (&old, "that this photo belongs to another place:", link(3, "Election of the mayor and deputy mayor, page 3")),
        (
            &new,
            "that this photo belongs here. It was delivered as:",
            link(1, "Election of the governor and deputy governor, page 1"),
        ),
        (
            &silent,
            "that this photo belongs here. It was delivered as:",
            link(1, "Election of the governor and deputy governor, page 2"),
        ),
    ] {
        assert!(page.contains("Operator siti of central says (") && page.contains(told), "{told}: {page}");
        assert!(page.contains(&link), "{link}: {page}");
        assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script"), "the reason as typed");
    }
    assert!(old.contains(&format!("Log {logged}")) && silent.contains(&format!("Log {logged}")));
    assert!(shown(&server, &format!("/tps/{}", station(3))).contains("menurut operator milik TPS ini"));
    server.end();
}

#[test]
fn the_front_page_says_whether_the_zero_state_was_recorded() {
    let empty = || over(&election(), Box::new(MemoryLedger::default()));
    let (mut at_zero, mut late) = (empty(), empty());
    say(&mut at_zero, zero(4), 0).expect("taken");
    let digest = at_zero.zero().expect("recorded").digest().to_string();
    let accreditations = enrol_both(&mut late, station(1));
    put(&mut late, &Day::whole(&election(), station(1), 7, accreditations), 0).expect("accepted");
    let (busy, _) = delivered(&MemoryLedger::default());
    let busy_digest = busy.zero().expect("recorded").digest().to_string();
    let (done, quiet) =
        ("by operator siti: the log was empty, 4 polling stations take part.", "No polling station has");
    for (central, said, is_quiet) in [
        (empty(), vec!["It is not recorded yet."], true),
        (at_zero, vec![done, &digest], true),
        (late, vec!["It was not recorded."], false),
        (busy, vec![done, &busy_digest], false),
    ] {
        let server = Listening::start(central);
        let page = shown(&server, "/en");
        for text in &said {
            assert!(page.contains(*text), "{text}: {page}");
        }
        assert_eq!(page.contains(quiet), is_quiet, "{said:?}: {page}");
        server.end();
    }
}
