//! The head of a photo in the coding lepton, read before anything is decoded: what decoding would cost.
//!
//! It exists because the decoder cannot be asked. `lepton_jpeg` 0.5.8 makes room for as many bytes as the head says, up to 4 GB,
//! before it looks whether they are there. Layout: 28 bytes, of which the last four are the length of what follows; that, inflated,
//! is a list of parts, each with a mark of three bytes, the first with the head of the JPEG.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::LeptonError;
use crate::photo::guard::Outline;
use crate::photo::limits;

/// The mark of the format, its version, and the kind: a JPEG of one scan.
const MARK: [u8; 4] = [0xCF, 0x84, 1, b'Z'];
/// Bytes before what is deflated.
const FIXED: usize = 28;
/// The most bytes of it, inflated: the head of a JPEG with its small picture, and what stands behind its end.
const INFLATED: usize = 1024 * 1024;
/// The most parts that are decoded each with a memory of its own.
const HANDOFFS: u8 = 8;
/// Bytes of the description of such a part.
const HANDOFF: usize = 16;

/// Whether decoding `coded` takes no more than a photo may.
pub(super) fn check(coded: &[u8]) -> Result<(), LeptonError> {
    let head = inflated(coded).ok_or_else(|| refused("its head is not whole"))?;
    let (decodes, jpeg) = parts(&head).ok_or_else(|| refused("its head contradicts itself"))?;
    if !decodes {
        return Err(refused("it has no part to decode"));
    }
    let outline = Outline::read(&[&[0xFF, 0xD8], jpeg].concat());
    let size = outline.size().ok_or_else(|| refused("it says no size"))?;
    if outline.is_progressive() || outline.scans != 1 {
        return Err(refused("it has more than one scan"));
    }
    if size.long_side() > limits::SIDE || size.pixels() > limits::PIXELS {
        return Err(refused("it is too large a picture"));
    }
    Ok(())
}

fn refused(why: &str) -> LeptonError {
    LeptonError::Invalid(why.to_owned())
}

fn inflated(coded: &[u8]) -> Option<Vec<u8>> {
    let (fixed, rest) = coded.split_at_checked(FIXED)?;
    if !fixed.starts_with(&MARK) {
        return None;
    }
    let deflated = rest.get(..length(&fixed[FIXED - 4..])?)?;
    decompress_to_vec_zlib_with_limit(deflated, INFLATED).ok()
}

/// Whether there is a part to decode, and the head of the JPEG without its first two bytes. None when a length leads beyond the end.
fn parts(head: &[u8]) -> Option<(bool, &[u8])> {
    let mut rest = head.strip_prefix(b"HDR")?;
    let jpeg = counted(&mut rest, 1)?;
    let mut decodes = false;
    while !rest.is_empty() {
        let mark = take(&mut rest, 3)?;
        match mark {
            b"P0D" => drop(take(&mut rest, 1)?),
            b"CRS" => drop(counted(&mut rest, 4)?),
            b"FRS" | b"GRB" => drop(counted(&mut rest, 1)?),
            b"EEE" => drop(take(&mut rest, 28)?),
            [b'H', b'H', count @ 1..=HANDOFFS] if !decodes => {
                take(&mut rest, usize::from(*count) * HANDOFF)?;
                decodes = true;
            }
            _ => return None,
        }
    }
    Some((decodes, jpeg))
}

fn take<'a>(rest: &mut &'a [u8], bytes: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(bytes)?;
    *rest = left;
    Some(taken)
}

/// As many pieces of so many bytes as the four bytes before them say.
fn counted<'a>(rest: &mut &'a [u8], bytes: usize) -> Option<&'a [u8]> {
    let count = length(take(rest, 4)?)?;
    take(rest, count.checked_mul(bytes)?)
}

/// Four bytes, the least first.
fn length(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat};
    use miniz_oxide::deflate::compress_to_vec_zlib;

    use super::*;
    use crate::photo::lepton;

    fn coded() -> Vec<u8> {
        let mut photo = std::io::Cursor::new(Vec::new());
        DynamicImage::new_rgb8(64, 48).write_to(&mut photo, ImageFormat::Jpeg).expect("encodes");
        lepton::encode(&[&photo.into_inner()[..], b"behind its end"].concat()).expect("a coding")
    }

    /// The same with another head.
    fn with(coded: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let length = length(&coded[FIXED - 4..FIXED]).expect("four bytes");
        let mut head = inflated(coded).expect("a head");
        change(&mut head);
        let deflated = compress_to_vec_zlib(&head, 6);
        let size = u32::try_from(deflated.len()).expect("short").to_le_bytes();
        [&coded[..FIXED - 4], &size, &deflated, &coded[FIXED + length..]].concat()
    }

    fn at(head: &[u8], mark: &[u8]) -> usize {
        head.windows(mark.len()).position(|found| found == mark).expect("a part")
    }

    #[test]
    fn a_sound_head_passes_and_lengths_that_lead_beyond_its_end_do_not() {
        let coded = coded();
        assert!(check(&coded).is_ok() && check(&with(&coded, |_| ())).is_ok());
        let huge = |place: usize| with(&coded, |head| head[place..place + 4].copy_from_slice(&[0xff; 4]));
        let head = inflated(&coded).expect("a head");
        let garbage = at(&head, b"GRB");
        for (name, bytes) in [
            ("the head of the JPEG", huge(3)),
            ("what stands behind its end", huge(garbage + 3)),
            ("restarts", with(&coded, |head| head.extend(b"CRS\xff\xff\xff\x3f"))),
            ("restarts, twice around", with(&coded, |head| head.extend(b"CRS\x00\x00\x00\x40"))),
            ("errors of restarts", with(&coded, |head| head.extend(b"FRS\xff\xff\xff\xff"))),
            ("an unknown part", with(&coded, |head| head.extend(b"XYZ"))),
            ("half a mark", with(&coded, |head| head.push(b'P'))),
            ("parts to decode, twice", with(&coded, |head| head.extend(b"HH\x01".iter().chain(&[0; 16])))),
            ("no part to decode", with(&coded, |head| drop(head.drain(at(head, b"HH")..at(head, b"GRB"))))),
            ("more than may come out of it", with(&coded, |head| head.extend(vec![0; INFLATED]))),
        ] {
            assert!(matches!(check(&bytes), Err(LeptonError::Invalid(_))), "{name}");
        }
    }

    #[test]
    fn a_large_picture_is_not_decoded() {
        let coded = coded();
        let frame = |height: u16, width: u16| {
            with(&coded, |head| {
                // Marker, length, precision; then height and width.
                let sides = at(head, &[0xFF, 0xC0]) + 5;
                head[sides..sides + 2].copy_from_slice(&height.to_be_bytes());
                head[sides + 2..sides + 4].copy_from_slice(&width.to_be_bytes());
            })
        };
        for (height, width, passes) in [(8_000, 8_000, true), (12_001, 8, false), (8_001, 8_000, false), (0, 8, false)]
        {
            assert_eq!(check(&frame(height, width)).is_ok(), passes, "{height} x {width}");
        }
        let progressive = with(&coded, |head| {
            let frame = at(head, &[0xFF, 0xC0]);
            head[frame + 1] = 0xC2;
        });
        assert!(check(&progressive).is_err());
    }
}
