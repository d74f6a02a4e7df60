//! The links by name: what stations in Indonesia meet, as far as TCP is concerned.

use std::time::Duration;

use super::sky::{Sky, Weather};
use super::wire::Way;

/// A link: both directions, and what happens to it.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// From the station.
    pub(crate) up: Way,
    /// To the station.
    pub(crate) down: Way,
    /// Outages and breaks.
    pub(crate) weather: Weather,
    /// How many times as fast as in earnest time passes.
    pub(crate) scale: u32,
}

/// The names, from the best to the worst.
pub(crate) const PROFILES: [&str; 6] = ["4g-crowded", "vsat", "3g-village", "kill-8s", "dead-hour", "edge-hill"];

impl Profile {
    /// The link with this name, one of [`PROFILES`].
    pub(crate) fn named(name: &str) -> Self {
        let calm = Weather::default();
        let seconds = Duration::from_secs;
        match name {
            // A cell on polling night: enough for a few, shared by all; queues instead of losses.
            "4g-crowded" => Self::link([2_000, 8_000], [60, 120], [0.0005, 0.02], calm),
            // Up to a satellite and down again; its modems repair nearly everything.
            "vsat" => Self::link([512, 2_000], [300, 30], [0.001, 0.0], calm),
            "3g-village" => Self::link([384, 1_000], [150, 80], [0.005, 0.01], calm),
            "kill-8s" => Self::link([2_000, 8_000], [60, 20], [0.0, 0.0], Weather { kill: Some(seconds(8)), ..calm }),
            // Twenty good seconds, then nothing for an hour, and nobody says so.
            "dead-hour" => {
                let windows = vec![(seconds(20), seconds(20 + 3_600), Sky::Dark)];
                Self::link([1_000, 2_000], [60, 20], [0.001, 0.0], Weather { windows, ..calm })
            }
            // 64 kbit/s both ways, 800 ms there and back, one segment in twenty lost.
            "edge-hill" => Self::link([64, 64], [400, 100], [0.05, 0.02], calm),
            other => panic!("no link is called {other}"),
        }
    }

    /// Kilobits a second up and down; delay and jitter of one direction, in milliseconds; shares lost and out of order.
    fn link(kbits: [u64; 2], [delay, jitter]: [u64; 2], [loss, reorder]: [f64; 2], weather: Weather) -> Self {
        let [up, down] = kbits.map(|kbit| Way {
            rate: kbit * 1_000 / 8,
            delay: Duration::from_millis(delay),
            jitter: Duration::from_millis(jitter),
            loss,
            reorder,
        });
        Self { up, down, weather, scale: 1 }
    }

    /// The same link on which all goes `scale` times as fast.
    pub(crate) fn squeezed(self, scale: u32) -> Self {
        let way = |way: Way| Way {
            rate: way.rate * u64::from(scale),
            delay: way.delay / scale,
            jitter: way.jitter / scale,
            ..way
        };
        Self {
            up: way(self.up),
            down: way(self.down),
            weather: self.weather.squeezed(scale),
            scale: self.scale * scale,
        }
    }
}
