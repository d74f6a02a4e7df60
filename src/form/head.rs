//! The head of the form: when people voted and when the votes were counted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text::{Lang, Text};
use super::time_of_day::TimeOfDay;

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
