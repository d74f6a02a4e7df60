//! The one container: a [C2SP signed note](https://c2sp.org/signed-note), readable in any editor.
//!
//! Text that ends in a newline, an empty line, then one line a signature: `— name base64(key id, signature)`.

use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{KeyId, PrivateKey, PublicKey};

/// More signatures than this on one note are refused: two officers, one central and a few witnesses sign.
const MAX_SIGNATURES: usize = 16;

/// Why bytes are not a signed note, or not one that a key signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not text, or text with control characters.
    #[error("a signed note is UTF-8 text without control characters")]
    NotText,
    /// The text to be signed does not end in a newline.
    #[error("the text of a signed note ends in a newline")]
    NoNewline,
    /// No signature block.
    #[error("the note carries no signature lines")]
    Unsigned,
    /// A signature line is not one.
    #[error("line {line} of the signature block is not a signature")]
    BadSignatureLine {
        /// Counted from 1 below the empty line.
        line: usize,
    },
    /// The named key did not sign.
    #[error("the note carries no signature by {name} ({id})")]
    NotSignedBy {
        /// Name of the key that was looked for.
        name: String,
        /// Its id.
        id: KeyId,
    },
    /// A signature is false: the text was changed or the key is another.
    #[error("the signature by {name} does not fit the text: it was changed after signing")]
    FalseSignature {
        /// Name of the key.
        name: String,
    },
}

/// One signature line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// The name the signer gave; it proves nothing until the signature is checked.
    pub name: String,
    /// Which key it claims.
    pub id: KeyId,
    /// All bytes behind the id: 64 for Ed25519; other lengths belong to signers we do not know and are passed over.
    pub bytes: Vec<u8>,
}

impl fmt::Display for SignatureLine {
    /// The line as it stands in a note, without its newline.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "— {} {}", self.name, STANDARD.encode([&self.id.0[..], &self.bytes].concat()))
    }
}

/// A signed note: the exact bytes as made, and where text and signatures stand in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    bytes: Vec<u8>,
    text: usize,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// Signs `text` with all `signers`.
    ///
    /// # Errors
    /// [`NoteError`] when the text cannot stand in a note; nobody has signed then.
    pub fn sign(text: &str, signers: &[&PrivateKey]) -> Result<Self, NoteError> {
        check_text(text)?;
        let mut whole = format!("{text}\n");
        for signer in signers {
            let (public, bytes) = (signer.public(), signer.sign(text.as_bytes()).to_vec());
            let line = SignatureLine { name: public.name().to_owned(), id: public.id(), bytes };
            writeln!(whole, "{line}").map_err(|_| NoteError::NotText)?;
        }
        Self::parse(whole.into_bytes())
    }

    /// Takes bytes apart; no signature is checked yet.
    ///
    /// # Errors
    /// [`NoteError`] saying where the bytes stop being a signed note.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, NoteError> {
        let whole = std::str::from_utf8(&bytes).map_err(|_| NoteError::NotText)?;
        let split = whole.rfind("\n\n").ok_or(NoteError::Unsigned)? + 1;
        check_text(&whole[..split])?;
        let block = whole[split + 1..].strip_suffix('\n').ok_or(NoteError::Unsigned)?;
        let mut signatures = Vec::new();
        for (index, line) in block.split('\n').enumerate() {
            let bad = NoteError::BadSignatureLine { line: index + 1 };
            if index == MAX_SIGNATURES {
                return Err(bad);
            }
            signatures.push(parse_line(line).ok_or(bad)?);
        }
        Ok(Self { text: split, signatures, bytes })
    }

    /// The exact bytes, as made or received: what is stored, sent and hashed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The signed text, with its closing newline.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.text]).unwrap_or_default()
    }

    /// The signature lines, in their order.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// The same note with `line` behind its signatures, in place of an earlier line of the same key.
    ///
    /// # Errors
    /// [`NoteError::BadSignatureLine`] when it carries as many signatures as a note may.
    pub fn with_signature(&self, line: &SignatureLine) -> Result<Self, NoteError> {
        let others = self.signatures.iter().filter(|other| (&other.name, other.id) != (&line.name, line.id));
        self.with_lines(others.chain([line]))
    }

    /// The same note with the signature of `key` alone.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`] when it has none.
    pub fn only_by(&self, key: &PublicKey) -> Result<Self, NoteError> {
        self.with_lines(self.line_of(key.name(), key.id()))
    }

    fn with_lines<'a>(&self, lines: impl IntoIterator<Item = &'a SignatureLine>) -> Result<Self, NoteError> {
        let mut whole = format!("{}\n", self.text());
        for line in lines {
            writeln!(whole, "{line}").map_err(|_| NoteError::NotText)?;
        }
        Self::parse(whole.into_bytes())
    }

    /// The signature line that claims to be of this key.
    #[must_use]
    pub fn line_of(&self, name: &str, id: KeyId) -> Option<&SignatureLine> {
        self.signatures.iter().find(|line| line.id == id && line.name == name)
    }

    /// Checks that `key` signed the text.
    ///
    /// # Errors
    /// [`NoteError::NotSignedBy`] or [`NoteError::FalseSignature`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), NoteError> {
        let line = self.line_of(key.name(), key.id());
        let line = line.ok_or_else(|| NoteError::NotSignedBy { name: key.name().to_owned(), id: key.id() })?;
        match <&[u8; 64]>::try_from(line.bytes.as_slice()) {
            Ok(signature) if key.verifies(self.text().as_bytes(), signature) => Ok(()),
            _ => Err(NoteError::FalseSignature { name: key.name().to_owned() }),
        }
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteError::NotText);
    }
    if text.ends_with('\n') { Ok(()) } else { Err(NoteError::NoNewline) }
}

