//! The polling day from end to end, as `plano demo` lives it: stations, a bad night, receipts, bundles, the verifier.

use std::sync::mpsc::channel;

use plano::audit::{self, Maker, Scope, Trust, Verdict};
use plano::central::Home;
use plano::clock;
use plano::protocol::ids::StationId;
use plano::recorder::{Next, Place, Station};
use plano::rehearsal::{Demo, Scale, run};

fn demo(folder: &std::path::Path, faults: Option<String>) -> Demo {
    Demo {
        scale: Scale::Stations(3),
        folder: folder.to_owned(),
        faults,
        // Small pictures: the finding that they are small is answered like any other.
        long_side: 800,
        at_once: 3,
        seed: 11,
    }
}

#[test]
fn a_bad_night_loses_nothing_doubles_nothing_and_every_bundle_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let (done, ended) = channel();
    let outcome = run(&demo(folder.path(), None), &done).expect("the whole day");
    drop(done);
    let mut stations: Vec<StationId> = ended.iter().collect();
    stations.sort_unstable();
    assert_eq!((stations.len(), outcome.stations), (3, 3));
    assert!(outcome.sound(), "{}", outcome.report.text(plano::form::Lang::En));
    assert_eq!(outcome.log_size, outcome.entries + outcome.photos, "each once");
    assert!(outcome.photos >= 18, "six photos a station at least");
    assert!(outcome.faults.iter().any(|fault| fault.fired > 0), "the night was bad");
    assert!(outcome.told.photo_findings > 0, "small photos were found and answered");

    let home = Home::at(folder.path().join("central"));
    let trust = Trust { central_key: Some(home.public_key().expect("a key")), authority: None, ..Trust::default() };
    for id in stations {
        let mut station =
            Station::open(Place::new(folder.path().join("stations").join(id.to_string()))).expect("opens");
        assert_eq!(station.status().expect("status").next, Next::Nothing, "{id} is done");
        let mine = folder.path().join(format!("{id}-bundle"));
        let maker = Maker { at: clock::now(), by: "test" };
        audit::export(&station, &Scope::All, &mine, &maker).expect("exports");
        let report = audit::verify(&mine, Some(&outcome.exported.folder), &trust).expect("reads");
        assert_eq!(report.verdict(), Verdict::Sound, "{}", report.text(plano::form::Lang::En));
    }
}

#[test]
fn the_same_seed_lives_the_same_day() {
    let day = || {
        let folder = tempfile::tempdir().expect("a folder");
        let quiet = "about = \"nothing goes wrong\"\nseed = 1\n".to_owned();
        let (done, _ended) = channel();
        let one = Demo { scale: Scale::Stations(1), ..demo(folder.path(), Some(quiet)) };
        let outcome = run(&one, &done).expect("the whole day");
        let results = std::fs::read_to_string(outcome.exported.folder.join("data/tables/photos.csv")).expect("a table");
        let digests: Vec<String> = results
            .lines()
            .filter_map(|line| line.split(',').find(|cell| cell.len() == 64))
            .map(str::to_owned)
            .collect();
        (outcome.entries, outcome.told, digests)
    };
    let (one, two) = (day(), day());
    assert!(!one.2.is_empty());
    assert_eq!(one, two, "same events, same photos to the last byte");
}
