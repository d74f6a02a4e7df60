//! Photos from outside: whole files go in, findings and previews come out.

use std::ops::Range;

use image::{DynamicImage, GenericImageView, Rgb};
use plano::photo::{Code, Finding, Kind, PhotoError, Size, examine, preview};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::photos::{fixture, jpeg, page, png};

fn codes(bytes: &[u8]) -> Vec<String> {
    examine(bytes).expect("a photo").findings().iter().map(|finding| finding.code().to_string()).collect()
}

fn has(bytes: &[u8], code: Code) -> bool {
    examine(bytes).expect("a photo").findings().iter().map(Finding::code).any(|found| found == code)
}

/// Where a JPEG states its height and width (T.81, B.2.2).
fn frame_size(bytes: &[u8]) -> Range<usize> {
    let is_frame = |window: &[u8]| matches!(window, [0xFF, 0xC0 | 0xC2]);
    let frame = bytes.windows(2).position(is_frame).expect("a frame header");
    frame + 5..frame + 9
}

fn opened(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).expect("a preview can be opened")
}

#[test]
fn every_orientation_comes_out_upright() {
    for number in 1..=8 {
        let bytes = fixture(&format!("orientation-{number}.jpg"));
        let examination = examine(&bytes).expect("a photo");
        assert_eq!(examination.orientation().exif(), number);
        assert_eq!(examination.upright_size(), Some(Size { width: 24, height: 16 }));
        let upright = opened(&preview(&bytes, 100).expect("a preview")).to_rgb8();
        assert_eq!(upright.dimensions(), (24, 16));
        for ((x, y), wanted) in
            [((5, 3), [220, 30, 30]), ((18, 3), [30, 190, 30]), ((5, 12), [30, 30, 210]), ((18, 12), [240, 240, 240])]
        {
            let Rgb(seen) = *upright.get_pixel(x, y);
            let off = seen.iter().zip(wanted).map(|(a, b): (&u8, u8)| a.abs_diff(b)).max();
            assert!(off < Some(25), "orientation {number} at {x},{y}: {seen:?} for {wanted:?}");
        }
    }
}

#[test]
fn a_preview_tells_nobody_where_the_photo_was_taken() {
    let original = fixture("located.jpg");
    let located = |bytes: &[u8]| exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes));
    let place = located(&original).expect("the original has EXIF");
    assert!(place.get_field(exif::Tag::GPSLatitude, exif::In::PRIMARY).is_some());
    let copy = preview(&original, 100).expect("a preview");
    assert!(located(&copy).is_err());
    for trace in [&b"Exif"[..], b"GPS", b"KAMERA"] {
        assert!(!copy.windows(trace.len()).any(|window| window == trace));
    }
    assert_eq!(opened(&copy).dimensions(), (24, 16), "turned although the tag is gone");
}

#[test]
fn a_layout_that_the_decoder_garbles_is_kept_but_not_shown() {
    let bytes = fixture("separate-scans-420.jpg");
    assert_eq!(codes(&bytes), ["Q201", "Q209"]);
    let examination = examine(&bytes).expect("a photo");
    assert_eq!(examination.stored_size(), Some(Size { width: 96, height: 64 }));
    assert_eq!(examination.fingerprint(), None);
    assert!(matches!(preview(&bytes, 100), Err(PhotoError::Untrusted)));
}

#[test]
fn layouts_that_are_read_rightly_show_the_same_picture() {
    let shown = |name: &str| opened(&preview(&fixture(name), 100).expect("a preview")).to_rgb8().into_raw();
    let plain = shown("interleaved-420.jpg");
    for name in ["progressive-420.jpg", "separate-scans-444.jpg"] {
        assert!(!has(&fixture(name), Code::Untrusted));
        let other = shown(name);
        let off: usize = plain.iter().zip(&other).map(|(a, b)| usize::from(a.abs_diff(*b))).sum();
        assert!(off / plain.len() < 6, "{name} differs by {}", off / plain.len());
    }
}

#[test]
fn a_previews_own_layout_is_trusted_and_within_the_side() {
    let bytes = preview(&jpeg(&page(900, 1200, 1)), 640).expect("a preview");
    let examination = examine(&bytes).expect("a photo");
    assert_eq!(examination.stored_size(), Some(Size { width: 480, height: 640 }));
    assert_eq!(codes(&bytes), ["Q201"]);
    let small = opened(&preview(&jpeg(&page(90, 120, 1)), 640).expect("a preview"));
    assert_eq!(small.dimensions(), (90, 120), "never enlarged");
}

#[test]
fn a_good_photo_has_no_findings_and_a_blurred_one_has() {
    let good = page(1800, 1350, 1);
    assert_eq!(codes(&jpeg(&good)), [""; 0]);
    assert_eq!(codes(&png(&good)), [""; 0]);
    assert_eq!(codes(&jpeg(&good.fast_blur(3.0))), ["Q202"]);
    assert_eq!(codes(&jpeg(&good.brighten(-150))), ["Q203"]);
}

