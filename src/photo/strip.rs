//! A copy of a photo without what the phone wrote beside the picture: place, time, owner, thumbnails, attached videos.

use super::guard::{next_marker, segment};
use super::header::{Header, png_chunk};
use super::{Kind, Orientation, PhotoError};

/// Chunks of a PNG that speak of other things than the picture (ISO/IEC 15948, 11.3, and the eXIf extension).
const PNG_NOTES: [&[u8; 4]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];

/// The photo with the very same picture data and no metadata but the orientation of a JPEG.
///
/// Nothing is decoded, so the picture loses nothing. Its SHA-256 is another than that of the original. A PNG that needs
/// turning is given as stored.
///
/// # Errors
/// [`PhotoError`] when the file is no JPEG or PNG, or longer than we take.
pub fn stripped(bytes: &[u8]) -> Result<Vec<u8>, PhotoError> {
    PhotoError::check_length(bytes.len() as u64)?;
    let kind = Kind::sniff(bytes)?;
    Ok(match kind {
        Kind::Jpeg => jpeg(bytes, Header::read(kind, bytes).orientation),
        Kind::Png => png(bytes),
    })
}

/// Segments that decoding needs are kept, and JFIF, colour profile and Adobe's colour transform (T.81, B.2; other
/// application segments and comments go). What stands behind the end of the image goes too: phones put a video there.
fn jpeg(bytes: &[u8], orientation: Orientation) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    clean.extend_from_slice(&[0xFF, 0xD8]);
    if orientation != Orientation::UPRIGHT {
        clean.extend(orientation_segment(orientation));
    }
    // Where the part begins that is taken over with the next marker: entropy-coded data.
    let mut at = 2;
    while let Some((code, after)) = next_marker(bytes, at) {
        match code {
            0x00 | 0x01 | 0xD0..=0xD8 => {
                clean.extend_from_slice(&bytes[at..after]);
                at = after;
            }
            0xD9 => {
                clean.extend_from_slice(&bytes[at..after]);
                return clean;
            }
            _ => {
                let Some(content) = segment(bytes, after) else { return clean };
                let before = marker_start(bytes, at, after);
                clean.extend_from_slice(&bytes[at..before]);
                if kept(code, &bytes[content.clone()]) {
                    clean.extend_from_slice(&bytes[before..content.end]);
                }
                at = content.end;
            }
        }
    }
    clean.extend_from_slice(&bytes[at..]);
    clean
}

/// Where the marker whose code ends at `after` begins, fill bytes included.
fn marker_start(bytes: &[u8], at: usize, after: usize) -> usize {
    let fill = bytes[at..after - 1].iter().rev().take_while(|&&byte| byte == 0xFF).count();
    after - 1 - fill
}

fn kept(code: u8, content: &[u8]) -> bool {
    match code {
        0xE0 => content.starts_with(b"JFIF\0"),
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe"),
        0xE1 | 0xE3..=0xED | 0xEF | 0xFE => false,
        _ => true,
    }
}

/// An EXIF segment with the one tag 0x0112 (Exif 2.32, 4.6).
fn orientation_segment(orientation: Orientation) -> Vec<u8> {
    let mut segment = b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    segment.push(orientation.exif());
    segment.extend([0; 6]);
    segment
}

fn png(bytes: &[u8]) -> Vec<u8> {
    let (signature, mut rest) = bytes.split_at(bytes.len().min(8));
    let mut clean = signature.to_vec();
    while let Some((name, _, after)) = png_chunk(rest) {
        if !PNG_NOTES.contains(&name) {
            clean.extend_from_slice(&rest[..rest.len() - after.len()]);
        }
        if name == b"IEND" {
            return clean;
        }
        rest = after;
    }
    clean.extend_from_slice(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::{examine, preview};

    fn turned(value: u8) -> Orientation {
        Orientation::from_exif(value).expect("1 to 8")
    }

    #[test]
    fn the_orientation_segment_is_read_back() {
        for value in 1..=8 {
            let segment = orientation_segment(turned(value));
            assert_eq!(segment.len(), 2 + 0x22);
            assert_eq!(Orientation::from_tiff(&segment[10..]), turned(value));
        }
    }

    #[test]
    fn only_the_picture_is_left_of_a_jpeg() {
        let before = b"\xFF\xD8\xFF\xE0\0\x08JFIF\0\x01\xFF\xE1\0\x08secret\xFF\xFF\xFE\0\x05gps\xFF\xDA\0\x03\x01\x12\xFF\x00\xFF\xD0\x34\xFF\xD9video";
        let after = b"\xFF\xD8\xFF\xE0\0\x08JFIF\0\x01\xFF\xDA\0\x03\x01\x12\xFF\x00\xFF\xD0\x34\xFF\xD9";
        assert_eq!(jpeg(before, Orientation::UPRIGHT), after);
        assert_eq!(jpeg(after, Orientation::UPRIGHT), after);
    }

    #[test]
    fn a_cut_jpeg_gives_what_is_there() {
        let cut = b"\xFF\xD8\xFF\xE1\0\x08secret\xFF\xDA\0\x03\x01\x12\x34";
        assert_eq!(jpeg(cut, Orientation::UPRIGHT), b"\xFF\xD8\xFF\xDA\0\x03\x01\x12\x34");
        assert_eq!(jpeg(b"\xFF\xD8\xFF\xE1\0\x40secret", Orientation::UPRIGHT), b"\xFF\xD8");
    }

    #[test]
    fn only_the_picture_is_left_of_a_png() {
        let chunk = |name: &[u8; 4], content: &[u8]| {
            let length = u32::try_from(content.len()).expect("short").to_be_bytes();
            [&length[..], name, content, &[0; 4]].concat()
        };
        let start = b"\x89PNG\r\n\x1a\n".to_vec();
        let (image, end) = (chunk(b"IHDR", &[0; 13]), chunk(b"IEND", b""));
        let noted = [
            start.clone(),
            image.clone(),
            chunk(b"tEXt", b"owner"),
            chunk(b"eXIf", b"MM"),
            end.clone(),
            b"more".to_vec(),
        ];
        assert_eq!(png(&noted.concat()), [start, image, end].concat());
    }

    #[test]
    fn photos_of_phones_show_the_same_without_their_notes() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/photos");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).expect("the fixtures") {
            let bytes = std::fs::read(entry.expect("an entry").path()).unwrap_or_default();
            let (Ok(before), Ok(clean)) = (examine(&bytes), stripped(&bytes)) else { continue };
            let after = examine(&clean).expect("still a photo");
            if before.kind() == Kind::Jpeg {
                assert_eq!((after.upright_size(), after.orientation()), (before.upright_size(), before.orientation()));
                let shown = |bytes: &[u8]| preview(bytes, 200).ok();
                assert_eq!(shown(&clean), shown(&bytes));
            }
            let text = |needle: &[u8]| clean.windows(needle.len()).any(|window| window == needle);
            assert!(!text(b"GPS") && !text(b"http://ns.adobe.com/xap"), "no place is left");
            seen += 1;
        }
        assert!(seen > 3, "{seen} fixtures");
    }
}
