//! The words of tus 1.0.0 (<https://tus.io/protocols/resumable-upload>): names of headers, metadata, checksums.
//!
//! In scope: what both ends write and read. Not here: what an upload is (`central`), when to send (`sync`).

use base64::prelude::{BASE64_STANDARD, Engine as _};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::clock::Timestamp;

/// The version, the only one spoken.
pub const VERSION: &str = "1.0.0";
/// What central can do beyond the core.
pub const EXTENSIONS: &str = "creation,creation-with-upload,checksum,expiration,termination";
/// The media type of a piece of an upload.
pub const PIECE: &str = "application/offset+octet-stream";
/// The longest metadata, in bytes as it stands in the header.
pub const METADATA_BYTES: usize = 4 * 1024;
/// The key of the metadata under which the SHA-256 of the whole stands, in hexadecimal digits.
pub const SHA256: &str = "sha256";
/// The key of the metadata under which a [`Coding`](super::coding::Coding) other than the photo's own bytes is named. The length and
/// the offsets are then those of the coding; the SHA-256 is that of the photo.
pub const CODING: &str = "coding";

/// Names of headers.
pub mod header {
    /// The version of the protocol, in every request and answer.
    pub const RESUMABLE: &str = "tus-resumable";
    /// The versions that a server speaks.
    pub const VERSION: &str = "tus-version";
    /// What a server can do beyond the core.
    pub const EXTENSION: &str = "tus-extension";
    /// The longest upload in bytes.
    pub const MAX_SIZE: &str = "tus-max-size";
    /// The ways to compute a checksum, in order of preference.
    pub const CHECKSUM_ALGORITHM: &str = "tus-checksum-algorithm";
    /// The length of the whole in bytes.
    pub const LENGTH: &str = "upload-length";
    /// How many bytes of it there are.
    pub const OFFSET: &str = "upload-offset";
    /// Names and values about the whole.
    pub const METADATA: &str = "upload-metadata";
    /// The checksum of one piece.
    pub const CHECKSUM: &str = "upload-checksum";
    /// The receipt of a photo that is whole, in base64: the answer to a piece has no body. No part of tus.
    pub const RECEIPT: &str = "upload-receipt";
    /// When an unfinished upload is given up.
    pub const EXPIRES: &str = "upload-expires";
    /// The method that is meant, where a network lets only some pass.
    pub const METHOD_OVERRIDE: &str = "x-http-method-override";
}

/// Why a header is not what the protocol asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// A number.
    #[error("{0} is a whole number of bytes in decimal digits")]
    Number(&'static str),
    /// The metadata.
    #[error("upload-metadata is a list of distinct keys with a value in base64 each, `key value,key value`")]
    Metadata,
    /// The metadata is too long.
    #[error("upload-metadata has more than {METADATA_BYTES} bytes")]
    LongMetadata,
    /// The checksum.
    #[error("upload-checksum is `sha1` or `sha256` and the digest in base64")]
    Checksum,
}

/// Reads a length or an offset: decimal digits alone, no sign.
///
/// # Errors
/// [`HeaderFault::Number`]; also for a number beyond 2⁶³.
pub fn number(name: &'static str, text: &str) -> Result<u64, HeaderFault> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse::<u64>().ok()).flatten();
    number.filter(|number| i64::try_from(*number).is_ok()).ok_or(HeaderFault::Number(name))
}

/// A moment as headers write it (RFC 9110, section 5.6.7), to the second: `Wed, 27 Nov 2024 13:58:02 GMT`.
#[must_use]
pub fn date(at: Timestamp) -> String {
    let form =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    let moment = OffsetDateTime::from_unix_timestamp(at.millis() / 1_000).ok();
    // Every moment that a timestamp can hold has this form.
    moment.and_then(|moment| moment.format(form).ok()).unwrap_or_default()
}

/// Names and values about an upload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata(Vec<(String, Vec<u8>)>);

impl Metadata {
    /// These names and values. The names must be of printable ASCII without spaces and commas, each once.
    ///
    /// # Errors
    /// [`HeaderFault`] when they could not be read back.
    pub fn new(pairs: &[(&str, &str)]) -> Result<Self, HeaderFault> {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), value.as_bytes().to_vec()));
        let metadata = Self(pairs.collect());
        if Self::parse(&metadata.to_string())? == metadata { Ok(metadata) } else { Err(HeaderFault::Metadata) }
    }

    /// Reads the header. An empty one is no metadata; a key may stand without a value.
    ///
    /// # Errors
    /// [`HeaderFault::Metadata`], [`HeaderFault::LongMetadata`].
    pub fn parse(text: &str) -> Result<Self, HeaderFault> {
        if text.len() > METADATA_BYTES {
            return Err(HeaderFault::LongMetadata);
        }
        let mut pairs: Vec<(String, Vec<u8>)> = Vec::new();
        for pair in text.split(',').map(str::trim).filter(|_| !text.trim().is_empty()) {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
            let value = BASE64_STANDARD.decode(value.trim()).map_err(|_| HeaderFault::Metadata)?;
            if !plain || pairs.iter().any(|(known, _)| known == key) {
                return Err(HeaderFault::Metadata);
            }
            pairs.push((key.to_owned(), value));
        }
        Ok(Self(pairs))
    }

    /// Whether there is a `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known == key)
    }

    /// The value of `key` when it is text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == key)?;
        std::str::from_utf8(value).ok()
    }
}

