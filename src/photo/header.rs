//! What a photo says of itself before anything is decoded: size, orientation, and what looking at it would cost.

use std::fmt;

use super::guard::Outline;
use super::{Kind, Orientation, limits};

/// Width and height of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// The longer side in pixels.
    #[must_use]
    pub fn long_side(self) -> u32 {
        self.width.max(self.height)
    }

    /// How many pixels there are.
    #[must_use]
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The size after `orientation` has set the picture upright.
    #[must_use]
    pub fn upright(self, orientation: Orientation) -> Self {
        if orientation.swaps_sides() { Self { width: self.height, height: self.width } } else { self }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}x{}", self.width, self.height)
    }
}

/// The header of a photo.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) kind: Kind,
    /// The size as stored; `None` when the file ends before it or states a side of zero.
    pub(crate) size: Option<Size>,
    pub(crate) orientation: Orientation,
    /// Whether the file reaches its own end mark.
    pub(crate) complete: bool,
    /// Whether the decoder is known to read such a file rightly.
    pub(crate) trusted: bool,
    decoder_bytes: u64,
    scans: u32,
}

impl Header {
    /// Reads the header of a photo of `kind`. Nothing in a file can make this fail: what is not there is left empty.
    pub(crate) fn read(kind: Kind, bytes: &[u8]) -> Self {
        match kind {
            Kind::Jpeg => Self::of_jpeg(bytes),
            Kind::Png => Self::of_png(bytes),
        }
    }

    fn of_jpeg(bytes: &[u8]) -> Self {
        let outline = Outline::read(bytes);
        let orientation =
            outline.exif.clone().map_or(Orientation::UPRIGHT, |tiff| Orientation::from_tiff(&bytes[tiff]));
        Self {
            kind: Kind::Jpeg,
            size: outline.size(),
            orientation,
            complete: outline.complete,
            trusted: outline.trusted(),
            decoder_bytes: outline.decoder_bytes() + bytes.len() as u64,
            scans: outline.scans,
        }
    }

    /// PNG chunks are length, name, content, checksum (ISO/IEC 15948, 5.3); the first is the image header.
    fn of_png(bytes: &[u8]) -> Self {
        let mut header = Self {
            kind: Kind::Png,
            size: None,
            orientation: Orientation::UPRIGHT,
            complete: false,
            trusted: true,
            decoder_bytes: 0,
            scans: 1,
        };
        let mut rest = bytes.get(8..).unwrap_or_default();
        while let Some((name, content, after)) = png_chunk(rest) {
            match name {
                b"IHDR" => header.take_image_header(content),
                b"eXIf" => header.orientation = Orientation::from_tiff(content),
                b"IEND" => {
                    header.complete = true;
                    break;
                }
                _ => {}
            }
            rest = after;
        }
        header
    }

    /// Takes the content of an IHDR chunk (ISO/IEC 15948, 11.2.2). The memory is that of the decoded samples, with an alpha
    /// channel wherever one is possible, and of their copy with three bytes a pixel.
    fn take_image_header(&mut self, content: &[u8]) {
        let Some((fields, _)) = content.split_first_chunk::<13>() else { return };
        let number = |at: usize| u32::from_be_bytes([fields[at], fields[at + 1], fields[at + 2], fields[at + 3]]);
        let size = Size { width: number(0), height: number(4) };
        let channels = if matches!(fields[9], 0 | 4) { 2 } else { 4 };
        let sample_bytes = if fields[8] == 16 { 2 } else { 1 };
        self.size = Some(size).filter(|size| size.pixels() > 0);
        self.decoder_bytes = size.pixels().saturating_mul(channels * sample_bytes + 3);
    }

    /// The same header with its layout taken as harmless, to show what the decoder makes of it.
    #[cfg(test)]
    pub(crate) fn with_trust(mut self) -> Self {
        self.trusted = true;
        self
    }

    /// What decoding costs, in percent of the limit that is nearest to being passed, rounded up; over 100 it is not done.
    pub(crate) fn load_percent(&self) -> u64 {
        let side = self.size.map_or(0, Size::long_side);
        let shares = [
            (u64::from(side), u64::from(limits::SIDE)),
            (self.size.map_or(0, Size::pixels), limits::PIXELS),
            (self.decoder_bytes, limits::DECODER_BYTES),
            (u64::from(self.scans), u64::from(limits::SCANS)),
        ];
        shares.map(|(cost, limit)| cost.saturating_mul(100).div_ceil(limit)).into_iter().max().unwrap_or(0)
    }
}

/// Name and content of the first chunk in `bytes`, and the bytes behind it; `None` when it is cut.
pub(crate) fn png_chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_first_chunk::<4>()?;
    let (content, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let (_checksum, rest) = rest.split_first_chunk::<4>()?;
    Some((name, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of headers only; checksums are left zero, nothing here reads them.
    fn png(width: u32, height: u32, depth: u8, colour: u8, end: bool) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([depth, colour, 0, 0, 0, 0, 0, 0, 0]);
        if end {
            bytes.extend(b"\0\0\0\0IEND\0\0\0\0");
        }
        bytes
    }

    #[test]
    fn the_nearest_limit_decides() {
        let rows = [
            (png(12_000, 1, 8, 0, true), 100),
            (png(12_001, 1, 8, 0, true), 101),
            (png(1, 24_000, 8, 0, true), 200),
            (png(8_000, 4_000, 8, 0, true), 67),
            (png(8_000, 4_000, 8, 2, true), 88),
            (png(8_000, 8_000, 8, 0, true), 125),
            (png(6_000, 6_000, 16, 6, true), 155),
            (png(12_000, 65_000, 8, 3, true), 2_133),
        ];
        for (bytes, percent) in rows {
            let header = Header::read(Kind::Png, &bytes);
            assert_eq!(header.load_percent(), percent, "{:?}", header.size);
        }
        assert!(Header::read(Kind::Png, &png(u32::MAX, u32::MAX, 16, 6, true)).load_percent() > 100);
    }

    #[test]
    fn the_end_mark_and_the_size_are_seen() {
        let whole = Header::read(Kind::Png, &png(30, 40, 8, 2, true));
        assert!(whole.complete);
        assert_eq!(whole.size, Some(Size { width: 30, height: 40 }));
        assert!(!Header::read(Kind::Png, &png(30, 40, 8, 2, false)).complete);
        assert_eq!(Header::read(Kind::Png, &png(0, 40, 8, 2, true)).size, None);
        assert_eq!(Header::read(Kind::Png, &png(30, 40, 8, 2, true)[..20]).size, None);
    }

    #[test]
    fn a_turned_picture_swaps_its_sides() {
        let size = Size { width: 40, height: 30 };
        let turned = size.upright(Orientation::from_exif(6).expect("1 to 8"));
        assert_eq!(turned, Size { width: 30, height: 40 });
        assert_eq!(size.upright(Orientation::UPRIGHT), size);
        assert_eq!(size.to_string(), "40x30");
    }
}
