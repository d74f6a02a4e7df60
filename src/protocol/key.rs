//! Ed25519 keys with a name, as [C2SP signed notes](https://c2sp.org/signed-note) use them.
//!
//! The text forms are those of Go's `sumdb/note`, so that keys can be handed to tools we did not write.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What a key signs: the type byte in the encoding of a signed note's key. It goes into the key's id, so that a key of one
/// kind never passes for one of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Use {
    /// The text of a note, by Ed25519.
    Note = 1,
    /// A checkpoint and the time, by Ed25519: <https://c2sp.org/tlog-cosignature>.
    Cosignature = 4,
}

/// Why a text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A key name is empty or holds a space or a plus sign.
    #[error("a key's name is not empty and holds neither spaces nor plus signs")]
    Name,
    /// Not `name+id+base64`.
    #[error("not a public key; it is written name+8 hexadecimal digits+base64")]
    Public,
    /// Not `PRIVATE+KEY+name+id+base64`.
    #[error("not a private key; it is written PRIVATE+KEY+name+8 hexadecimal digits+base64")]
    Private,
    /// The id does not belong to name and key.
    #[error("the key's id does not belong to its name and bytes; copy the key again, whole")]
    Id,
}

/// The first four bytes of SHA-256 over name, newline, type and key: a hint at which key signed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub(super) [u8; 4]);

impl KeyId {
    fn of(name: &str, kind: Use, key: &VerifyingKey) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(name.as_bytes());
        hasher.update([b'\n', kind as u8]);
        hasher.update(key.as_bytes());
        let hash: [u8; 32] = hasher.finalize().into();
        Self([hash[0], hash[1], hash[2], hash[3]])
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "KeyId({self})")
    }
}

fn check_name(name: &str) -> Result<(), KeyError> {
    let bad = name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+');
    if bad { Err(KeyError::Name) } else { Ok(()) }
}

/// A named public key, written `name+id+base64` on one line ("vkey").
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey {
    name: String,
    kind: Use,
    id: KeyId,
    key: VerifyingKey,
}

impl PublicKey {
    /// The name it signs under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The hint that stands in its signatures.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Whether `signature` was made with the private half over exactly `message` (RFC 8032, strict).
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }

    /// Reads a key that signs what `kind` says, and no other.
    pub(super) fn parse(text: &str, kind: Use) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Public);
        };
        check_name(name)?;
        let bytes = STANDARD.decode(key).map_err(|_| KeyError::Public)?;
        let bytes = typed(&bytes, kind).ok_or(KeyError::Public)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::Public)?;
        let public = Self { name: name.to_owned(), kind, id: KeyId::of(name, kind, &key), key };
        if public.id.to_string() == id { Ok(public) } else { Err(KeyError::Id) }
    }
}

/// The 32 bytes behind the type byte of `kind`.
fn typed(bytes: &[u8], kind: Use) -> Option<[u8; 32]> {
    let (found, key) = bytes.split_first()?;
    if *found == kind as u8 { key.try_into().ok() } else { None }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text, Use::Note)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&[self.kind as u8][..], self.key.as_bytes()].concat();
        write!(out, "{}+{}+{}", self.name, self.id, STANDARD.encode(bytes))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl TryFrom<String> for PublicKey {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

/// A named private key. Its bytes are wiped when it is dropped, and no formatting shows them.
#[derive(Clone)]
pub struct PrivateKey {
    name: String,
    kind: Use,
    key: SigningKey,
}

impl PrivateKey {
    /// The key made of 32 secret random bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`] when `name` cannot stand in a signed note.
    pub fn from_seed(name: impl Into<String>, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::made(name.into(), Use::Note, seed)
    }

    /// The key for what `kind` says.
    pub(super) fn made(name: String, kind: Use, seed: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(&name)?;
        Ok(Self { name, kind, key: SigningKey::from_bytes(seed) })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let key = self.key.verifying_key();
        PublicKey { name: self.name.clone(), kind: self.kind, id: KeyId::of(&self.name, self.kind, &key), key }
    }

    /// The 32 secret bytes, to be kept encrypted.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The one-line text of the secret key, for a key file of a server; whoever reads it can sign.
    #[must_use]
    pub fn to_secret_text(&self) -> String {
        let bytes = [&[self.kind as u8][..], self.seed()].concat();
        format!("PRIVATE+KEY+{}+{}+{}", self.name, self.public().id, STANDARD.encode(bytes))
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// Reads a key that signs what `kind` says, and no other.
    pub(super) fn parse(text: &str, kind: Use) -> Result<Self, KeyError> {
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Private)?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Private);
        };
        let bytes = STANDARD.decode(key).map_err(|_| KeyError::Private)?;
        let seed = typed(&bytes, kind).ok_or(KeyError::Private)?;
        let private = Self::made(name.to_owned(), kind, &seed)?;
        if private.public().id.to_string() == id { Ok(private) } else { Err(KeyError::Id) }
    }
}

impl FromStr for PrivateKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text, Use::Note)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PrivateKey of {}", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key pair made by Go's `note.GenerateKey`, as its package documentation prints it.
    const GO_SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const GO_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn keys_are_those_of_the_reference_implementation() {
        let private: PrivateKey = GO_SECRET.parse().expect("private");
        assert_eq!(private.public().to_string(), GO_PUBLIC);
        assert_eq!(private.to_secret_text(), GO_SECRET);
        assert_eq!(GO_PUBLIC.parse::<PublicKey>().expect("public"), private.public());
    }

    #[test]
    fn a_damaged_key_is_refused_and_a_secret_is_never_shown() {
        for bad in
            ["", "a+b", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "x y+00000000+AA=="]
        {
            assert!(bad.parse::<PublicKey>().is_err(), "{bad}");
        }
        let private: PrivateKey = GO_SECRET.parse().expect("private");
        assert!(!format!("{private:?}").contains("AYEKFALVFGyNhPJEMzD1QIDr"));
        assert!(PrivateKey::from_seed("two words", &[7; 32]).is_err());
    }
}
