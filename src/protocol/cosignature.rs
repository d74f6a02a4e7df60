//! A witness's signature on a checkpoint, with the time: [C2SP tlog-cosignature](https://c2sp.org/tlog-cosignature),
//! Ed25519, `cosignature/v1`.
//!
//! It says that at that time no larger state of the log was known to the witness, and that this one continues every other
//! that it ever cosigned. Whether that is so, `witness` checks; here are the bytes.

use std::fmt;
use std::str::FromStr;

use super::checkpoint::Checkpoint;
use super::key::{KeyError, KeyId, PrivateKey, PublicKey, Use};
use super::note::SignatureLine;
use crate::clock::Timestamp;

/// Why a checkpoint does not count as cosigned by a witness.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CosignatureError {
    /// The witness did not sign.
    #[error("the checkpoint carries no cosignature by {name} ({id})")]
    NotCosignedBy {
        /// Name of the witness that was looked for.
        name: String,
        /// Its key's id.
        id: KeyId,
    },
    /// The signature is false: checkpoint or time were changed, or the key is another.
    #[error("the cosignature by {name} does not fit the checkpoint: it was changed after signing")]
    False {
        /// Name of the witness.
        name: String,
    },
}

/// The public key of a witness, written `name+id+base64(04 ‖ 32 bytes)` on one line.
#[derive(Clone, PartialEq, Eq)]
pub struct WitnessKey(PublicKey);

/// The private key of a witness. It signs nothing but cosignatures.
#[derive(Clone)]
pub struct Cosigner(PrivateKey);

impl Cosigner {
    /// The key made of 32 secret random bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`] when `name` cannot stand in a signed note.
    pub fn from_seed(name: impl Into<String>, seed: &[u8; 32]) -> Result<Self, KeyError> {
        PrivateKey::made(name.into(), Use::Cosignature, seed).map(Self)
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> WitnessKey {
        WitnessKey(self.0.public())
    }

    /// The one-line text of the secret key, for a key file; whoever reads it can cosign.
    #[must_use]
    pub fn to_secret_text(&self) -> String {
        self.0.to_secret_text()
    }

    /// The signature on a checkpoint, stating the second of `at`.
    #[must_use]
    pub fn cosign(&self, checkpoint: &Checkpoint, at: Timestamp) -> SignatureLine {
        // A clock before 1970 is one that nobody set.
        let time = u64::try_from(at.millis() / 1000).unwrap_or_default();
        let signature = self.0.sign(&message(checkpoint, time));
        let public = self.0.public();
        let bytes = [&time.to_be_bytes()[..], &signature].concat();
        SignatureLine { name: public.name().to_owned(), id: public.id(), bytes }
    }
}

impl WitnessKey {
    /// The name of the witness.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The hint that stands in its signatures.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.0.id()
    }

    /// Checks that the witness cosigned `checkpoint`; answers when, in seconds since 1970 by the clock of the witness.
    ///
    /// # Errors
    /// [`CosignatureError`].
    pub fn verify(&self, checkpoint: &Checkpoint) -> Result<u64, CosignatureError> {
        let line = checkpoint.note().line_of(self.name(), self.id());
        let missing = || CosignatureError::NotCosignedBy { name: self.name().to_owned(), id: self.id() };
        let line = line.ok_or_else(missing)?;
        let parts = line.bytes.split_first_chunk::<8>();
        let time_and_signature =
            parts.and_then(|(time, rest)| Some((u64::from_be_bytes(*time), rest.try_into().ok()?)));
        match time_and_signature {
            Some((time, signature)) if self.0.verifies(&message(checkpoint, time), signature) => Ok(time),
            _ => Err(CosignatureError::False { name: self.name().to_owned() }),
        }
    }
}

/// The signed bytes: a line that says what this is, the time, and the text of the checkpoint.
fn message(checkpoint: &Checkpoint, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{}", checkpoint.note().text()).into_bytes()
}

impl FromStr for WitnessKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        PublicKey::parse(text, Use::Cosignature).map(Self)
    }
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Debug for WitnessKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Cosigner {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        PrivateKey::parse(text, Use::Cosignature).map(Self)
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Cosigner of {}", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    fn log() -> PrivateKey {
        PrivateKey::from_seed("central.example/test", &[9; 32]).expect("a key")
    }

    fn witness(seed: u8) -> Cosigner {
        Cosigner::from_seed("pers.example/saksi", &[seed; 32]).expect("a key")
    }

    fn checkpoint(size: u64) -> Checkpoint {
        Checkpoint::sign(size, Digest::of(b"root"), &log()).expect("signs")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_cosignature_holds_for_its_checkpoint_and_its_time_alone() {
        let (checkpoint, key) = (checkpoint(7), witness(4).public());
        let line = witness(4).cosign(&checkpoint, at("2024-11-27T13:58:02.914Z"));
        let cosigned = checkpoint.with_signature(&line).expect("fits");
        assert_eq!(key.verify(&cosigned), Ok(1_732_715_882));
        let read = Checkpoint::verify(cosigned.note().bytes().to_vec(), &log().public()).expect("still the log's");
        assert_eq!((read.size(), key.verify(&read)), (7, Ok(1_732_715_882)));

        let false_one = Err(CosignatureError::False { name: "pers.example/saksi".into() });
        let elsewhere = self::checkpoint(8).with_signature(&line).expect("fits");
        assert_eq!(key.verify(&elsewhere), false_one, "another size");
        let mut later = line.clone();
        later.bytes[7] += 1;
        assert_eq!(key.verify(&checkpoint.with_signature(&later).expect("fits")), false_one, "another time");
        let mut short = line;
        short.bytes.pop();
        assert_eq!(key.verify(&checkpoint.with_signature(&short).expect("fits")), false_one, "a byte less");
        assert!(matches!(key.verify(&checkpoint), Err(CosignatureError::NotCosignedBy { .. })));
        assert!(matches!(witness(5).public().verify(&cosigned), Err(CosignatureError::NotCosignedBy { .. })));
    }

    #[test]
    fn a_later_cosignature_takes_the_place_of_the_earlier() {
        let checkpoint = checkpoint(7);
        let twice = ["2024-11-27T13:58:02.000Z", "2024-11-27T13:58:12.000Z"];
        let cosigned = twice.iter().fold(checkpoint, |checkpoint, time| {
            checkpoint.with_signature(&witness(4).cosign(&checkpoint, at(time))).expect("fits")
        });
        assert_eq!(cosigned.note().signatures().len(), 2, "the log's and the witness's");
        assert_eq!(witness(4).public().verify(&cosigned), Ok(1_732_715_892));
    }

    #[test]
    fn a_witness_key_is_no_key_of_a_log_and_the_other_way_round() {
        let (witness, log) = (witness(4), log());
        assert_eq!(witness.public().to_string().parse(), Ok(witness.public()));
        let again: Cosigner = witness.to_secret_text().parse().expect("a key");
        assert_eq!(again.public(), witness.public());
        assert_eq!(witness.public().to_string().parse::<PublicKey>(), Err(KeyError::Public));
        assert_eq!(log.public().to_string().parse::<WitnessKey>(), Err(KeyError::Public));
        assert!(witness.to_secret_text().parse::<PrivateKey>().is_err());
        assert!(log.to_secret_text().parse::<Cosigner>().is_err());
        let same_seed = PrivateKey::from_seed("pers.example/saksi", &[4; 32]).expect("a key");
        assert_ne!(witness.public().id(), same_seed.public().id());
        assert!(!format!("{witness:?}").contains(&witness.to_secret_text()));
    }
}
