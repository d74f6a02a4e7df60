//! A signed note as a text that fits into a QR code: deflated (RFC 1951), base45 (RFC 9285), behind a prefix.
//!
//! Base45 uses just the letters that a QR code packs into 5.5 bits each, so nothing is lost against raw bytes; the same
//! construction carries health certificates. Whoever scans the code holds both signatures and needs no network.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::note::{Note, NoteError};
use super::wire::limits;

/// How the text begins; the number is the version of the construction.
pub const PREFIX: &str = "PLANO1:";

/// The 45 letters of a QR code's alphanumeric mode, in the order of RFC 9285, table 1.
const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The strongest compression: a form is compressed once and scanned by many.
const LEVEL: u8 = 10;

/// Why a text carries no note.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarrierError {
    /// Another QR code.
    #[error("the text does not begin with {PREFIX}")]
    NoPrefix,
    /// Not base45: a letter is missing or was misread.
    #[error("the text is not base45 at letter {at}")]
    Letters {
        /// Counted from 0 behind the prefix.
        at: usize,
    },
    /// Not deflated, damaged, or longer than any note.
    #[error("the text does not unpack into at most {} bytes", limits::ENTRY_BYTES)]
    Packed,
    /// What was unpacked is no note.
    #[error("reading the note in the text")]
    Note(#[source] NoteError),
}

/// The text of `note` for a QR code.
#[must_use]
pub fn encode(note: &Note) -> String {
    format!("{PREFIX}{}", base45(&compress_to_vec(note.bytes(), LEVEL)))
}

/// The note in the text of a QR code, byte for byte; no signature is checked yet.
///
/// White space around the text is passed over: scanners and messengers add it.
///
/// # Errors
/// [`CarrierError`] saying where the text stops being one of ours.
pub fn decode(text: &str) -> Result<Note, CarrierError> {
    let packed = text.trim_matches(['\n', '\r', '\t']).strip_prefix(PREFIX).ok_or(CarrierError::NoPrefix)?;
    let packed = from_base45(packed)?;
    let limit = usize::try_from(limits::ENTRY_BYTES).unwrap_or(usize::MAX);
    let bytes = decompress_to_vec_with_limit(&packed, limit).map_err(|_| CarrierError::Packed)?;
    Note::parse(bytes).map_err(CarrierError::Note)
}

/// Two bytes become three letters, a single last one becomes two; the least digit stands first.
fn base45(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let mut value = pair.iter().fold(0, |value, byte| value * 256 + usize::from(*byte));
        for _ in 0..=pair.len() {
            text.push(char::from(LETTERS[value % 45]));
            value /= 45;
        }
    }
    text
}

fn from_base45(text: &str) -> Result<Vec<u8>, CarrierError> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for (index, letters) in text.as_bytes().chunks(3).enumerate() {
        let at = index * 3;
        let mut value: u32 = 0;
        for (place, letter) in letters.iter().enumerate().rev() {
            let digit = (0..).zip(LETTERS).find(|(_, known)| *known == letter).map(|(digit, _)| digit);
            value = value * 45 + digit.ok_or(CarrierError::Letters { at: at + place })?;
        }
        match (letters.len(), u16::try_from(value), u8::try_from(value)) {
            (3, Ok(two), _) => bytes.extend(two.to_be_bytes()),
            (2, _, Ok(one)) => bytes.push(one),
            _ => return Err(CarrierError::Letters { at }),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::protocol::key::PrivateKey;

    #[test]
    fn the_examples_of_rfc_9285_hold() {
        for (bytes, text) in [
            (&b"AB"[..], "BB8"),
            (b"Hello!!", "%69 VD92EX0"),
            (b"base-45", "UJCLQE7W581"),
            (b"ietf!", "QED8WEX0"),
            (b"", ""),
            (b"\xFF\xFF", "FGW"),
        ] {
            assert_eq!(base45(bytes), text);
            assert_eq!(from_base45(text).expect("decodes"), bytes);
        }
    }

    #[test]
    fn what_is_not_base45_says_where() {
        for (text, at) in
            [("GGW", 0), (":::", 0), ("BB8:::", 3), ("BB8B", 3), ("BB8b", 3), ("BBb", 2), ("::", 0), ("ÄB8", 1)]
        {
            assert_eq!(from_base45(text), Err(CarrierError::Letters { at }), "{text}");
        }
    }

    fn note() -> Note {
        let key = PrivateKey::from_seed("35.74.03.1001-001/p1", &[7; 32]).expect("a key");
        Note::sign("{\"type\":\"plano/entry@1\",\"text\":\"Jumlah — 1\"}\n", &[&key]).expect("signs")
    }

    #[test]
    fn a_note_comes_back_byte_for_byte() {
        let text = encode(&note());
        assert!(text.bytes().all(|letter| LETTERS.contains(&letter)), "a QR code packs it well: {text}");
        assert_eq!(decode(&format!("\n{text}\r\n")).expect("decodes").bytes(), note().bytes());
    }

    #[test]
    fn other_texts_are_refused() {
        let packed = |bytes: &[u8]| format!("{PREFIX}{}", base45(&compress_to_vec(bytes, LEVEL)));
        assert_eq!(decode("https://example.com"), Err(CarrierError::NoPrefix));
        assert_eq!(decode("plano1:BB8"), Err(CarrierError::NoPrefix));
        assert_eq!(decode("PLANO1:BB8"), Err(CarrierError::Packed));
        assert_eq!(decode(&packed(b"{}\n")), Err(CarrierError::Note(NoteError::Unsigned)));
        let bomb = vec![b'a'; usize::try_from(limits::ENTRY_BYTES).expect("fits") + 1];
        assert_eq!(decode(&packed(&bomb)), Err(CarrierError::Packed));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_survive_base45(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(from_base45(&base45(&bytes)).expect("decodes"), bytes);
        }

        #[test]
        fn any_text_is_answered(text in "(PLANO1:)?[A-Z0-9 $%*+./:é-]{0,60}") {
            let _ = decode(&text);
        }
    }
}
