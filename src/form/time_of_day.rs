//! A time of day as it stands at the head of the form.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text::{Lang, Text};

/// A local time of day in whole minutes, written `07:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// Why a text is not a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written like 07:00")]
pub struct NotATime;

impl TimeOfDay {
    /// `hour`:`minute`, if there is such a time.
    #[must_use]
    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self(hour as u16 * 60 + minute as u16)) } else { None }
    }

    /// A time that stands in a table of this module; a wrong one does not compile.
    pub(super) const fn literal(hour: u8, minute: u8) -> Self {
        assert!(hour < 24 && minute < 60, "a time of day in a table");
        Self(hour as u16 * 60 + minute as u16)
    }

    /// The time that `typed` stands for: `07:00`, `7:00`, or with a point as often written in Indonesia, `07.00`.
    ///
    /// # Errors
    /// When the text is not hours and two digits of minutes.
    pub fn parse(typed: &str) -> Result<Self, NotATime> {
        let (hour, minute) = typed.trim().split_once([':', '.']).ok_or(NotATime)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !matches!(hour.len(), 1 | 2) || minute.len() != 2 || !digits(hour) || !digits(minute) {
            return Err(NotATime);
        }
        let number = |text: &str| text.parse::<u8>().map_err(|_| NotATime);
        Self::new(number(hour)?, number(minute)?).ok_or(NotATime)
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// The time `minutes` after midnight, if it is on the same day.
    pub(super) fn from_minutes(minutes: u32) -> Option<Self> {
        u16::try_from(minutes).ok().filter(|&minutes| minutes < 24 * 60).map(Self)
    }
}

impl NotATime {
    /// What to type instead.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        const TEXT: Text = Text::new(
            "Ini bukan jam. Ketik jam dan menit seperti tertulis di kertas, misalnya 07:00.",
            "This is not a time. Type hours and minutes as on the paper, such as 07:00.",
        );
        TEXT.get(lang).to_owned()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        // In records one time has one text, so that two spellings never look like two times.
        Self::parse(text).and_then(|time| if time.to_string() == text { Ok(time) } else { Err(NotATime) })
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotATime;

    fn try_from(text: String) -> Result<Self, NotATime> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_typed_with_colon_or_point() {
        let table =
            [("07:00", "07:00"), ("7:00", "07:00"), (" 07.30 ", "07:30"), ("23:59", "23:59"), ("0:00", "00:00")];
        for (typed, time) in table {
            assert_eq!(TimeOfDay::parse(typed).map(|time| time.to_string()).as_deref(), Ok(time), "{typed}");
        }
        for bad in ["", "7", "0700", "24:00", "07:60", "07:0", "007:00", "-7:00", "+7:00", "07:00:00", "07 00"] {
            assert_eq!(TimeOfDay::parse(bad), Err(NotATime), "{bad}");
        }
    }

    #[test]
    fn in_records_a_time_has_one_spelling() {
        assert_eq!("07:00".parse(), Ok(TimeOfDay::literal(7, 0)));
        for other in ["7:00", "07.00", " 07:00"] {
            assert_eq!(other.parse::<TimeOfDay>(), Err(NotATime), "{other}");
        }
    }
}
