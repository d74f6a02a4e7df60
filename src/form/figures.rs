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
pub struct Figures(Vec<(CellId, Count)>);

impl Figures {
    /// The complete set of figures, when the boxes are exactly those of `form`.
    ///
    /// # Errors
    /// [`CountsError::Boxes`] names every box that is missing or unknown.
    pub fn on(&self, form: &Form) -> Result<Counts, CountsError> {
        Counts::from_values(form, self.0.iter().cloned())
    }

    /// Every box with its number, as written.
    pub fn iter(&self) -> impl Iterator<Item = (&CellId, Count)> {
        self.0.iter().map(|(id, count)| (id, *count))
    }
}

impl From<&Counts> for Figures {
    fn from(counts: &Counts) -> Self {
        Self(counts.iter().map(|(id, count)| (id.clone(), count)).collect())
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

/// Reads the object entry by entry, so that a name given twice is seen.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Figures;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of box ids and whole numbers from 0 to 999")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Figures, A::Error> {
        let mut figures: Vec<(CellId, Count)> = Vec::new();
        while let Some((id, count)) = map.next_entry::<CellId, Count>()? {
            if figures.iter().any(|(known, _)| *known == id) {
                return Err(A::Error::custom(format_args!("box {id} is given twice")));
            }
            figures.push((id, count));
        }
        Ok(Figures(figures))
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use super::*;

    #[test]
    fn figures_keep_the_bytes_and_find_their_form() {
        let counts = Example::SOUND.case().expect("figures of the form").counts;
        let text = serde_json::to_string(&Figures::from(&counts)).expect("json");
        assert_eq!(text, serde_json::to_string(&counts).expect("json"));
        let read: Figures = serde_json::from_str(&text).expect("figures");
        assert_eq!(serde_json::to_string(&read).expect("json"), text);
        assert_eq!(read.on(counts.form()), Ok(counts));
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
            assert!(serde_json::from_str::<Figures>(bad).is_err(), "{bad}");
        }
    }
}
