//! What looking at a photo costs in memory, measured in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use image::DynamicImage;
use plano::photo::{examine, preview};

use crate::support::photos::{jpeg, page, png};

/// The name of a photo file; set only in the measured process.
const PHOTO: &str = "PLANO_TEST_MEASURED_PHOTO";

/// The most memory that this process has held at once, in kB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux counts");
    line.trim().trim_end_matches(" kB").parse().expect("a number of kB")
}

/// Where the measured process leaves its figures: beside the photo.
fn figures_of(photo: &Path) -> PathBuf {
    photo.with_extension("peaks")
}

/// In the measured process: looks at the photo and writes the peaks before and after, in kB. Elsewhere nothing.
fn is_measured_process() -> bool {
    let Some(photo) = env::var_os(PHOTO).map(PathBuf::from) else { return false };
    let before = peak();
    let bytes = fs::read(&photo).expect("the photo is there");
    let findings = examine(&bytes).expect("a photo").findings().len();
    let shown = preview(&bytes, 1600).map_or(0, |copy| copy.len());
    let after = peak();
    fs::write(figures_of(&photo), format!("{before} {after} {findings} {shown}")).expect("the figures are written");
    true
}

/// Runs the test of the given name in a new process on a photo, and gives the peaks that it writes.
fn peaks(test: &str, bytes: &[u8]) -> (u64, u64) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let photo = folder.path().join("photo");
    fs::write(&photo, bytes).expect("the photo is written");
    let program = env::current_exe().expect("this program");
    let status = Command::new(program).args(["--exact", test]).env(PHOTO, &photo).output().expect("it runs").status;
    assert!(status.success());
    let figures = fs::read_to_string(figures_of(&photo)).expect("the test of that name measured");
    let mut figures = figures.split(' ').map(|figure| figure.parse().expect("a number"));
    (figures.next().expect("before"), figures.next().expect("after"))
}

#[test]
fn twelve_megapixels_take_less_than_150_mb() {
    if !is_measured_process() {
        let photo = jpeg(&page(1000, 750, 1).thumbnail_exact(4000, 3000));
        let (_, after) = peaks("photo_memory::twelve_megapixels_take_less_than_150_mb", &photo);
        assert!((36_000..150_000).contains(&after), "{after} kB");
    }
}

#[test]
fn a_bomb_takes_nothing() {
    if !is_measured_process() {
        // A valid file of 64.8 megapixels: 65 MB if it were decoded.
        let bomb = png(&DynamicImage::new_luma8(8_100, 8_000));
        let (before, after) = peaks("photo_memory::a_bomb_takes_nothing", &bomb);
        assert!(after - before < 8_000, "{before} kB, then {after} kB");
    }
}
