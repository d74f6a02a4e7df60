//! What can go wrong between station and central and yet passes: every kind of it means *later*, never *lost*.

use std::fmt;

/// Why something is sent again later. The words are stable: they stand in the store's attempts and in audit bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// Central's name could not be looked up.
    Dns,
    /// No connection: refused, unreachable, or not within the time for connecting.
    Connect,
    /// No secure connection: a certificate that is not central's, or a network that breaks TLS.
    Tls,
    /// The time for sending or answering ran out. Central may or may not have stored the bytes.
    Timeout,
    /// The connection broke off. Central may or may not have stored the bytes.
    Cut,
    /// Somebody else answered: the log-in page of a wireless network, a redirect, a proxy.
    Portal,
    /// The answer is longer than any answer of central.
    AnswerTooLarge,
    /// Central asks for fewer requests.
    Busy,
    /// Central cannot store now.
    Unavailable,
    /// What came as a receipt carries no signature or proof that holds.
    BadReceipt,
    /// A sound receipt, but of something else.
    WrongReceipt,
    /// The bytes were damaged on the way; the copy at the station is sound.
    Damaged,
    /// Central has not yet accepted the entry that names the photo.
    Unnamed,
    /// Central lacks earlier entries; they are sent first.
    Gap,
    /// Central's part of a photo ends elsewhere than this station thought; it is asked for before more is sent.
    Moved,
    /// The photo could not be read from this machine's disk.
    Disk,
}

impl Trouble {
    /// Every kind, in the order of the list above.
    pub const ALL: [Self; 16] = [
        Self::Dns,
        Self::Connect,
        Self::Tls,
        Self::Timeout,
        Self::Cut,
        Self::Portal,
        Self::AnswerTooLarge,
        Self::Busy,
        Self::Unavailable,
        Self::BadReceipt,
        Self::WrongReceipt,
        Self::Damaged,
        Self::Unnamed,
        Self::Gap,
        Self::Moved,
        Self::Disk,
    ];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Cut => "cut",
            Self::Portal => "portal",
            Self::AnswerTooLarge => "answer-too-large",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
            Self::BadReceipt => "bad-receipt",
            Self::WrongReceipt => "wrong-receipt",
            Self::Damaged => "damaged",
            Self::Unnamed => "unnamed",
            Self::Gap => "gap",
            Self::Moved => "moved",
            Self::Disk => "disk",
        }
    }

    /// What the trouble is about, and so what waits for it to pass.
    #[must_use]
    pub const fn reach(self) -> Reach {
        match self {
            Self::Dns | Self::Connect | Self::Tls | Self::Timeout | Self::Cut | Self::Portal | Self::AnswerTooLarge => {
                Reach::Link
            }
            Self::Busy | Self::Unavailable => Reach::Central,
            Self::BadReceipt
            | Self::WrongReceipt
            | Self::Damaged
            | Self::Unnamed
            | Self::Gap
            | Self::Moved
            | Self::Disk => Reach::Item,
        }
    }
}

/// How far a trouble reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The way to central: a few in a row and only single probes go out.
    Link,
    /// Central itself asked for patience: nothing is sent until then.
    Central,
    /// This item alone; the others go on.
    Item,
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_distinct_and_plain() {
        for (at, kind) in Trouble::ALL.iter().enumerate() {
            assert!(Trouble::ALL[..at].iter().all(|other| other.word() != kind.word()), "{kind}");
            assert!(kind.word().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{kind}");
        }
    }
}