fn parse_line(line: &str) -> Option<SignatureLine> {
    let (name, code) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(code).ok()?;
    let (id, rest) = bytes.split_first_chunk::<4>()?;
    let named = !name.is_empty() && !name.contains('+') && !rest.is_empty();
    named.then(|| SignatureLine { name: name.to_owned(), id: KeyId(*id), bytes: rest.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Go's `sumdb/note` package documentation, signed by the key in `key.rs`.
    const GO_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const GO_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const GO_SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    fn key(name: &str, seed: u8) -> PrivateKey {
        PrivateKey::from_seed(name, &[seed; 32]).expect("a key")
    }

    #[test]
    fn notes_are_those_of_the_reference_implementation() {
        let note = Note::parse(GO_NOTE.as_bytes().to_vec()).expect("a note");
        note.verify(&GO_PUBLIC.parse().expect("key")).expect("signed");
        let again = Note::sign(note.text(), &[&GO_SECRET.parse().expect("key")]).expect("signs");
        assert_eq!(again.bytes(), GO_NOTE.as_bytes());
    }

    #[test]
    fn a_changed_text_or_another_key_is_found_out() {
        let (first, second) = (key("a", 1), key("b", 2));
        let note = Note::sign("{}\n", &[&first, &second]).expect("signs");
        note.verify(&first.public()).expect("first");
        note.verify(&second.public()).expect("second");
        assert_eq!(
            note.verify(&key("a", 3).public()).map_err(|e| matches!(e, NoteError::NotSignedBy { .. })),
            Err(true)
        );
        let changed = String::from_utf8(note.bytes().to_vec()).expect("text").replace("{}", "[]");
        let changed = Note::parse(changed.into_bytes()).expect("still a note");
        assert_eq!(changed.verify(&first.public()), Err(NoteError::FalseSignature { name: "a".into() }));
    }

    #[test]
    fn what_is_not_a_note_is_refused() {
        let good = Note::sign("x\n", &[&key("a", 1)]).expect("signs");
        let good = std::str::from_utf8(good.bytes()).expect("text");
        let cases: [(String, NoteError); 6] = [
            (String::new(), NoteError::Unsigned),
            ("x\n".into(), NoteError::Unsigned),
            ("x\n\n".into(), NoteError::Unsigned),
            (good.trim_end().into(), NoteError::Unsigned),
            (good.replace("— a", "- a"), NoteError::BadSignatureLine { line: 1 }),
            (good.replace("x\n", "\u{7}\n"), NoteError::NotText),
        ];
        for (text, error) in cases {
            assert_eq!(Note::parse(text.clone().into_bytes()), Err(error), "{text:?}");
        }
        assert_eq!(Note::sign("no newline", &[&key("a", 1)]), Err(NoteError::NoNewline));
    }
}