#[test]
fn cut_files_are_kept_and_named() {
    let whole = jpeg(&page(1600, 1200, 1));
    let cut = &whole[..whole.len() / 2];
    assert_eq!(codes(cut), ["Q206"]);
    assert_eq!(examine(cut).expect("a photo").fingerprint(), None);
    assert!(preview(cut, 400).is_ok(), "what is there can be shown");
    let closed = [cut, b"\xFF\xD9"].concat();
    assert_eq!(codes(&closed), ["Q206"], "an end mark does not make it whole");
    let zeroed = [cut, &vec![0; whole.len() / 2]].concat();
    assert_eq!(codes(&zeroed), ["Q206"]);
    let trailer = [&whole, &b"MotionPhoto\xFF\xD8\xFF\xE0 and more"[..]].concat();
    assert_eq!(codes(&trailer), [""; 0], "what phones append is no damage");

    let whole = png(&page(1600, 1200, 1));
    assert_eq!(codes(&whole[..whole.len() / 2]), ["Q206", "Q207"]);
    assert!(matches!(preview(&whole[..whole.len() / 2], 400), Err(PhotoError::Decode { .. })));
}

#[test]
fn a_file_on_which_the_decoder_panics_is_kept_too() {
    let bytes = fixture("decoder-panics.jpg");
    assert!(has(&bytes, Code::Incomplete));
    assert_eq!(examine(&bytes).expect("a photo").stored_size(), Some(Size { width: 96, height: 64 }));
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        assert!(has(&bytes, Code::Undecodable));
        assert!(matches!(preview(&bytes, 100), Err(PhotoError::Panicked)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn photos_damaged_by_chance_are_kept(
        name in select(&["interleaved-420.jpg", "progressive-420.jpg", "separate-scans-444.jpg", "located.jpg"]),
        changes in vec((any::<Index>(), any::<u8>()), 1..6),
        length in any::<Index>(),
    ) {
        let mut bytes = fixture(name);
        let size = frame_size(&bytes);
        for (at, value) in changes {
            // The first three bytes are the signature; a larger size would only take time.
            let at = 3 + at.index(bytes.len() - 3);
            if !size.contains(&at) {
                bytes[at] = value;
            }
        }
        bytes.truncate(3 + length.index(bytes.len() * 2));
        prop_assert!(examine(&bytes).is_ok());
        let _: Result<Vec<u8>, PhotoError> = preview(&bytes, 50);
    }
}

#[test]
fn a_name_does_not_make_a_photo() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\x01\x2fmeta";
    assert!(matches!(examine(heic), Err(PhotoError::Heic)));
    assert!(matches!(preview(heic, 400), Err(PhotoError::Heic)));
    assert!(matches!(examine(b"<html>"), Err(PhotoError::Text)));
}

#[test]
fn bombs_are_kept_and_not_opened() {
    let wide = png(&DynamicImage::new_luma8(60_000, 20));
    let mut header = fixture("interleaved-420.jpg");
    let size = frame_size(&header);
    header[size].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    for (bytes, side) in [(wide, 60_000), (header, 65_500)] {
        let examination = examine(&bytes).expect("a photo");
        assert_eq!(codes(&bytes), ["Q208"]);
        assert_eq!(examination.stored_size().map(Size::long_side), Some(side));
        assert!(matches!(preview(&bytes, 400), Err(PhotoError::OverLimits { .. })));
    }
}

#[test]
fn every_kind_of_png_pixel_can_be_looked_at() {
    let plain = page(1600, 1200, 1);
    let kinds = [
        DynamicImage::ImageRgba8(plain.to_rgba8()),
        DynamicImage::ImageLumaA8(plain.to_luma_alpha8()),
        DynamicImage::ImageLuma16(plain.to_luma16()),
        DynamicImage::ImageRgba16(plain.to_rgba16()),
    ];
    for picture in kinds {
        let bytes = png(&picture);
        assert_eq!(codes(&bytes), [""; 0], "{:?}", picture.color());
        assert_eq!(examine(&bytes).expect("a photo").kind(), Kind::Png);
        assert_eq!(opened(&preview(&bytes, 400).expect("a preview")).dimensions(), (400, 300));
    }
}

#[test]
fn a_copy_is_recognised_and_another_page_is_not() {
    let fingerprint = |bytes: &[u8]| examine(bytes).expect("a photo").fingerprint().expect("it was looked at");
    let original = jpeg(&page(1640, 1230, 1));
    let copy = preview(&original, 700).expect("a preview");
    assert!(fingerprint(&original).looks_like(fingerprint(&copy)));
    let other = fingerprint(&jpeg(&page(1640, 1230, 2)));
    assert!(!fingerprint(&original).looks_like(other), "{}", fingerprint(&original).distance(other));
}
