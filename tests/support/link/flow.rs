//! One direction of one connection, as its sender's TCP sees it: a window that grows and shrinks, bytes in order. Pure.

use std::collections::VecDeque;
use std::time::Duration;

/// The window that a connection begins with, in segments (RFC 6928).
const FIRST_WINDOW: f64 = 10.0;
/// What is not answered within three round trips counts as lost without a hint (RFC 6298 has a smoothed estimate).
const ROUND_TRIPS: u32 = 3;
/// The least that the sender waits before it believes that, and the most (RFC 6298, as Linux has it).
const WAITS: [Duration; 2] = [Duration::from_millis(200), Duration::from_mins(2)];

/// The state of the sender.
#[derive(Debug)]
pub(super) struct Flow {
    window: f64,
    threshold: f64,
    under_way: VecDeque<Duration>,
    /// When the last bytes so far reach the other end: later ones are not handed over before.
    last: Duration,
}

impl Flow {
    pub(super) const fn new() -> Self {
        Self { window: FIRST_WINDOW, threshold: f64::INFINITY, under_way: VecDeque::new(), last: Duration::ZERO }
    }

    /// The moment from which the window has room; none when it has room at `now`. Answers that have come by then count.
    pub(super) fn waits_until(&mut self, now: Duration) -> Option<Duration> {
        while self.under_way.front().is_some_and(|answered| *answered <= now) {
            self.under_way.pop_front();
            // Slow start, then one segment for each window (RFC 5681).
            self.window += if self.window < self.threshold { 1.0 } else { 1.0 / self.window };
        }
        let under_way = f64::from(u32::try_from(self.under_way.len()).expect("a window"));
        let full = under_way >= self.window.floor();
        full.then(|| *self.under_way.front().expect("a window is at least one segment"))
    }

    /// A segment was lost for the `times`th time; how long the sender waits before it sends it again.
    pub(super) fn lost(&mut self, times: u32, round_trip: Duration, scale: u32) -> Duration {
        let hinted = times == 1 && self.under_way.len() >= 3;
        self.threshold = (self.window / 2.0).max(2.0);
        self.window = if hinted { self.threshold } else { 1.0 };
        if hinted {
            // Three answers to later segments tell of it (RFC 5681).
            return round_trip;
        }
        let [least, most] = WAITS.map(|wait| wait / scale);
        (round_trip * ROUND_TRIPS).max(least).saturating_mul(1 << (times - 1).min(16)).min(most)
    }

    /// A segment arrives at `at` at the earliest; when it is handed over, its answer `back` later.
    pub(super) fn handed_over(&mut self, at: Duration, back: Duration) -> Duration {
        self.last = self.last.max(at);
        self.under_way.push_back(self.last + back);
        self.last
    }
}

#[test]
fn the_window_grows_with_answers_and_shrinks_with_losses() {
    let second = Duration::from_secs(1);
    let mut flow = Flow::new();
    for _ in 0..10 {
        assert_eq!(flow.waits_until(Duration::ZERO), None);
        flow.handed_over(second, second);
    }
    assert_eq!(flow.waits_until(Duration::ZERO), Some(2 * second), "ten segments are under way");
    assert_eq!((flow.waits_until(2 * second), flow.window), (None, 20.0));
    for _ in 0..4 {
        flow.handed_over(3 * second, second);
    }
    assert_eq!((flow.lost(1, second, 1), flow.window), (second, 10.0), "later segments tell of it");
    assert_eq!((flow.lost(2, second, 1), flow.window), (6 * second, 1.0), "nothing tells of it");
    assert_eq!(flow.lost(9, second, 1), 120 * second);
    assert_eq!(flow.lost(9, second, 60), 2 * second, "in squeezed time");
    assert_eq!(flow.handed_over(second, second), 3 * second, "never before what was sent earlier");
}
