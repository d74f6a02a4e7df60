//! An officer's private key on disk: encrypted under the PIN, never in the clear.
//!
//! One JSON object: `type` (`plano/key@1`), `public` (the public key in one line), `kdf` (Argon2id, RFC 9106, with its
//! parameters and a salt of 16 random bytes), `nonce` (24 random bytes) and `sealed`: the 32 bytes of the Ed25519 seed
//! under XChaCha20-Poly1305, with the public key's line as associated data. All bytes in base64.
//!
//! Six digits are 10⁶ tries: the cost below makes that about two days on one core for somebody who carries the file off,
//! no more. A passphrase is better, and a lost machine's key is revoked by central in any case.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::TryCryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Pin, RecorderError};
use crate::protocol::key::{PrivateKey, PublicKey};

const KIND: &str = "plano/key@1";

/// What deriving the key costs: more than RFC 9106's second choice for weak machines, little enough for an old laptop.
const COST: Kdf<()> = Kdf { memory_kib: 64 * 1024, passes: 3, lanes: 1, salt: () };

/// Costs beyond these are refused: a file from elsewhere must not take the machine's memory.
const MOST: Kdf<()> = Kdf { memory_kib: 1024 * 1024, passes: 16, lanes: 4, salt: () };

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf<Salt> {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: Salt,
}

/// The content of a key file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFile {
    r#type: String,
    public: PublicKey,
    kdf: Kdf<String>,
    nonce: String,
    sealed: String,
}

/// Why a key does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Not a key file, or one that was changed.
    #[error("not an officer's key file")]
    Shape,
    /// The PIN is another.
    #[error("the PIN does not open the key")]
    WrongPin,
    /// The machine has not enough memory to derive the key.
    #[error("not enough memory to open the key")]
    Memory,
}

impl KeyFile {
    /// Makes a new key named `name`, and its file under `pin`.
    pub(super) fn make(
        name: &str,
        pin: &Pin,
        rng: &mut impl TryCryptoRng,
    ) -> Result<(Self, PrivateKey), RecorderError> {
        let seed = Zeroizing::new(random::<32>(rng)?);
        let key = PrivateKey::from_seed(name, &seed).map_err(|_| RecorderError::KeyFile(KeyFileError::Shape))?;
        let (salt, nonce) = (random::<16>(rng)?, random::<24>(rng)?);
        let kdf =
            Kdf { memory_kib: COST.memory_kib, passes: COST.passes, lanes: COST.lanes, salt: STANDARD.encode(salt) };
        let public = key.public();
        let sealed = cipher(&kdf, pin)
            .and_then(|cipher| {
                let line = public.to_string();
                let payload = Payload { msg: &seed[..], aad: line.as_bytes() };
                cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyFileError::Shape)
            })
            .map_err(RecorderError::KeyFile)?;
        let (nonce, sealed) = (STANDARD.encode(nonce), STANDARD.encode(sealed));
        Ok((Self { r#type: KIND.into(), public, kdf, nonce, sealed }, key))
    }

    /// Reads a key file.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, KeyFileError> {
        let file: Self = serde_json::from_slice(bytes).map_err(|_| KeyFileError::Shape)?;
        let costs =
            [(file.kdf.memory_kib, MOST.memory_kib), (file.kdf.passes, MOST.passes), (file.kdf.lanes, MOST.lanes)];
        let bearable = costs.iter().all(|(cost, most)| cost <= most);
        if file.r#type == KIND && bearable { Ok(file) } else { Err(KeyFileError::Shape) }
    }

    /// The file's bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Texts and whole numbers alone: serde_json has nothing to refuse.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The public half.
    pub(super) const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Opens the key.
    pub(super) fn open(&self, pin: &Pin) -> Result<PrivateKey, KeyFileError> {
        let nonce: [u8; 24] = decode(&self.nonce)?.try_into().map_err(|_| KeyFileError::Shape)?;
        let sealed = decode(&self.sealed)?;
        let line = self.public.to_string();
        let payload = Payload { msg: &sealed, aad: line.as_bytes() };
        let opened = cipher(&self.kdf, pin)?.decrypt(&XNonce::from(nonce), payload);
        let opened = Zeroizing::new(opened.map_err(|_| KeyFileError::WrongPin)?);
        let seed: &[u8; 32] = opened.as_slice().try_into().map_err(|_| KeyFileError::Shape)?;
        let key = PrivateKey::from_seed(self.public.name(), seed).map_err(|_| KeyFileError::Shape)?;
        if key.public() == self.public { Ok(key) } else { Err(KeyFileError::Shape) }
    }
}

fn decode(text: &str) -> Result<Vec<u8>, KeyFileError> {
    STANDARD.decode(text).map_err(|_| KeyFileError::Shape)
}

fn cipher(kdf: &Kdf<String>, pin: &Pin) -> Result<XChaCha20Poly1305, KeyFileError> {
    let params = Params::new(kdf.memory_kib, kdf.passes, kdf.lanes, Some(32)).map_err(|_| KeyFileError::Shape)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    let derived = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
        pin.bytes(),
        &decode(&kdf.salt)?,
        &mut key[..],
    );
    match derived {
        Ok(()) => XChaCha20Poly1305::new_from_slice(&key[..]).map_err(|_| KeyFileError::Shape),
        Err(argon2::Error::OutOfMemory) => Err(KeyFileError::Memory),
        Err(_) => Err(KeyFileError::Shape),
    }
}

fn random<const N: usize>(rng: &mut impl TryCryptoRng) -> Result<[u8; N], RecorderError> {
    let mut bytes = [0_u8; N];
    rng.try_fill_bytes(&mut bytes).map_err(|_| RecorderError::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    fn made() -> (KeyFile, PrivateKey, Pin) {
        let pin = Pin::chosen("481516").expect("a PIN");
        let (file, key) =
            KeyFile::make("35.74.03.1001-001/p1", &pin, &mut StdRng::seed_from_u64(7)).expect("makes a key");
        (file, key, pin)
    }

    #[test]
    fn a_key_opens_with_its_pin_and_no_other() {
        let (file, key, pin) = made();
        let again = KeyFile::parse(&file.bytes()).expect("parses");
        assert_eq!(again.open(&pin).map(|opened| *opened.seed()), Ok(*key.seed()));
        assert_eq!(again.open(&Pin::typed("481517")).map(drop), Err(KeyFileError::WrongPin));
        let text = String::from_utf8(file.bytes()).expect("text");
        assert!(!text.contains(&STANDARD.encode(key.seed())) && !text.contains("481516"), "{text}");
    }

    #[test]
    fn a_changed_file_does_not_open() {
        let (file, _, pin) = made();
        let other = KeyFile::make("35.74.03.1001-001/p1", &pin, &mut StdRng::seed_from_u64(8)).expect("makes a key").0;
        let swapped = KeyFile { public: other.public().clone(), ..file.clone() };
        assert_eq!(
            swapped.open(&pin).map(drop),
            Err(KeyFileError::WrongPin),
            "the public key is bound to the secret one"
        );
        let text = String::from_utf8(file.bytes()).expect("text");
        for (from, to) in [("65536", "4294967295"), ("\"passes\": 3", "\"passes\": 1000"), ("key@1", "key@2")] {
            assert!(text.contains(from), "{text}");
            assert_eq!(KeyFile::parse(text.replace(from, to).as_bytes()).map(drop), Err(KeyFileError::Shape), "{to}");
        }
    }
}
