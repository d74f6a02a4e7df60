//! The head of the form: when people voted and when the votes were counted.

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

/// The times at the head of the form, as written; they may be out of order, then a rule says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Rapat pemungutan suara, from.
    pub voting_from: TimeOfDay,
    /// Rapat pemungutan suara, to.
    pub voting_to: TimeOfDay,
    /// Penghitungan suara, from.
    pub counting_from: TimeOfDay,
    /// Penghitungan suara, to.
    pub counting_to: TimeOfDay,
    /// Counted on the day of the voting (*di hari yang sama*); otherwise *setelahnya*, into another day.
    pub same_day: bool,
}

/// One entry at the head of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadField {
    /// Start of the voting.
    VotingFrom,
    /// End of the voting.
    VotingTo,
    /// Start of the counting.
    CountingFrom,
    /// End of the counting.
    CountingTo,
    /// Whether the votes were counted on the day of the voting.
    SameDay,
}

/// Why a text does not name an entry at the head of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the head of the form has no such entry")]
pub struct NotAHeadField;

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

impl Head {
    /// Entries that differ from those of `other`, in the order of the paper.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<HeadField> {
        HeadField::ALL
            .into_iter()
            .filter(|&field| match (self.time(field), other.time(field)) {
                (Some(here), Some(there)) => here != there,
                _ => self.same_day != other.same_day,
            })
            .collect()
    }

    /// The time in `field`; `None` for the one entry that is not a time.
    #[must_use]
    pub const fn time(&self, field: HeadField) -> Option<TimeOfDay> {
        match field {
            HeadField::VotingFrom => Some(self.voting_from),
            HeadField::VotingTo => Some(self.voting_to),
            HeadField::CountingFrom => Some(self.counting_from),
            HeadField::CountingTo => Some(self.counting_to),
            HeadField::SameDay => None,
        }
    }
}

impl HeadField {
    /// Every entry, in the order of the paper.
    pub const ALL: [Self; 5] = [Self::VotingFrom, Self::VotingTo, Self::CountingFrom, Self::CountingTo, Self::SameDay];

    /// The id in records and form posts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::VotingFrom => "voting_from",
            Self::VotingTo => "voting_to",
            Self::CountingFrom => "counting_from",
            Self::CountingTo => "counting_to",
            Self::SameDay => "same_day",
        }
    }

    /// What the entry is called on the form.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::VotingFrom => Text::new("Pemungutan suara dari pukul", "Voting from"),
            Self::VotingTo => Text::new("Pemungutan suara sampai pukul", "Voting to"),
            Self::CountingFrom => Text::new("Penghitungan suara dari pukul", "Counting from"),
            Self::CountingTo => Text::new("Penghitungan suara sampai pukul", "Counting to"),
            Self::SameDay => Text::new("Penghitungan suara di hari yang sama", "Counted on the same day"),
        };
        text.get(lang)
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

impl fmt::Display for HeadField {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}

impl FromStr for HeadField {
    type Err = NotAHeadField;

    fn from_str(text: &str) -> Result<Self, NotAHeadField> {
        Self::ALL.into_iter().find(|field| field.id() == text).ok_or(NotAHeadField)
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

    #[test]
    fn heads_differ_in_the_entries_that_differ() {
        let text = r#"{"voting_from":"07:00","voting_to":"13:00","counting_from":"13:30","counting_to":"18:00","same_day":true}"#;
        let head: Head = serde_json::from_str(text).expect("a head");
        assert_eq!(serde_json::to_string(&head).expect("json"), text);
        for (at, field) in HeadField::ALL.into_iter().enumerate() {
            let mut other = head;
            match at {
                0 => other.voting_from = TimeOfDay::literal(1, 0),
                1 => other.voting_to = TimeOfDay::literal(1, 0),
                2 => other.counting_from = TimeOfDay::literal(1, 0),
                3 => other.counting_to = TimeOfDay::literal(1, 0),
                _ => other.same_day = false,
            }
            assert_eq!(head.differences(&other), [field]);
            assert_eq!(field.id().parse(), Ok(field));
            assert_eq!(serde_json::to_value(field).expect("json"), field.id());
        }
        assert_eq!(head.differences(&head), []);
    }
}
