//! Several entries in one request, and what is answered to each. A part of what `wire` says.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::ids::Seq;
use super::wire::{Missing, Problem};

/// Consecutive entries of one station, the first first: one answer is waited for instead of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entries {
    /// Position of the first one in the chain.
    #[serde(deserialize_with = "position")]
    pub first: Seq,
    /// The signed notes, byte for byte; at most [`ENTRIES_AT_ONCE`](super::wire::limits::ENTRIES_AT_ONCE).
    pub entries: Vec<String>,
}

/// A position in JSON, to which `7.0` is the same whole number as `7` (JSON Schema 2020-12, validation, 6.1.1).
fn position<'de, D: Deserializer<'de>>(json: D) -> Result<Seq, D::Error> {
    let text = serde_json::Number::deserialize(json)?.to_string();
    let number: u64 = text.strip_suffix(".0").unwrap_or(&text).parse().map_err(D::Error::custom)?;
    Seq::try_from(number).map_err(D::Error::custom)
}

/// What came of [`Entries`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesAnswer {
    /// For each of them, in the same order.
    pub answers: Vec<EntryAnswer>,
    /// Where the station stands after them; none for a station that does not take part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
}

/// What came of one of several entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryAnswer {
    /// It is durable, and this is its receipt.
    Receipt(String),
    /// It was not taken.
    Problem(Problem),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        let first = |json: &str| serde_json::from_str::<Entries>(&format!(r#"{{"first":{json},"entries":[]}}"#));
        for json in ["7", "7.0", "70e-1"] {
            assert_eq!(first(json).expect("a position").first, Seq::new(7).expect("seq"), "{json}");
        }
        for json in ["7.5", "0", "-1", "\"7\"", "null"] {
            assert!(first(json).is_err(), "{json}");
        }
    }
}
