//! Time: the only reader of the operating system's clock, and the one way a moment is written.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// A moment in UTC, whole milliseconds; written as RFC 3339 with exactly three decimals, `2024-11-27T13:58:02.114Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

/// Why a text is not a moment in the one form that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a moment is written like 2024-11-27T13:58:02.114Z (UTC, milliseconds)")]
pub struct NotAMoment;

/// Milliseconds of the last moment of the year 9999, the last that RFC 3339 can write.
const LAST: i64 = 253_402_300_799_999;

/// The present moment by the operating system's clock, which may be wrong: it is recorded, never trusted.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one reader of the clock")]
pub fn now() -> Timestamp {
    let since = OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000;
    Timestamp(i64::try_from(since).unwrap_or(LAST).clamp(0, LAST))
}

impl Timestamp {
    /// The moment `millis` milliseconds after 1970-01-01T00:00Z, if it is not after the year 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Option<Self> {
        (0..=LAST).contains(&millis).then_some(Self(millis))
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This moment moved on by `by`; stays at the end of the year 9999 when that would pass it.
    #[must_use]
    pub fn after(self, by: Duration) -> Self {
        let by = i64::try_from(by.as_millis()).unwrap_or(LAST);
        Self(self.0.saturating_add(by).min(LAST))
    }

    /// How long after `earlier` this is; zero when it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }

    /// Hour and minute on the wall clock `hours_east` hours east of Greenwich (WIB 7, WITA 8, WIT 9), `20:58`.
    #[must_use]
    pub fn local_hhmm(self, hours_east: i8) -> String {
        let minutes = (self.0 / 60_000 + i64::from(hours_east) * 60).rem_euclid(24 * 60);
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        let moment =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).map_err(|_| fmt::Error)?;
        out.write_str(&moment.format(form).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Timestamp {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotAMoment)?;
        let millis = i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).map_err(|_| NotAMoment)?;
        let moment = Self::from_millis(millis).ok_or(NotAMoment)?;
        // One moment has one text: another spelling of it is refused, so that bytes can be compared.
        if moment.to_string() == text { Ok(moment) } else { Err(NotAMoment) }
    }
}

impl TryFrom<String> for Timestamp {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Self, NotAMoment> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(moment: Timestamp) -> Self {
        moment.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_one_spelling() {
        let text = "2024-11-27T13:58:02.114Z";
        let moment: Timestamp = text.parse().expect("a moment");
        assert_eq!((moment.to_string().as_str(), moment.millis()), (text, 1_732_715_882_114));
        for other in ["2024-11-27T13:58:02Z", "2024-11-27T20:58:02.114+07:00", "2024-11-27T13:58:02.1140Z", "yesterday"]
        {
            assert_eq!(other.parse::<Timestamp>(), Err(NotAMoment), "{other}");
        }
    }

    #[test]
    fn differences_never_go_below_zero() {
        let early = Timestamp::from_millis(1_000).expect("in range");
        let late = early.after(Duration::from_millis(1_500));
        assert_eq!(late.since(early), Duration::from_millis(1_500));
        assert_eq!(early.since(late), Duration::ZERO);
    }

    #[test]
    fn wall_clocks_of_the_three_zones_wrap_at_midnight() {
        let moment: Timestamp = "2024-11-27T16:30:00.000Z".parse().expect("a moment");
        assert_eq!([7, 8, 9].map(|zone| moment.local_hhmm(zone)), ["23:30", "00:30", "01:30"]);
    }
}
