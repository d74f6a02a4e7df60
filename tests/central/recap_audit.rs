//! What central publishes is recomputed by the verifier from the entries, and one digit that is not theirs is found.

use std::path::{Path, PathBuf};

use plano::audit::{Folder, Kind, Scope, check, export};
use plano::central::{Central, Refusal};
use plano::form::Lang;
use plano::protocol::bundle;
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::ids::{Level, Region};
use plano::protocol::recap::RegionPage;
use plano::rehearsal::figures::figures;

use crate::audit::{maker, trust, verified};
use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};
use crate::support::tamper::{edit, rebag};

/// A central with TPS that are complete, corrected, without photos, half told, silent, and of two histories.
fn central() -> Central {
    let election = small(5);
    let mut central = in_memory(&election);
    for tps in 1..=4 {
        let accreditations = enrol_both(&mut central, station(tps));
        let mut day = Day::whole(&election, station(tps), tps.into(), accreditations);
        if tps == 2 {
            let form = &election.forms()[1];
            let made = figures(form, election.registered(station(tps)).expect("takes part"), 77);
            day.record_revision("walikota", &made, 2, Some("a box was mixed up"));
        }
        for at in 0..if tps == 4 { 8 } else { day.entries.len() } {
            put(&mut central, &day, at).expect("accepted");
        }
        for at in 0..if tps == 1 { day.photos.len() } else { 4 } {
            match put_photo(&mut central, &day, at) {
                Ok(_) | Err(Refusal::UnnamedPhoto { .. }) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        if tps == 3 {
            let mut other = Day::opened(&election, station(tps), accreditations);
            other.add(By::P1, Body::Incident(Incident { text: "another history".into() }));
            assert!(matches!(put(&mut central, &other, 1), Err(Refusal::Diverged { .. })));
        }
    }
    central
}

fn exported(central: &Central, scope: &Scope, folder: &Path, name: &str) -> PathBuf {
    let to = folder.join(name);
    export(central, scope, &to, &maker()).expect("exports");
    to
}

/// Places and facts of everything found about the published recapitulation.
fn about_recap(bag: &Path) -> Vec<String> {
    let report = verified(bag);
    let found = report.findings().iter().filter(|finding| finding.kind == Kind::Recap);
    found.map(|finding| format!("{} {}", finding.place, finding.detail.text(Lang::En))).collect()
}

fn tiers() -> [Region; 4] {
    Level::ALL.map(|level| station(1).region(level))
}

#[test]
fn what_is_published_is_what_the_entries_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let central = central();
    let bag = exported(&central, &Scope::All, folder.path(), "all");
    for region in tiers() {
        let bytes = std::fs::read(bag.join(bundle::recap(region))).expect("a page");
        assert_eq!(bytes, central.recap(region).expect("a region").bytes(), "as published, byte for byte");
    }
    let report = verified(&bag);
    assert_eq!((about_recap(&bag), report.checked().recaps), (vec![], 4));
    assert!(report.text(Lang::Id).contains("4 halaman rekapitulasi"));
    let own = check(&central, &trust()).expect("a source");
    assert_eq!((own.checked().recaps, own.findings().iter().any(|found| found.kind == Kind::Recap)), (4, false));
    let copy = folder.path().join("copy");
    export(&Folder::open(&bag).expect("a bundle"), &Scope::All, &copy, &maker()).expect("exports");
    assert_eq!((about_recap(&copy), verified(&copy).checked().recaps), (vec![], 4), "a bundle is a source too");
}

#[test]
fn one_digit_that_is_not_theirs_is_found_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let central = central();
    let page = central.recap(tiers()[1]).expect("a kota");
    let pair = &page.contests[0].pairs[1];
    let bag = exported(&central, &Scope::All, folder.path(), "bag");
    let path = bundle::recap(tiers()[1]);
    let (votes, other) = (pair.votes, pair.votes + 1);
    edit(
        &bag,
        &path,
        &format!("\"number\":2,\"name\":\"{}\",\"votes\":{votes}", pair.name),
        &format!("\"number\":2,\"name\":\"{}\",\"votes\":{other}", pair.name),
    );
    rebag(&bag);
    let told = [format!("{path} should be /contests/0/pairs/1/votes = {votes}, is {other}")];
    assert_eq!(about_recap(&bag), told);
    assert_eq!(verified(&bag).exit_code(), 1);
    for (name, from, to) in [
        ("box", "\"votes.2\":", "\"votes.2\":1"),
        ("count", "\"reported\":3", "\"reported\":4"),
        ("photos", "\"photos_complete\":", "\"photos_complete\":1"),
        ("second histories", "\"diverged\":1", "\"diverged\":0"),
        ("spaces", ":", ": "),
        ("garbage", "{", "["),
    ] {
        let bag = exported(&central, &Scope::All, folder.path(), name);
        edit(&bag, &path, from, to);
        rebag(&bag);
        assert!(!about_recap(&bag).is_empty(), "{name}");
    }
}

#[test]
fn a_part_of_the_city_carries_the_sums_of_that_part_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let central = central();
    let bag = exported(&central, &Scope::Region(tiers()[3]), folder.path(), "kelurahan");
    let here = tiers().map(|region| bag.join(bundle::recap(region)).exists());
    assert_eq!(here, [false, false, false, true]);
    assert_eq!((about_recap(&bag), verified(&bag).checked().recaps), (vec![], 1));
    let one = Scope::Stations([station(1)].into());
    let bag = exported(&central, &one, folder.path(), "one");
    assert_eq!((bag.join(bundle::RECAP).exists(), verified(&bag).checked().recaps), (false, 0));
}

#[test]
fn a_page_kept_from_earlier_is_judged_as_of_its_own_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut central = central();
    let earlier: Vec<RegionPage> = tiers().map(|region| central.recap(region).expect("a region")).to_vec();
    let election = central.election().clone();
    let accreditations = enrol_both(&mut central, station(5));
    let day = Day::whole(&election, station(5), 5, accreditations);
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let bag = exported(&central, &Scope::All, folder.path(), "later");
    assert_ne!(central.recap(tiers()[0]).expect("a region").contests, earlier[0].contests);
    for page in &earlier {
        std::fs::write(bag.join(bundle::recap(page.region)), page.bytes()).expect("writes");
    }
    rebag(&bag);
    assert_eq!(about_recap(&bag), Vec::<String>::new());
    let newest = central.recap(tiers()[3]).expect("a region").bytes();
    std::fs::write(bag.join(bundle::recap(tiers()[3])), newest).expect("writes");
    rebag(&bag);
    assert!(!about_recap(&bag).is_empty(), "pages of two moments do not fit together");
}
