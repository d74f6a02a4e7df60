//! What the link does at which moment: clear, dark, refusing, a log-in page; and when standing connections break. Pure.
//!
//! Moments are counted from the start of the link.

use std::time::Duration;

/// How the link is at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sky {
    /// Bytes go through.
    Clear,
    /// Bytes vanish and nobody says so; connections stand.
    Dark,
    /// Nobody can be reached, and that is said at once: a name that is not found, a network that is gone.
    Refusing,
    /// Somebody else answers: the log-in page of a network.
    Portal,
}

/// When the link is how.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weather {
    /// From when until when it is not clear; the first that fits counts.
    pub(crate) windows: Vec<(Duration, Duration, Sky)>,
    /// All connections break this often.
    pub(crate) kill: Option<Duration>,
}

impl Weather {
    /// How the link is at `at`.
    pub(crate) fn at(&self, at: Duration) -> Sky {
        let window = self.windows.iter().find(|(from, until, _)| (*from..*until).contains(&at));
        window.map_or(Sky::Clear, |(.., sky)| *sky)
    }

    /// The next moment after `at` at which standing connections break.
    pub(crate) fn breaks_after(&self, at: Duration) -> Option<Duration> {
        let falls = |(from, _, sky): &(Duration, Duration, Sky)| (*sky != Sky::Dark && *from > at).then_some(*from);
        let kill =
            self.kill.map(|every| every * u32::try_from(at.as_nanos() / every.as_nanos() + 1).expect("a short run"));
        self.windows.iter().filter_map(falls).chain(kill).min()
    }

    /// The same, `scale` times as fast.
    pub(crate) fn squeezed(&self, scale: u32) -> Self {
        let windows = self.windows.iter().map(|(from, until, sky)| (*from / scale, *until / scale, *sky)).collect();
        Self { windows, kill: self.kill.map(|every| every / scale) }
    }
}

#[test]
fn windows_and_breaks_come_when_they_should() {
    let seconds = Duration::from_secs;
    let windows = vec![(seconds(5), seconds(9), Sky::Dark), (seconds(12), seconds(13), Sky::Portal)];
    let weather = Weather { windows, kill: Some(seconds(8)) };
    let seen: Vec<_> = [4, 5, 8, 9, 12, 13].map(|at| weather.at(seconds(at))).into();
    assert_eq!(seen, [Sky::Clear, Sky::Dark, Sky::Dark, Sky::Clear, Sky::Portal, Sky::Clear]);
    let breaks = [0, 7, 8, 12, 15].map(|at| weather.breaks_after(seconds(at)));
    assert_eq!(breaks, [8, 8, 12, 16, 16].map(|at| Some(seconds(at))), "a dark link breaks nothing");
    assert_eq!(Weather::default().breaks_after(seconds(1)), None);
    assert_eq!(weather.squeezed(2).at(seconds(3)), Sky::Dark);
}
