//! What delivery takes of a link that is paid by the megabyte, and how long the rest takes.

use std::time::Duration;

use crate::store::Pending;

/// Data over the network since the program was started, in bytes as HTTP has them: requests and answers with their heads. What
/// TLS, TCP and IP add is not seen here, some per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Bytes that went out.
    pub sent: u64,
    /// Bytes that came in.
    pub received: u64,
    /// Bytes of photos a second that get through, in whatever coding they go; none before a piece has shown it.
    pub rate: Option<u64>,
}

impl Traffic {
    /// How long `left` bytes take at the rate shown.
    #[must_use]
    pub fn time_for(&self, left: u64) -> Option<Duration> {
        self.rate.map(|rate| Duration::from_secs(left.div_ceil(rate.max(1))))
    }

    /// Bytes that went out beyond `content`, in whole per cent of it, rounded up; none without content.
    #[must_use]
    pub const fn overhead(&self, content: u64) -> Option<u64> {
        if content == 0 {
            return None;
        }
        Some(self.sent.saturating_sub(content).saturating_mul(100).div_ceil(content))
    }

    /// Bytes of `content` that did not have to go because photos went in a shorter coding, in whole per cent of it, rounded down; none
    /// when as much went out or more.
    #[must_use]
    pub const fn saved(&self, content: u64) -> Option<u64> {
        if content <= self.sent {
            return None;
        }
        Some((content - self.sent).saturating_mul(100) / content)
    }
}

/// Bytes of the photos in an outbox that may still go.
#[must_use]
pub fn photo_bytes(pending: &[Pending]) -> u64 {
    pending.iter().filter(|pending| !pending.set_aside).map(|pending| pending.item.what.photo_bytes()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overhead_and_time_are_of_what_is_known() {
        let traffic = Traffic { sent: 1_051, received: 0, rate: Some(300) };
        assert_eq!((traffic.overhead(1_000), traffic.overhead(2_000), traffic.overhead(0)), (Some(6), Some(0), None));
        assert_eq!((traffic.saved(1_051), traffic.saved(1_052), traffic.saved(2_000)), (None, Some(0), Some(47)));
        assert_eq!(traffic.time_for(901), Some(Duration::from_secs(4)));
        assert_eq!(Traffic::default().time_for(901), None);
    }
}
