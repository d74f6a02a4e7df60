//! How much data goes over the network and how fast content gets through: what a metered link costs. Pure: moments are arguments.
//!
//! In scope: bytes of HTTP in both directions, the rate over the last pieces. Not here: how long the next piece is (`gauge`).

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::sync::Traffic;

/// The rate is that of so many pieces.
const PIECES: usize = 8;

/// After so long without a piece the link was not in use, or is another.
const PAUSE: Duration = Duration::from_secs(5);

/// When a piece went, when it was answered, and its length.
type Passed = (Instant, Instant, u64);

/// The meter of one link.
#[derive(Debug, Default)]
pub(super) struct Meter {
    sent: u64,
    received: u64,
    pieces: VecDeque<Passed>,
}

impl Meter {
    /// Bytes of requests, heads included.
    pub(super) const fn sent(&mut self, bytes: u64) {
        self.sent = self.sent.saturating_add(bytes);
    }

    /// Bytes of answers, heads included.
    pub(super) const fn received(&mut self, bytes: u64) {
        self.received = self.received.saturating_add(bytes);
    }

    /// A piece of content that was on its way from `began` got through at `ended`.
    pub(super) fn passed(&mut self, began: Instant, ended: Instant, bytes: u64) {
        if self.pieces.back().is_some_and(|(_, last, _)| began.saturating_duration_since(*last) > PAUSE) {
            self.pieces.clear();
        }
        self.pieces.push_back((began, ended, bytes));
        if self.pieces.len() > PIECES {
            self.pieces.pop_front();
        }
    }

    /// The link was lost: what comes after it may be another.
    pub(super) fn lost(&mut self) {
        self.pieces.clear();
    }

    /// What has been used so far, and how fast it goes.
    pub(super) fn traffic(&self) -> Traffic {
        Traffic { sent: self.sent, received: self.received, rate: self.rate() }
    }

    /// Pieces that went at the same time share the link, so the time is that from the first to the last.
    fn rate(&self) -> Option<u64> {
        let began = self.pieces.iter().map(|(began, ..)| *began).min()?;
        let ended = self.pieces.iter().map(|(_, ended, _)| *ended).max()?;
        let bytes: u64 = self.pieces.iter().map(|(.., bytes)| bytes).sum();
        let millis = u64::try_from((ended - began).as_millis()).ok().filter(|millis| *millis > 0)?;
        Some((bytes.saturating_mul(1_000) / millis).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_at_a_time_are_as_fast_as_the_link_and_a_pause_does_not_count() {
        let (mut meter, start) = (Meter::default(), Instant::now());
        assert_eq!(meter.traffic(), Traffic::default());
        let at = |seconds| start + Duration::from_secs(seconds);
        for number in 0..3 {
            meter.passed(at(2 * number), at(2 * number + 2), 1_000);
            meter.passed(at(2 * number), at(2 * number + 2), 1_000);
        }
        assert_eq!(meter.traffic().rate, Some(1_000));
        meter.passed(at(60), at(61), 5_000);
        assert_eq!(meter.traffic().rate, Some(5_000), "the minute between was no time of sending");
        meter.lost();
        meter.sent(7);
        meter.received(9);
        assert_eq!(meter.traffic(), Traffic { sent: 7, received: 9, rate: None });
    }

    #[test]
    fn only_the_last_pieces_count() {
        let (mut meter, start) = (Meter::default(), Instant::now());
        for number in 0..20 {
            let began = start + Duration::from_secs(number);
            meter.passed(began, began + Duration::from_secs(1), if number < 12 { 9_000 } else { 100 });
        }
        assert_eq!(meter.traffic().rate, Some(100));
    }
}
