//! What the link has shown of itself, and how many bytes the next request carries. Pure: durations are arguments.
//!
//! In scope: rate, round trip, length of a piece. Not here: who waits how long with these figures (`config`).

use std::time::Duration;

/// The first piece of an unknown link, and of every link after an outage: a probe rather than a burst.
pub(super) const FIRST: u64 = 64 * 1024;

/// No piece is shorter, and a shorter one says nothing of the rate: its time is that of the answer.
const LEAST: u64 = 16 * 1024;

/// So long a piece may take, and longer when answers take their time ([`ROUNDS`]).
const SHORTEST: Duration = Duration::from_secs(20);
const LONGEST: Duration = Duration::from_mins(1);

/// A piece takes so many round trips, so that waiting for its answer costs at most a fortieth.
const ROUNDS: u32 = 40;

/// Twelve segments: two connections have six each at most, and three have to come behind a lost one.
const THIN: u64 = 12 * 1_400;

/// The measure of one link.
#[derive(Debug)]
pub(super) struct Gauge {
    /// Bytes a second, once a piece has shown them.
    rate: Option<u64>,
    round: Option<Duration>,
    piece: u64,
}

impl Default for Gauge {
    fn default() -> Self {
        Self { rate: None, round: None, piece: FIRST }
    }
}

impl Gauge {
    /// The most bytes of the next request.
    pub(super) const fn piece(&self) -> u64 {
        self.piece
    }

    /// Bytes a second, once known.
    pub(super) const fn rate(&self) -> Option<u64> {
        self.rate
    }

    /// Whether so few bytes are under way at `rate` bytes a second of all connections together that a connection alone, at every
    /// loss, stands still until a clock runs out: nothing behind the loss tells of it (RFC 5681, 3.2).
    pub(super) fn is_thin(&self, rate: u64) -> bool {
        let under_way = self.round.map(|round| rate.saturating_mul(millis(round)) / 1_000);
        under_way.is_some_and(|bytes| bytes < THIN)
    }

    /// A request without a body, or with a short one, was answered after `took`.
    pub(super) fn answered(&mut self, took: Duration) {
        self.round = Some(self.round.map_or(took, |round| (round * 3 + took) / 4));
    }

    /// A piece of so many bytes was answered after `took`.
    pub(super) fn passed(&mut self, bytes: u64, took: Duration) {
        if bytes < LEAST {
            return;
        }
        // Never less than a quarter: a round trip that was a bad one must not make the link look better than it is.
        let moving = took.saturating_sub(self.round.unwrap_or_default()).max(took / 4);
        let seen = bytes.saturating_mul(1_000) / millis(moving);
        let rate = self.rate.map_or(seen, |rate| rate.midpoint(seen));
        let target = self.round.map_or(SHORTEST, |round| (round * ROUNDS).clamp(SHORTEST, LONGEST));
        self.rate = Some(rate);
        self.piece = (rate.saturating_mul(millis(target)) / 1_000).max(LEAST);
    }

    /// A piece did not get through; central has kept so many bytes of it.
    pub(super) fn broke(&mut self, kept: u64) {
        self.piece = (self.piece.min(u64::MAX / 2) / 2).max(kept).max(LEAST);
    }

    /// The link is gone, and may be another when it comes back.
    pub(super) fn lost(&mut self) {
        *self = Self { piece: self.piece.min(FIRST), ..Self::default() };
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A link of `rate` bytes a second with this round trip, after `pieces` pieces.
    fn after(pieces: usize, rate: u64, round: Duration) -> Gauge {
        let mut gauge = Gauge::default();
        gauge.answered(round);
        for _ in 0..pieces {
            let bytes = gauge.piece();
            gauge.passed(bytes, Duration::from_millis(bytes * 1_000 / rate) + round);
        }
        gauge
    }

    #[test]
    fn a_piece_takes_seconds_on_every_link() {
        for (name, rate, round, seconds) in [
            ("edge at the edge of its cell", 8_000, SECOND * 4 / 5, 32),
            ("a village", 48_000, SECOND / 5, 20),
            ("a satellite", 125_000, SECOND * 3 / 5, 24),
        ] {
            let piece = after(5, rate, round).piece();
            assert!((rate * seconds * 9 / 10..=rate * seconds * 11 / 10).contains(&piece), "{name}: {piece}");
        }
        assert!(after(1, 4_000_000, SECOND / 20).piece() > 25_000_000, "all the rest in one, from the second on");
    }

    #[test]
    fn it_shrinks_when_nothing_gets_through_and_keeps_to_what_did() {
        let mut gauge = after(3, 125_000, SECOND / 10);
        let whole = gauge.piece();
        gauge.broke(whole - 10);
        assert_eq!(gauge.piece(), whole - 10, "what got through before the connection broke gets through again");
        for _ in 0..20 {
            gauge.broke(0);
        }
        assert_eq!(gauge.piece(), LEAST);
        gauge.passed(LEAST, SECOND / 4);
        assert!(gauge.piece() > LEAST * 4, "{}", gauge.piece());
    }

    #[test]
    fn after_an_outage_a_probe_goes_first() {
        let mut gauge = after(3, 4_000_000, SECOND / 20);
        gauge.lost();
        assert_eq!((gauge.piece(), gauge.rate()), (FIRST, None));
        gauge.broke(0);
        gauge.lost();
        assert_eq!(gauge.piece(), FIRST / 2, "an outage is no reason for larger ones");
    }

    #[test]
    fn a_link_is_thin_when_little_is_under_way() {
        for (name, rate, round, thin) in [
            ("edge at the edge of its cell", 6_000, SECOND * 4 / 5, true),
            ("a village", 48_000, SECOND * 2 / 5, false),
            ("a satellite", 64_000, SECOND * 3 / 5, false),
            ("a crowded cell", 250_000, SECOND / 5, false),
        ] {
            assert_eq!(after(1, rate, round).is_thin(rate), thin, "{name}");
        }
        assert!(!Gauge::default().is_thin(1), "nothing is known of it");
    }

    #[test]
    fn a_short_piece_says_nothing_of_the_rate() {
        let mut gauge = after(3, 125_000, SECOND / 10);
        let before = (gauge.piece(), gauge.rate());
        gauge.passed(LEAST - 1, SECOND);
        assert_eq!((gauge.piece(), gauge.rate()), before);
    }
}
