//! The figures of a form as they stand in an entry: an object of whole numbers, in the paper's order, no box twice.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::form::{CellId, Count, Counts, CountsError, Form};

/// Boxes and their numbers as written in an entry; whether they are all the boxes of a form is checked by [`Boxes::counts`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes(Vec<(CellId, Count)>);

impl Boxes {
    /// The figures as those of `form`.
    ///
    /// # Errors
    /// [`CountsError`] when a box is missing or unknown.
    pub fn counts(&self, form: &Form) -> Result<Counts, CountsError> {
        Counts::from_values(form, self.0.iter().cloned())
    }
}

impl From<&Counts> for Boxes {
    fn from(counts: &Counts) -> Self {
        Self(counts.iter().map(|(id, count)| (id.clone(), count)).collect())
    }
}

impl Serialize for Boxes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, count) in &self.0 {
            map.serialize_entry(id, count)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Boxes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Boxes;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of boxes with whole numbers from 0 to 999")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Boxes, A::Error> {
        let mut boxes: Vec<(CellId, Count)> = Vec::with_capacity(map.size_hint().unwrap_or(32).min(64));
        while let Some((id, count)) = map.next_entry::<CellId, Count>()? {
            if boxes.iter().any(|(known, _)| *known == id) {
                return Err(A::Error::custom(format_args!("the box {id} stands twice")));
            }
            boxes.push((id, count));
        }
        Ok(Boxes(boxes))
    }
}
