//! Bundles made to harm whoever opens them, and single bytes changed anywhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use plano::audit::{Folder, FolderError, Kind, Trust, verify};
use plano::form::Lang;
use proptest::prelude::*;

use crate::audit::{sound, trust, verified};
use crate::support::tamper::{copy, list, rebag};

/// A copy of the sound bundle, to be harmed.
fn bag(folder: &Path) -> std::path::PathBuf {
    let bag = folder.join("bag");
    copy(&sound(), &bag);
    bag
}

fn finds(bag: &Path, kind: Kind, file: &str) {
    let report = verified(bag);
    let found = report.findings().iter().find(|finding| finding.kind == kind);
    assert_eq!(found.and_then(|finding| finding.place.file.as_deref()), Some(file), "{}", report.text(Lang::En));
    assert_eq!(report.exit_code(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    let secret = folder.path().join("secret");
    fs::write(&secret, "secret").expect("writes");
    let key = bag.join("data/central.key");
    fs::remove_file(&key).expect("removes");
    symlink(&secret, &key).expect("links");
    finds(&bag, Kind::Unsafe, "data/central.key");
    fs::remove_file(&key).expect("removes");
    fs::copy(sound().join("data/central.key"), &key).expect("copies");
    symlink(folder.path(), bag.join("data/loop")).expect("links");
    finds(&bag, Kind::Unsafe, "data/loop");
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_hold_the_verifier_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    let pipe = bag.join("data/attempts/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    finds(&bag, Kind::Unsafe, "data/attempts/pipe");
}

#[test]
fn files_over_their_limit_are_not_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    let entry = "data/entries/35.74.03.1001-001/000001.note";
    let file = fs::File::options().write(true).open(bag.join(entry)).expect("opens");
    // A hole: it takes no room on the disk.
    file.set_len(1 << 40).expect("grows");
    finds(&bag, Kind::TooLarge, entry);
}

#[test]
fn names_that_no_export_writes_are_refused_and_printed_harmlessly() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    fs::write(bag.join("data/\u{1b}[2J.txt"), "x").expect("writes");
    finds(&bag, Kind::Unsafe, "data/\u{1b}[2J.txt");
    for lang in Lang::ALL {
        assert!(!verified(&bag).text(lang).contains('\u{1b}'));
    }
}

#[test]
fn deep_folders_are_not_entered() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    let deep = (0..200).fold(bag.join("data"), |path, _| path.join("d"));
    fs::create_dir_all(&deep).expect("makes folders");
    finds(&bag, Kind::Unsafe, "data/d/d/d");
}

#[test]
fn what_is_no_bundle_is_said_to_be_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = verify(folder.path(), None, &Trust::default());
    assert!(matches!(none, Err(FolderError::NotABundle { .. })), "{none:?}");
    let absent = verify(&folder.path().join("absent"), None, &Trust::default());
    assert!(matches!(absent, Err(FolderError::Read { .. })), "{absent:?}");
    let other = verify(&sound(), Some(folder.path()), &trust());
    assert!(matches!(other, Err(FolderError::NotABundle { .. })), "{other:?}");
    fs::create_dir(folder.path().join("data")).expect("makes a folder");
    fs::write(folder.path().join("data/x"), "x").expect("writes");
    assert_eq!(verified(folder.path()).exit_code(), 1, "a bundle of which all is missing");
    assert!(Folder::open(folder.path()).is_ok());
}

/// Changes one byte of one file, verifies, and changes it back.
fn is_found(bag: &Path, file: &str, at: usize, flip: u8) -> bool {
    let path = bag.join(file);
    let good = fs::read(&path).expect("reads");
    let mut bad = good.clone();
    let at = at % good.len();
    bad[at] ^= flip;
    fs::write(&path, &bad).expect("writes");
    let found = verified(bag).exit_code() == 1;
    fs::write(&path, &good).expect("writes");
    found
}

#[test]
fn any_changed_byte_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    let mut files = Vec::new();
    list(&bag, "", &mut files);
    files.sort();
    // Every file once at a place of its own; the tag files, on which all rests, at many.
    for (number, file) in files.iter().enumerate() {
        assert!(is_found(&bag, file, number * 7919, 0x01), "{file}");
    }
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let place = (0..files.len(), any::<usize>(), 1_u8..=255);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let run = runner.run(&place, |(file, at, flip)| {
        prop_assert!(is_found(&bag, &files[file], at, flip), "{} at {at} with {flip}", files[file]);
        Ok(())
    });
    run.expect("every flip is found");
    for file in files.iter().filter(|file| !file.contains('/')) {
        for at in 0..12 {
            assert!(is_found(&bag, file, at * 41, 0x20), "{file} at {at}");
        }
    }
}

/// Files whose every byte rests on a signature or is made again from what does; the rest is the exporter's bare word.
fn is_evidence(path: &str) -> bool {
    path.starts_with("data/") && !path.starts_with("data/attempts/") && path != "data/VERIFY.md"
}

#[test]
fn any_changed_byte_of_evidence_is_found_even_when_the_sums_are_made_to_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let bag = bag(folder.path());
    let mut files = Vec::new();
    list(&bag, "", &mut files);
    files.retain(|path| is_evidence(path));
    files.sort();
    for (number, file) in files.iter().enumerate() {
        let path = bag.join(file);
        let good = fs::read(&path).expect("reads");
        let at = (number * 104_729 + 17) % good.len();
        let mut bad = good.clone();
        bad[at] ^= 0x01;
        fs::write(&path, &bad).expect("writes");
        rebag(&bag);
        let report = verified(&bag);
        assert_eq!(report.exit_code(), 1, "{file} at {at}: {}", report.text(Lang::En));
        let sums = [Kind::Missing, Kind::Changed, Kind::Extra, Kind::ManifestLine];
        assert!(!report.findings().iter().any(|finding| sums.contains(&finding.kind)), "the sums fit: {file}");
        fs::write(&path, &good).expect("writes");
    }
}
