//! One direction of the link, shared by its connections: rate, delay, jitter, loss, reordering. Pure but for its dice.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::flow::Flow;
use super::sky::{Sky, Weather};

/// Bytes of a segment: what a mobile network leaves of 1500.
pub(super) const SEGMENT: usize = 1_400;
/// Bytes of the heads of TCP and IP on each segment.
pub(super) const HEADS: u64 = 40;

/// One direction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// Bytes a second, heads included.
    pub(crate) rate: u64,
    /// The least time from end to end.
    pub(crate) delay: Duration,
    /// The most that chance adds.
    pub(crate) jitter: Duration,
    /// The share of segments that is lost.
    pub(crate) loss: f64,
    /// The share of segments that comes after later ones: a delay once more, since TCP hands over in order.
    pub(crate) reorder: f64,
}

/// A direction with its queue and its dice.
#[derive(Debug)]
pub(super) struct Wire {
    way: Way,
    weather: Weather,
    scale: u32,
    dice: StdRng,
    /// When it has sent all that it was given.
    free: Duration,
}

/// What becomes of a segment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// When the sender may give the next one.
    pub(super) leaves: Duration,
    /// When it is handed over at the other end.
    pub(super) arrives: Duration,
    /// Bytes that the link carried for it, heads and repetitions included.
    pub(super) carried: u64,
}

impl Wire {
    pub(super) fn new(way: Way, weather: Weather, scale: u32, seed: u64) -> Self {
        Self { way, weather, scale, dice: StdRng::seed_from_u64(seed), free: Duration::ZERO }
    }

    /// Sends a segment with `bytes` of `flow` at `now`; `back` is the delay of the other direction.
    pub(super) fn send(&mut self, flow: &mut Flow, bytes: usize, now: Duration, back: Duration) -> Passage {
        let size = bytes as u64 + HEADS;
        let takes = Duration::from_nanos(size * 1_000_000_000 / self.way.rate);
        let (mut at, mut times, mut carried) = (now.max(self.free), 0, 0);
        let leaves = at + takes;
        loop {
            let dark = self.weather.at(at) == Sky::Dark;
            if !dark {
                // A repetition takes its place in the queue too.
                self.free = self.free.max(now) + takes;
                carried += size;
            }
            if !dark && !self.dice.random_bool(self.way.loss) {
                break;
            }
            times += 1;
            at += takes + flow.lost(times, self.way.delay + back, self.scale);
        }
        let late = self.dice.random_bool(self.way.reorder);
        let jitter = self.way.jitter.mul_f64(self.dice.random::<f64>());
        let arrives = at + takes + self.way.delay + jitter + if late { self.way.delay } else { Duration::ZERO };
        Passage { leaves, arrives: flow.handed_over(arrives, back), carried }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAY: Way =
        Way { rate: 10_000, delay: Duration::from_millis(400), jitter: Duration::ZERO, loss: 0.0, reorder: 0.0 };

    /// Sends so many full segments as fast as the window allows; when the last arrives, and what was carried.
    fn sent(way: Way, weather: &Weather, seed: u64, segments: u32) -> (Duration, u64) {
        let mut wire = Wire::new(way, weather.clone(), 1, seed);
        let (mut flow, mut now, mut last, mut carried) = (Flow::new(), Duration::ZERO, Duration::ZERO, 0);
        for _ in 0..segments {
            while let Some(later) = flow.waits_until(now) {
                now = later;
            }
            let passage = wire.send(&mut flow, SEGMENT, now, way.delay);
            (now, last, carried) = (passage.leaves, passage.arrives, carried + passage.carried);
        }
        (last, carried)
    }

    #[test]
    fn a_sound_link_gives_its_rate_and_its_delay() {
        let (last, carried) = sent(WAY, &Weather::default(), 1, 100);
        assert_eq!((last, carried), (Duration::from_millis(100 * 144 + 400), 144_000));
    }

    #[test]
    fn losses_cost_bytes_and_time_and_come_alike_for_a_seed() {
        let lossy = Way { loss: 0.05, ..WAY };
        let [one, same, other] = [1, 1, 2].map(|seed| sent(lossy, &Weather::default(), seed, 1_000));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert!((1_483_000..1_555_000).contains(&one.1), "5 % are sent again: {}", one.1);
        assert!(one.0 > Duration::from_secs(150), "144 s without losses: {:?}", one.0);
    }

    #[test]
    fn what_is_sent_into_the_dark_comes_some_time_after_it() {
        let windows = vec![(Duration::from_secs(3), Duration::from_secs(63), Sky::Dark)];
        let (last, carried) = sent(WAY, &Weather { windows, kill: None }, 1, 100);
        assert_eq!(carried, 144_000, "what vanished was not carried");
        assert!(last > Duration::from_secs(63 + 11) && last < Duration::from_secs(63 + 180), "{last:?}");
    }
}
