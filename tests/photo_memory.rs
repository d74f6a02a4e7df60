//! What looking at a photo costs in memory, measured in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use image::DynamicImage;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use plano::photo::{examine, lepton, limits, preview};

use crate::support::photos::{fixture, jpeg, page, png};

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

/// In the measured process: works on the file and writes the peaks before and after, in kB. Elsewhere nothing.
fn measures(work: impl FnOnce(&[u8])) -> bool {
    let Some(photo) = env::var_os(PHOTO).map(PathBuf::from) else { return false };
    let before = peak();
    work(&fs::read(&photo).expect("the photo is there"));
    let after = peak();
    fs::write(figures_of(&photo), format!("{before} {after}")).expect("the figures are written");
    true
}

fn is_measured_process() -> bool {
    measures(|bytes| {
        examine(bytes).expect("a photo");
        // A bomb has none.
        drop(preview(bytes, 1600));
    })
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

/// The coding with every byte changed, and with every byte of its head changed and the head deflated again, so that it is read.
fn tampered(coded: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let (fixed, rest) = coded.split_at(28);
    let length = u32::from_le_bytes(fixed[24..].try_into().expect("four bytes")) as usize;
    let head = decompress_to_vec_zlib(&rest[..length]).expect("a head");
    let changes = || [0x01, 0x10, 0x80, 0xff];
    let plain = (0..coded.len()).flat_map(move |at| changes().map(|change| (at, change)));
    let deep = (0..head.len()).flat_map(move |at| changes().map(|change| (at, change)));
    let plain = plain.map(|(at, change)| {
        let mut other = coded.to_vec();
        other[at] ^= change;
        other
    });
    let deep = deep.map(move |(at, change)| {
        let mut other = head.clone();
        other[at] ^= change;
        let deflated = compress_to_vec_zlib(&other, 6);
        let size = u32::try_from(deflated.len()).expect("short").to_le_bytes();
        [&fixed[..24], &size, &deflated, &rest[length..]].concat()
    });
    plain.chain(deep)
}

#[test]
fn a_coding_that_was_tampered_with_takes_little() {
    if !measures(|coded| tampered(coded).for_each(|other| drop(lepton::decode(&other, limits::FILE_BYTES)))) {
        let coded = lepton::encode(&fixture("located.jpg")).expect("a coding");
        let (before, after) = peaks("photo_memory::a_coding_that_was_tampered_with_takes_little", &coded);
        // Without a look at the head before, it takes 4 GB.
        assert!((after - before) * 1_000 < limits::DECODER_BYTES, "{before} kB, then {after} kB");
    }
}
