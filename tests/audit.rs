//! Bundles: written whole or not at all, readable without Plano, sound when nothing happened to them.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use plano::audit::{BagError, ExportError, Folder, KeptReceipt, Kind, Maker, Report, Scope, Source, Trust};
use plano::audit::{check, export, verify};
use plano::digest::Digest;
use plano::form::Lang;
use plano::protocol::ids::StationId;

use crate::support::bundle::{Evidence, sample};
use crate::support::golden::{generated, repository};
use crate::support::{election, tamper};

/// The keys of the test election.
pub(crate) fn trust() -> Trust {
    Trust {
        central_key: Some(election::central().public()),
        authority: Some(election::authority().public()),
        ..Trust::default()
    }
}

/// A maker at a fixed moment, after everything in the sample.
pub(crate) fn maker() -> Maker<'static> {
    Maker { at: "2024-11-27T14:00:00.000Z".parse().expect("a moment"), by: "plano 0.1.0, test" }
}

/// Exports all of `evidence` as `name` below `folder`.
pub(crate) fn exported(evidence: &Evidence, folder: &Path, name: &str) -> PathBuf {
    let to = folder.join(name);
    export(evidence, &Scope::All, &to, &maker()).expect("exports");
    to
}

/// What the verifier says, with the keys of the test election.
pub(crate) fn verified(bundle: &Path) -> Report {
    verify(bundle, None, &trust()).expect("a bundle")
}

/// The stored sound bundle; made anew with `PLANO_NEW_GOLDEN=1` when there is none.
pub(crate) fn sound() -> PathBuf {
    static MADE: std::sync::Once = std::sync::Once::new();
    let to = repository("fixtures/bundles/sound");
    MADE.call_once(|| {
        if !to.exists() && std::env::var_os("PLANO_NEW_GOLDEN").is_some() {
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("makes the folder");
            export(&sample(), &Scope::All, &to, &maker()).expect("exports");
        }
    });
    to
}

/// Every file of a bundle with its bytes.
fn files(bag: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths = Vec::new();
    tamper::list(bag, "", &mut paths);
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(bag.join(path)).expect("reads"))).collect()
}

#[test]
fn the_stored_sound_bundle_is_sound() {
    let report = verified(&sound());
    generated("fixtures/bundles/sound.findings.txt", &report.text(Lang::En));
    generated("fixtures/bundles/sound.temuan.txt", &report.text(Lang::Id));
    assert_eq!(report.exit_code(), 0);
    let kinds: BTreeSet<_> = report.findings().iter().map(|finding| finding.kind).collect();
    let notes = BTreeSet::from([Kind::SheetAnswered, Kind::Unsealed, Kind::NotClosed, Kind::NotReceived]);
    assert_eq!(kinds, notes, "only what is true of an unfinished day");
    assert_eq!(report.json()["verdict"], "sound");
}

#[test]
fn keys_that_are_not_given_are_named_in_the_report() {
    let report = verify(&sound(), None, &Trust::default()).expect("a bundle");
    assert_eq!(report.exit_code(), 0);
    for kind in [Kind::CentralKeyFromBundle, Kind::AuthorityNotGiven] {
        assert!(report.findings().iter().any(|finding| finding.kind == kind), "{kind:?}");
    }
    assert!(report.text(Lang::Id).contains("bukan dari sumber lain"));
    assert!(report.text(Lang::En).contains(&election::central().public().to_string()));
}

#[test]
fn the_same_evidence_gives_the_same_bytes_wherever_it_comes_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = sample();
    let first = exported(&evidence, folder.path(), "first");
    let again = exported(&evidence, folder.path(), "again");
    assert_eq!(files(&first), files(&again));
    let copied = folder.path().join("copied");
    export(&Folder::open(&first).expect("a bundle"), &Scope::All, &copied, &maker()).expect("exports");
    assert_eq!(files(&first), files(&copied), "a bundle is a source like any other");
    let report = check(&evidence, &trust()).expect("a source");
    assert_eq!(report.findings(), verified(&first).findings(), "and is judged like any other");
}