impl std::fmt::Display for Metadata {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (key, value)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(out, "{comma}{key} {}", BASE64_STANDARD.encode(value))?;
        }
        Ok(())
    }
}

/// How a checksum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1, which the protocol asks every server to know. It finds accidents; forgeries are found by the SHA-256 of the whole.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl Algorithm {
    /// All, as a server names them.
    pub const NAMES: &str = "sha1,sha256";

    const fn bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }
}

/// The checksum that one piece has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// How it is computed.
    pub algorithm: Algorithm,
    /// The digest.
    pub digest: Vec<u8>,
}

impl Checksum {
    /// Reads the header.
    ///
    /// # Errors
    /// [`HeaderFault::Checksum`]; also for a digest of another length.
    pub fn parse(text: &str) -> Result<Self, HeaderFault> {
        let (name, digest) = text.split_once(' ').ok_or(HeaderFault::Checksum)?;
        let algorithm = match name {
            "sha1" => Algorithm::Sha1,
            "sha256" => Algorithm::Sha256,
            _ => return Err(HeaderFault::Checksum),
        };
        let digest = BASE64_STANDARD.decode(digest.trim()).map_err(|_| HeaderFault::Checksum)?;
        if digest.len() == algorithm.bytes() { Ok(Self { algorithm, digest }) } else { Err(HeaderFault::Checksum) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_and_nothing_else() {
        for (text, expected) in [("0", 0), ("007", 7), ("9223372036854775807", i64::MAX.cast_unsigned())] {
            assert_eq!(number(header::OFFSET, text), Ok(expected), "{text}");
        }
        for text in ["", "-1", "+1", " 1", "1.0", "0x1", "1e3", "٣", "9223372036854775808", "99999999999999999999999"]
        {
            assert_eq!(number(header::OFFSET, text), Err(HeaderFault::Number(header::OFFSET)), "{text}");
        }
    }

    #[test]
    fn a_moment_is_written_as_headers_have_it() {
        let at: Timestamp = "2024-11-27T13:58:02.999Z".parse().expect("a moment");
        assert_eq!(date(at), "Wed, 27 Nov 2024 13:58:02 GMT");
    }

    #[test]
    fn metadata_is_read_as_it_was_written() {
        let written = Metadata::new(&[("filename", "C.HASIL halaman 1 – é.jpg"), (SHA256, "00")]).expect("sound");
        assert_eq!(Metadata::parse(&written.to_string()).as_ref(), Ok(&written));
        let read = Metadata::parse("filename d29ybGQ=, is_confidential,relativePath bnVsbA==").expect("sound");
        assert_eq!(
            (read.text("filename"), read.text("is_confidential"), read.text("x")),
            (Some("world"), Some(""), None)
        );
        assert_eq!(Metadata::parse("bytes /w==").expect("sound").text("bytes"), None, "not text");
        for empty in ["", "  "] {
            assert_eq!(Metadata::parse(empty), Ok(Metadata::default()), "tuspy sends an empty header");
        }
    }

    #[test]
    fn what_is_no_metadata_is_refused() {
        for bad in [",", "a YQ==,", "a YQ==,a Yg==", "a =", "a YQ", "ä YQ==", "a YQ== Yg==", "a \u{1}"] {
            assert_eq!(Metadata::parse(bad), Err(HeaderFault::Metadata), "{bad:?}");
        }
        assert_eq!(Metadata::parse(&format!("a {}", "A".repeat(METADATA_BYTES))), Err(HeaderFault::LongMetadata));
        assert!(Metadata::new(&[("two words", "x")]).is_err() && Metadata::new(&[("", "x")]).is_err());
    }

    #[test]
    fn a_checksum_has_a_known_name_and_the_right_length() {
        let good = Checksum::parse("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").expect("the protocol's own example");
        assert_eq!((good.algorithm, good.digest.len()), (Algorithm::Sha1, 20));
        for bad in [
            "",
            "sha1",
            "md5 1B2M2Y8AsgTpgAmY7PhCfg==",
            "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
            "sha1 *",
            "SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
        ] {
            assert_eq!(Checksum::parse(bad), Err(HeaderFault::Checksum), "{bad:?}");
        }
    }
}
