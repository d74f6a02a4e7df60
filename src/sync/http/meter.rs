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

/// A piece that got through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passed {
    /// When it began to go.
    pub(super) began: Instant,
    /// When it was answered.
    pub(super) ended: Instant,
    /// Its length.
    pub(super) bytes: u64,
    /// So many bytes of a photo it stands for: more, in a shorter coding.
    pub(super) content: u64,
}

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

    /// A piece of content got through.
    pub(super) fn passed(&mut self, piece: Passed) {
        if self.pieces.back().is_some_and(|last| piece.began.saturating_duration_since(last.ended) > PAUSE) {
            self.pieces.clear();
        }
        self.pieces.push_back(piece);
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
        Traffic { sent: self.sent, received: self.received, rate: self.rate(|piece| piece.content) }
    }

    /// Bytes a second that the link carries, whatever they stand for.
    pub(super) fn carries(&self) -> Option<u64> {
        self.rate(|piece| piece.bytes)
    }

    /// Pieces that went at the same time share the link, so the time is that from the first to the last.
    fn rate(&self, counted: fn(&Passed) -> u64) -> Option<u64> {
        let began = self.pieces.iter().map(|piece| piece.began).min()?;
        let ended = self.pieces.iter().map(|piece| piece.ended).max()?;
        let bytes: u64 = self.pieces.iter().map(counted).sum();
        let millis = u64::try_from((ended - began).as_millis()).ok().filter(|millis| *millis > 0)?;
        Some((bytes.saturating_mul(1_000) / millis).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A piece of a coding that takes four fifths.
    fn piece(began: Instant, ended: Instant, bytes: u64) -> Passed {
        Passed { began, ended, bytes, content: bytes * 5 / 4 }
    }

    #[test]
    fn two_at_a_time_are_as_fast_as_the_link_and_a_pause_does_not_count() {
        let (mut meter, start) = (Meter::default(), Instant::now());
        assert_eq!(meter.traffic(), Traffic::default());
        let at = |seconds| start + Duration::from_secs(seconds);
        for number in 0..3 {
            meter.passed(piece(at(2 * number), at(2 * number + 2), 1_000));
            meter.passed(piece(at(2 * number), at(2 * number + 2), 1_000));
        }
        assert_eq!((meter.carries(), meter.traffic().rate), (Some(1_000), Some(1_250)));
        meter.passed(piece(at(60), at(61), 4_000));
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
            meter.passed(piece(began, began + Duration::from_secs(1), if number < 12 { 9_000 } else { 100 }));
        }
        assert_eq!(meter.carries(), Some(100));
    }
}
