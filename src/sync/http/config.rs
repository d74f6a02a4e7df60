//! What the HTTP client is set up with.

use std::path::PathBuf;
use std::time::Duration;

/// Where central is, whom to trust there, and how long to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Central's address, `https://central.example`, with or without a path below which central lives.
    pub url: String,
    /// A PEM file with the one authority that central's certificate comes from. Without it the certificates of the
    /// operating system count; with it **only** these do.
    pub authority: Option<PathBuf>,
    /// How long to wait for what.
    pub limits: Limits,
}

impl Config {
    /// Central at `url` with the certificates of the operating system and the usual limits.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), authority: None, limits: Limits::default() }
    }
}

/// Limits of time. A limit that is too short costs a repetition of what was sent; one that is too long costs waiting at a
/// dead connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For the connection to stand, TLS included.
    pub connect: Duration,
    /// Without any byte arriving while an answer is read; and without any byte taken by the network while sending, on top of the
    /// time that 32 KiB take at [`Limits::slowest`].
    pub idle: Duration,
    /// For a whole exchange, on top of the time that its bytes take at [`Limits::slowest`].
    pub total: Duration,
    /// From the last byte handed to the network to the first byte of the answer, on top of the time that the bytes still
    /// buffered in this machine (at most 4 MiB) take at [`Limits::slowest`].
    pub answer: Duration,
    /// Without any acknowledgement of the other machine's, where the operating system can be told so. What waits before a narrow
    /// link is not acknowledged for half a minute, and nothing is wrong with it.
    pub silent: Duration,
    /// The slowest connection that is still given the time, in bytes a second, until the link has shown its own rate.
    pub slowest: u64,
}

/// The most that an operating system buffers of what was sent but is not out yet: Linux's default is 4 MiB.
pub(super) const BUFFERED: u64 = 4 * 1024 * 1024;

/// So much of its buffer an operating system lets become free before it takes more.
const TAKEN: u64 = 32 * 1024;

/// A link may become so many times slower than it was before it counts as dead.
const SLOWER: u64 = 4;

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        // 4 KiB a second is what EDGE gives at the edge of its cell, and two share it.
        let (short, slowest) = (seconds(15), 2 * 1024);
        Self { connect: short, idle: short, total: seconds(90), answer: short, silent: seconds(60), slowest }
    }
}

impl Limits {
    /// The limit for a whole exchange that sends `bytes`.
    #[must_use]
    pub fn total_for(&self, bytes: u64) -> Duration {
        self.total + self.passage(bytes)
    }

    /// The limit for the first byte of the answer once `bytes` were handed to the network.
    #[must_use]
    pub fn answer_for(&self, bytes: u64) -> Duration {
        self.answer + self.passage(bytes.min(BUFFERED))
    }

    /// The limit without any byte taken by the network.
    #[must_use]
    pub fn stalled(&self) -> Duration {
        self.idle + self.passage(TAKEN)
    }

    /// The limits on a link that has shown `rate` bytes a second: a quarter of it is still given the time.
    #[must_use]
    pub(super) fn at(self, rate: Option<u64>) -> Self {
        rate.map_or(self, |rate| Self { slowest: rate / SLOWER, ..self })
    }

    fn passage(&self, bytes: u64) -> Duration {
        Duration::from_millis(bytes.saturating_mul(1_000) / self.slowest.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_grow_with_the_bytes() {
        let limits = Limits::default();
        assert_eq!(limits.total_for(0), Duration::from_secs(90));
        assert_eq!(limits.total_for(4 * 1024 * 1024), Duration::from_secs(90 + 2_048));
        assert_eq!(limits.answer_for(1024), Duration::from_millis(15_500));
        assert_eq!(limits.stalled(), Duration::from_secs(15 + 16));
        assert_eq!(limits.answer_for(25 * 1024 * 1024), limits.answer_for(BUFFERED));
    }

    #[test]
    fn limits_follow_the_rate() {
        let answer = |rate| Limits::default().at(rate).answer_for(128 * 1024).as_secs();
        assert_eq!((answer(None), answer(Some(1024 * 1024)), answer(Some(2 * 1024))), (15 + 64, 15, 15 + 256));
    }
}
