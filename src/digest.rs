//! SHA-256 digests: how bytes are named everywhere in Plano.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest (FIPS 180-4): 32 bytes, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

/// Why a text is not a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 lower-case hexadecimal digits")]
pub struct NotADigest;

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of all that `reader` yields, and how many bytes that was; memory use is constant.
    ///
    /// # Errors
    /// The reader's own error.
    pub fn of_reader(mut reader: impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = Hasher::default();
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                return Ok(hasher.finish());
            }
            hasher.update(&buffer[..read]);
        }
    }

    /// Wraps 32 bytes that are already a digest.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The short form for people who compare: the first 64 bits as four groups of four digits, `9f86-d081-884c-7d65`.
    ///
    /// A second text with the short form of a given one costs about 2⁶⁴ tries. Two texts that merely share a short form
    /// cost 2³²: where the author of the text is not trusted, [`Digest::on_paper`] is the form to use.
    #[must_use]
    pub fn short(&self) -> String {
        self.groups(4)
    }

    /// The form that commits its author when it is written on paper before witnesses: the first 128 bits as eight groups.
    ///
    /// Two texts that share it cost about 2⁶⁴ tries, so nobody can have a second day ready that fits the same paper.
    #[must_use]
    pub fn on_paper(&self) -> String {
        self.groups(8)
    }

    fn groups(&self, count: usize) -> String {
        let hex = self.to_string();
        (0..count).map(|group| &hex[4 * group..4 * group + 4]).collect::<Vec<_>>().join("-")
    }
}

/// A digest being made piece by piece, while bytes stream past.
#[derive(Debug, Clone, Default)]
pub struct Hasher {
    inner: Sha256,
    bytes: u64,
}

impl Hasher {
    /// Takes in the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.inner.update(piece);
        self.bytes += piece.len() as u64;
    }

    /// The digest of all pieces, and their length together in bytes.
    #[must_use]
    pub fn finish(self) -> (Digest, u64) {
        (Digest(self.inner.finalize().into()), self.bytes)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let nibble = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NotADigest),
        };
        let text = text.as_bytes();
        if text.len() != 64 {
            return Err(NotADigest);
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = NotADigest;

    fn try_from(text: String) -> Result<Self, NotADigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4 example "abc".
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_published_example_comes_out_by_every_door() {
        assert_eq!(Digest::of(b"abc").to_string(), ABC);
        assert_eq!(Digest::of_reader(&b"abc"[..]).expect("reads"), (ABC.parse().expect("digest"), 3));
        let mut hasher = Hasher::default();
        hasher.update(b"a");
        hasher.update(b"bc");
        let (digest, _) = hasher.finish();
        assert_eq!(digest.short(), "ba78-16bf-8f01-cfea");
        assert_eq!(digest.on_paper(), "ba78-16bf-8f01-cfea-4141-40de-5dae-2223");
    }

    #[test]
    fn only_64_lower_case_digits_are_a_digest() {
        for bad in ["", "ab", &ABC.to_uppercase(), &ABC[1..], &format!("{ABC}0"), &ABC.replace('b', "g")] {
            assert_eq!(bad.parse::<Digest>(), Err(NotADigest), "{bad}");
        }
    }
}
