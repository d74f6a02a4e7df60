//! Numbers by the ids of their boxes, as they stand in a record before the form they belong to is known.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cell::CellId;
use super::count::Count;
use super::counts::{Counts, CountsError};
use super::sheet::Form;

/// A JSON object of box ids and whole numbers, in the order in which it was written. A box named twice is refused while
/// reading, since other readers of the same bytes might take the other number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes(Vec<(CellId, Count)>);

impl Boxes {
    /// The complete set of boxes, when the boxes are exactly those of `form`.
    ///
    /// # Errors
    /// [`CountsError::Boxes`] names every box that is missing or unknown.
    pub fn counts(&self, form: &Form) -> Result<Counts, CountsError> {
        Counts::from_values(form, self.0.iter().cloned())
    }

    /// Every box with its number, as written.
    pub fn iter(&self) -> impl Iterator<Item = (&CellId, Count)> {
        self.0.iter().map(|(id, count)| (id, *count))
    }
}

impl From<&Counts> for Boxes {
    fn from(counts: &Counts) -> Self {
        Self(counts.iter().map(|(id, count)| (id.clone(), count)).collect())
    }
}

impl Serialize for Boxes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Boxes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

/// Reads the object entry by entry, so that a name given twice is seen.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Boxes;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of box ids and whole numbers from 0 to 999")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Boxes, A::Error> {
        let mut boxes: Vec<(CellId, Count)> = Vec::new();
        while let Some((id, count)) = map.next_entry::<CellId, Count>()? {
            if boxes.iter().any(|(known, _)| *known == id) {
                return Err(A::Error::custom(format_args!("box {id} is given twice")));
            }
            boxes.push((id, count));
        }
        Ok(Boxes(boxes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use super::*;

    #[test]
    fn figures_keep_the_bytes_and_find_their_form() {
        let counts = Example::SOUND.case().expect("boxes of the form").counts;
        let text = serde_json::to_string(&Boxes::from(&counts)).expect("json");
        assert_eq!(text, serde_json::to_string(&counts).expect("json"));
        let read: Boxes = serde_json::from_str(&text).expect("boxes");
        assert_eq!(serde_json::to_string(&read).expect("json"), text);
        assert_eq!(read.counts(counts.form()), Ok(counts));
    }

    #[test]
    fn what_another_reader_could_read_otherwise_is_refused() {
        for bad in [
            r#"{"valid":1,"valid":2}"#,
            r#"{"valid":1,"valid":1}"#,
            r#"{"valid":1.0}"#,
            r#"{"valid":"1"}"#,
            r#"{"valid":null}"#,
            r#"{"valid":1000}"#,
            r#"{"Valid":1}"#,
            "[]",
        ] {
            assert!(serde_json::from_str::<Boxes>(bad).is_err(), "{bad}");
        }
    }
}
