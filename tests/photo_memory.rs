//! What looking at a photo costs in memory, measured in a process of its own.

use std::path::Path;
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

/// In the measured process: looks at the photo and prints the peak before and after, in kB.
fn measured_process() -> bool {
    let Some(photo) = env::var_os(PHOTO) else { return false };
    let before = peak();
    let bytes = fs::read(photo).expect("the photo is there");
    let findings = examine(&bytes).expect("a photo").findings().len();
    let shown = preview(&bytes, 1600).map_or(0, |copy| copy.len());
    println!("\npeak {before} {} with {findings} findings, {shown} bytes shown", peak());
    true
}

/// Runs the test of the given name in a new process on a photo, and gives the peaks that it prints.
fn peaks(test: &str, bytes: &[u8]) -> (u64, u64) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let photo = folder.path().join("photo");
    fs::write(&photo, bytes).expect("the photo is written");
    run(test, &photo)
}

fn run(test: &str, photo: &Path) -> (u64, u64) {
    let exe = env::current_exe().expect("this program");
    let output = Command::new(exe).args(["--exact", test, "--nocapture"]).env(PHOTO, photo).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("peak ")).unwrap_or_else(|| panic!("no peak in {text}"));
    let mut numbers = line.split(' ').map(|number| number.parse().unwrap_or(0));
    (numbers.next().expect("before"), numbers.next().expect("after"))
}

#[test]
fn twelve_megapixels_take_less_than_150_mb() {
    if !measured_process() {
        let (_, after) = peaks("photo_memory::twelve_megapixels_take_less_than_150_mb", &jpeg(&page(4000, 3000, 1)));
        assert!((36_000..150_000).contains(&after), "{after} kB");
    }
}

#[test]
fn a_bomb_takes_nothing() {
    if !measured_process() {
        // A valid file of 64.8 megapixels: 65 MB if it were decoded.
        let bomb = png(&DynamicImage::new_luma8(8_100, 8_000));
        let (before, after) = peaks("photo_memory::a_bomb_takes_nothing", &bomb);
        assert!(after - before < 8_000, "{before} kB, then {after} kB");
    }
}
