//! The single-use code on an officer's enrolment sheet: 100 random bits in four groups.

use std::fmt;
use std::str::FromStr;

use rand::Rng;

use crate::digest::Digest;
use crate::protocol::ids::{Slot, StationId};

/// Douglas Crockford's 32 digits: no I, L, O or U, so that nothing is misread and nothing is spelt by chance.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits in a code; five bits each.
const LENGTH: usize = 20;
/// Digits in a group.
const GROUP: usize = 5;

/// A code as printed: `7K3QX-M9D2T-0VB8H-R5WFA`. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is four groups of five letters and digits, such as 7K3QX-M9D2T-0VB8H-R5WFA")]
pub struct NotACode;

impl Code {
    /// A new code out of 100 random bits.
    #[must_use]
    pub fn random(rng: &mut impl Rng) -> Self {
        let mut bytes = [0; LENGTH];
        rng.fill_bytes(&mut bytes);
        // The lower five bits of a uniform byte are uniform.
        Self(bytes.map(|byte| DIGITS[usize::from(byte & 31)]))
    }

    /// What is kept of it: SHA-256 with station and officer in it, so that it works for nobody else.
    ///
    /// A plain hash will do: nobody tries 2¹⁰⁰ codes, however fast the hash.
    #[must_use]
    pub fn hash(&self, station: StationId, slot: Slot) -> Digest {
        Digest::of(format!("plano/code@1\n{}\n{self}\n", slot.key_name(station)).as_bytes())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digit) in self.0.iter().enumerate() {
            let dash = if at > 0 && at % GROUP == 0 { "-" } else { "" };
            write!(out, "{dash}{}", char::from(*digit))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Code(…)")
    }
}

impl FromStr for Code {
    type Err = NotACode;

    /// Reads a code as people type it: any case, with or without dashes and spaces, O for 0, I or L for 1.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let digits = text.bytes().filter(|byte| !matches!(byte, b'-' | b' ')).map(|byte| {
            let digit = match byte.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            DIGITS.contains(&digit).then_some(digit).ok_or(NotACode)
        });
        let digits = digits.collect::<Result<Vec<u8>, NotACode>>()?;
        digits.try_into().map(Self).map_err(|_| NotACode)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code: Code = "7K3QX-M9D2T-0VB1H-R5WFA".parse().expect("a code");
        for typed in ["7k3qxm9d2t0vb1hr5wfa", "7K3QX M9D2T OVBIH R5WFA", " 7k3qx-m9d2t-ovblh-r5wfa "] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
        for bad in [
            "",
            "7K3QX-M9D2T-0VB1H-R5WF",
            "7K3QX-M9D2T-0VB1H-R5WFAA",
            "7K3QX-M9D2T-0VB1H-R5WFU",
            "７K3QX-M9D2T-0VB1H-R5WF",
        ] {
            assert_eq!(bad.parse::<Code>(), Err(NotACode), "{bad}");
        }
    }

    #[test]
    fn a_code_works_for_one_officer_and_is_not_shown() {
        let mut rng = StdRng::seed_from_u64(1);
        let (one, two) = (Code::random(&mut rng), Code::random(&mut rng));
        assert_ne!(one, two);
        assert_eq!(one.to_string().parse(), Ok(one.clone()));
        let station: StationId = "35.74.03.1001-001".parse().expect("station");
        let other: StationId = "35.74.03.1001-002".parse().expect("station");
        let hashes = [one.hash(station, Slot::P1), one.hash(station, Slot::P2), one.hash(other, Slot::P1)];
        assert!(hashes[0] != hashes[1] && hashes[0] != hashes[2]);
        assert!(!format!("{one:?}").contains(&one.to_string()));
    }
}
