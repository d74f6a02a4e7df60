//! What unlocks an officer's key: a PIN of digits or a passphrase.

use std::fmt;

use zeroize::Zeroizing;

use crate::form::{Lang, Text};

/// A PIN or passphrase. Wiped when it is dropped, shown by no formatting.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

/// Why a PIN is not taken for a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPin {
    /// Digits, fewer than six.
    #[error("a PIN has at least 6 digits")]
    ShortPin,
    /// A word, fewer than eight characters.
    #[error("a passphrase has at least 8 characters")]
    ShortPhrase,
    /// One that everybody tries first.
    #[error("a PIN that repeats or counts, such as 123456 or 000000, is tried first")]
    Guessable,
}

impl WeakPin {
    /// What to choose instead, for an officer.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::ShortPin => Text::new(
                "PIN terlalu pendek; pakai paling sedikit 6 angka",
                "the PIN is too short; use at least 6 digits",
            ),
            Self::ShortPhrase => Text::new(
                "kata sandi terlalu pendek; pakai paling sedikit 8 huruf",
                "the passphrase is too short; use at least 8 characters",
            ),
            Self::Guessable => Text::new(
                "PIN ini dicoba paling dahulu oleh siapa pun; jangan berulang dan jangan berurutan",
                "this PIN is what anybody tries first; choose one that neither repeats nor counts",
            ),
        };
        text.get(lang)
    }
}

impl Pin {
    /// What an officer typed to unlock a key that exists.
    #[must_use]
    pub fn typed(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// What an officer chose for a new key: at least 6 digits or 8 characters, and nothing that everybody tries first.
    ///
    /// # Errors
    /// [`WeakPin`].
    pub fn chosen(text: impl Into<String>) -> Result<Self, WeakPin> {
        let pin = Self::typed(text);
        let length = pin.0.chars().count();
        let digits = pin.0.bytes().all(|byte| byte.is_ascii_digit());
        match digits {
            true if length < 6 => Err(WeakPin::ShortPin),
            false if length < 8 => Err(WeakPin::ShortPhrase),
            _ if repeats(pin.0.as_bytes()) || counts(pin.0.as_bytes()) => Err(WeakPin::Guessable),
            _ => Ok(pin),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Whether the text is one short piece over and over: `000000`, `121212`, `123123`.
fn repeats(text: &[u8]) -> bool {
    (1..=3).any(|piece| text.len() >= 2 * piece && text.iter().zip(&text[piece..]).all(|(one, next)| one == next))
}

/// Whether the text counts up or down: `123456`, `987654`, `234567`, `abcdefgh`.
fn counts(text: &[u8]) -> bool {
    let step = |by: i16| text.windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == by);
    // On a keyboard 0 follows 9.
    step(1) || step(-1) || text == b"1234567890" || text == b"0987654321"
}

impl fmt::Debug for Pin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Pin(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_not_taken() {
        use WeakPin::{Guessable, ShortPhrase, ShortPin};
        for (text, expected) in [
            ("", Err(ShortPin)),
            ("48151", Err(ShortPin)),
            ("481516", Ok(())),
            ("123456", Err(Guessable)),
            ("654321", Err(Guessable)),
            ("000000", Err(Guessable)),
            ("121212", Err(Guessable)),
            ("123123", Err(Guessable)),
            ("1234567890", Err(Guessable)),
            ("12345a", Err(ShortPhrase)),
            ("aaaaaaaa", Err(Guessable)),
            ("abcdefgh", Err(Guessable)),
            ("kopi pahit tiap pagi", Ok(())),
        ] {
            assert_eq!(Pin::chosen(text).map(drop), expected, "{text:?}");
        }
    }

    #[test]
    fn no_formatting_shows_it() {
        assert_eq!(format!("{:?}", Pin::typed("481516")), "Pin(…)");
    }
}
