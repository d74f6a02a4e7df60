//! How a camera was held.

/// The EXIF orientation of a photo, 1 to 8 (Exif 2.32, tag 0x0112). 1 is upright, 3, 6 and 8 are turned, the others mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// The picture as stored, which is also what a file without the tag means.
    pub const UPRIGHT: Self = Self(1);

    /// Reads the tag from a TIFF structure (the content of an EXIF segment). Whatever cannot be read counts as upright.
    pub(crate) fn from_tiff(tiff: &[u8]) -> Self {
        let read = exif::Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
        let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| ())) else {
            return Self::UPRIGHT;
        };
        exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)
            .and_then(|field| field.value.get_uint(0))
            .and_then(|value| u8::try_from(value).ok())
            .and_then(Self::from_exif)
            .unwrap_or(Self::UPRIGHT)
    }

    /// The orientation with the EXIF number `value`; `None` unless it is 1 to 8.
    #[must_use]
    pub const fn from_exif(value: u8) -> Option<Self> {
        match value {
            1..=8 => Some(Self(value)),
            _ => None,
        }
    }

    /// The EXIF number, 1 to 8.
    #[must_use]
    pub const fn exif(self) -> u8 {
        self.0
    }

    /// Whether width and height change places when the picture is set upright.
    #[must_use]
    pub const fn swaps_sides(self) -> bool {
        self.0 >= 5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF structure of one directory with one SHORT entry.
    fn tiff(tag: u16, value: u16) -> Vec<u8> {
        let mut bytes = b"MM\0*\0\0\0\x08\0\x01".to_vec();
        bytes.extend(tag.to_be_bytes());
        bytes.extend([0, 3, 0, 0, 0, 1]);
        bytes.extend(value.to_be_bytes());
        bytes.extend([0; 6]);
        bytes
    }

    #[test]
    fn the_tag_decides_and_anything_odd_is_upright() {
        for value in 1..=8 {
            assert_eq!(u16::from(Orientation::from_tiff(&tiff(0x0112, value)).exif()), value);
        }
        for odd in [tiff(0x0112, 0), tiff(0x0112, 9), tiff(0x0112, 256), tiff(0x0113, 6), Vec::new(), b"MM\0*".to_vec()]
        {
            assert_eq!(Orientation::from_tiff(&odd), Orientation::UPRIGHT);
        }
        assert_eq!(Orientation::from_tiff(&tiff(0x0112, 6)[..20]), Orientation::UPRIGHT);
    }

    #[test]
    fn the_last_four_swap_sides() {
        let swaps = (1..=8).filter(|&value| Orientation::from_exif(value).expect("1 to 8").swaps_sides());
        assert_eq!(swaps.collect::<Vec<_>>(), [5, 6, 7, 8]);
    }
}
