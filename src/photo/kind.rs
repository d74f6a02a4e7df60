//! What kind of file the bytes are, by their signature. A file name proves nothing.

use super::PhotoError;

/// A kind of file that is taken as a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG (ITU-T T.81), what nearly every camera writes.
    Jpeg,
    /// PNG (ISO/IEC 15948), what screenshots are.
    Png,
}

/// ITU-T T.81: start of image, and the first byte of the marker that must follow.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
/// ISO/IEC 15948, 5.2.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Kind {
    /// The kind of a file that begins with `bytes`. The first 512 bytes decide.
    ///
    /// # Errors
    /// [`PhotoError`] names the kind that the file has instead, or says that it is empty or cut within its signature.
    pub fn sniff(bytes: &[u8]) -> Result<Self, PhotoError> {
        match bytes {
            [] => Err(PhotoError::Empty),
            _ if bytes.starts_with(JPEG) => Ok(Self::Jpeg),
            _ if bytes.starts_with(PNG) => Ok(Self::Png),
            _ if JPEG.starts_with(bytes) || PNG.starts_with(bytes) => {
                Err(PhotoError::Cut { bytes: bytes.len() as u64 })
            }
            _ => Err(refusal(bytes)),
        }
    }

    /// The media type (RFC 6838).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The usual ending of a file name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

fn refusal(bytes: &[u8]) -> PhotoError {
    let at = |offset: usize, signature: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(signature));
    if at(4, b"ftyp") {
        iso_media(bytes)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        PhotoError::WebP
    } else if at(0, b"GIF8") {
        PhotoError::Gif
    } else if at(0, b"II*\0") || at(0, b"MM\0*") {
        PhotoError::Tiff
    } else if at(0, b"%PDF") {
        PhotoError::Pdf
    } else if is_text(bytes) {
        PhotoError::Text
    } else {
        PhotoError::Unknown
    }
}

/// Tells the ISO base media files (ISO/IEC 14496-12, 4.3) apart by the brands of their `ftyp` box.
fn iso_media(bytes: &[u8]) -> PhotoError {
    let end = bytes.len().min(64);
    let brands = || bytes[8..end].chunks_exact(4);
    if brands().any(|brand| matches!(brand, b"avif" | b"avis")) {
        PhotoError::Avif
    } else if brands().any(|brand| matches!(brand, b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1"))
    {
        PhotoError::Heic
    } else {
        PhotoError::Video
    }
}

/// Whether the first bytes are UTF-8 text without control characters; a character cut at the end does not matter.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_are_known_by_their_signature() {
        let rows: [(&[u8], Kind); 3] =
            [(b"\xFF\xD8\xFF\xE0", Kind::Jpeg), (b"\xFF\xD8\xFF", Kind::Jpeg), (b"\x89PNG\r\n\x1a\n\0\0", Kind::Png)];
        for (bytes, kind) in rows {
            assert_eq!(Kind::sniff(bytes).expect("a photo"), kind);
        }
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        let rows: [(&[u8], &str); 20] = [
            (b"", "Empty"),
            (b"\xFF", "Cut { bytes: 1 }"),
            (b"\xFF\xD8", "Cut { bytes: 2 }"),
            (b"\x89PNG\r\n", "Cut { bytes: 6 }"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Heic"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "Heic"),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "Avif"),
            (b"\0\0\0\x1cftypavif\0\0\0\0avif", "Avif"),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "Video"),
            (b"\0\0\0\x14ftyp", "Video"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP"),
            (b"RIFF\x24\0\0\0WAVE", "Unknown"),
            (b"GIF89a", "Gif"),
            (b"II*\0\x08\0\0\0", "Tiff"),
            (b"%PDF-1.7\n", "Pdf"),
            (b"<!doctype html>\n<title>Masuk</title>", "Text"),
            ("\u{feff}halaman \u{e9}".as_bytes(), "Text"),
            (b"halaman \xc3", "Text"),
            (b"\xFF\xD8\x00\x01", "Unknown"),
            (b"\0\0\0\0\0\0\0\0\0\0", "Unknown"),
        ];
        for (bytes, name) in rows {
            assert_eq!(format!("{:?}", Kind::sniff(bytes).expect_err("refused")), name, "{bytes:?}");
        }
    }
}