#[test]
fn a_bundle_of_one_station_holds_nothing_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, second] = [1, 2].map(election::station);
    let to = folder.path().join("one");
    let made = export(&sample(), &Scope::Stations(BTreeSet::from([second])), &to, &maker()).expect("exports");
    assert_eq!((made.stations, made.entries, made.photos, made.absent), (1, 6, 1, vec![]));
    assert!(files(&to).iter().all(|(path, _)| !path.contains(&first.to_string())));
    assert_eq!(verified(&to).exit_code(), 0);
    let elsewhere = Scope::Region("11.01".parse().expect("a region"));
    let nothing = export(&sample(), &elsewhere, &folder.path().join("nothing"), &maker());
    assert!(matches!(nothing, Err(ExportError::Nothing)), "{nothing:?}");
    let region = Scope::Region("35.74.03".parse().expect("a region"));
    assert_eq!(export(&sample(), &region, &folder.path().join("region"), &maker()).expect("exports").stations, 2);
}

#[test]
fn sha256sum_checks_a_bundle() {
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let output = Command::new("sha256sum").args(["--strict", "-c", manifest]).current_dir(sound()).output();
        let output = output.expect("sha256sum runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_recipe_in_the_guide_checks_a_signature_without_plano() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = exported(&sample(), folder.path(), "bag");
    let guide = std::fs::read_to_string(bag.join("data/VERIFY.md")).expect("a guide");
    let recipe = guide.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a recipe");
    let run = || Command::new("sh").arg("-c").arg(recipe).current_dir(&bag).output().expect("a shell");
    let good = run();
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    assert!(String::from_utf8_lossy(&good.stdout).contains("Signature Verified Successfully"));
    tamper::edit(&bag, "data/entries/35.74.03.1001-001/000001.note", "plano test", "plano tset");
    assert!(!run().status.success(), "the recipe can fail");
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = exported(&sample(), folder.path(), "bag");
    let before = files(&to);
    let again = export(&sample(), &Scope::All, &to, &maker());
    assert!(matches!(again, Err(ExportError::Bag(BagError::Exists { .. }))), "{again:?}");
    assert_eq!(files(&to), before);
}

/// Evidence whose photos break off in the middle.
struct Broken(Evidence);

/// A reader that fails after a few bytes.
struct Breaking(u8);

impl Read for Breaking {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0 = self.0.checked_sub(1).ok_or(std::io::ErrorKind::UnexpectedEof)?;
        into[0] = 0xff;
        Ok(1)
    }
}

impl Source for Broken {
    type Error = Infallible;

    fn election(&self) -> Result<Vec<u8>, Infallible> {
        self.0.election()
    }

    fn central_key(&self) -> Result<Option<String>, Infallible> {
        self.0.central_key()
    }

    fn cosigned(&self) -> Result<Vec<Vec<u8>>, Infallible> {
        self.0.cosigned()
    }

    fn stations(&self) -> Result<Vec<StationId>, Infallible> {
        self.0.stations()
    }

    fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        self.0.accreditations(station)
    }

    fn entries(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        self.0.entries(station)
    }

    fn conflicts(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        self.0.conflicts(station)
    }

    fn receipts(&self, station: StationId) -> Result<Vec<KeptReceipt>, Infallible> {
        self.0.receipts(station)
    }

    fn attempts(&self, station: StationId) -> Result<Option<String>, Infallible> {
        self.0.attempts(station)
    }

    fn photos(&self, station: StationId) -> Result<Vec<Digest>, Infallible> {
        self.0.photos(station)
    }

    fn open_photo(&self, _: &Digest) -> Result<Option<Box<dyn Read + '_>>, Infallible> {
        Ok(Some(Box::new(Breaking(20))))
    }
}

#[test]
fn half_a_bundle_never_gets_the_name_of_a_whole_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("bag");
    for attempt in 1..=2 {
        let broken = export(&Broken(sample()), &Scope::All, &to, &maker());
        assert!(matches!(broken, Err(ExportError::Bag(BagError::Read { .. }))), "{broken:?}");
        assert!(!to.exists() && folder.path().join(format!("bag.partial-{attempt}")).is_dir());
    }
    exported(&sample(), folder.path(), "bag");
    assert_eq!(verified(&to).exit_code(), 0, "leftovers are in nobody's way");
}
