//! One complete set of figures: every box of one form, none missing.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::cell::CellId;
use super::count::Count;
use super::sheet::Form;

/// The number in every box of one form. In JSON an object of whole numbers in the order of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    form: Form,
    values: Vec<Count>,
}

/// Why figures are not one complete set for a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    /// The boxes named are not exactly those of the form.
    #[error("filling a form: boxes missing {missing:?}, unknown {unknown:?}, given twice {twice:?}")]
    Boxes {
        /// Boxes of the form without a number, in the order of the paper.
        missing: Vec<CellId>,
        /// Boxes the form does not have.
        unknown: Vec<CellId>,
        /// Boxes given more than once.
        twice: Vec<CellId>,
    },
    /// The JSON value is not an object.
    #[error("reading figures: they are not a JSON object")]
    NotAnObject,
    /// A name in the object is not the id of a box.
    #[error("reading figures: `{name}` is not the id of a box")]
    NotACell {
        /// The name.
        name: String,
    },
    /// A value in the object is not a whole number from 0 to 999.
    #[error("reading figures: box {cell} does not hold a whole number from 0 to 999")]
    NotACount {
        /// The box.
        cell: CellId,
    },
}

impl Counts {
    /// The set of figures, when each box of `form` is given exactly once and nothing else.
    ///
    /// # Errors
    /// [`CountsError::Boxes`] names every box that is missing, unknown or given twice.
    pub fn from_values(form: &Form, values: impl IntoIterator<Item = (CellId, Count)>) -> Result<Self, CountsError> {
        let mut slots: Vec<Option<Count>> = vec![None; form.cells().len()];
        let (mut unknown, mut twice) = (Vec::new(), Vec::new());
        for (id, count) in values {
            match form.position(&id) {
                None => unknown.push(id),
                Some(at) if slots[at].is_some() => twice.push(id),
                Some(at) => slots[at] = Some(count),
            }
        }
        let given: Vec<Count> = slots.iter().copied().flatten().collect();
        if given.len() == slots.len() && unknown.is_empty() && twice.is_empty() {
            return Ok(Self { form: form.clone(), values: given });
        }
        let cells = form.cells().iter().zip(&slots);
        let missing = cells.filter(|(_, slot)| slot.is_none()).map(|(cell, _)| cell.id().clone()).collect();
        Err(CountsError::Boxes { missing, unknown, twice })
    }

    /// The set of figures in a JSON object of whole numbers, in any order. Bytes in which a box may be named twice are
    /// read through [`super::Boxes`], which refuses that.
    ///
    /// # Errors
    /// When a name or a number is not one that can stand on a form, or the boxes are not exactly those of `form`.
    pub fn from_json(form: &Form, json: &Value) -> Result<Self, CountsError> {
        let object = json.as_object().ok_or(CountsError::NotAnObject)?;
        let values = object.iter().map(|(name, value)| {
            let cell: CellId = name.parse().map_err(|_| CountsError::NotACell { name: name.clone() })?;
            let count = value.as_u64().and_then(|value| u16::try_from(value).ok());
            match count.map(Count::new) {
                Some(Ok(count)) => Ok((cell, count)),
                _ => Err(CountsError::NotACount { cell }),
            }
        });
        Self::from_values(form, values.collect::<Result<Vec<_>, _>>()?)
    }

    /// The form that is filled.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The number in the box; `None` when the form has no such box.
    #[must_use]
    pub fn get(&self, id: &CellId) -> Option<Count> {
        self.form.position(id).map(|at| self.values[at])
    }

    /// Every box with its number, in the order of the paper.
    pub fn iter(&self) -> impl Iterator<Item = (&CellId, Count)> {
        self.form.cells().iter().zip(&self.values).map(|(cell, &count)| (cell.id(), count))
    }

    /// Boxes whose numbers differ from those of `other`, in the order of the paper; a box only one has differs.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<CellId> {
        let here = self.iter().filter(|(id, count)| other.get(id) != Some(*count)).map(|(id, _)| id.clone());
        let there = other.iter().filter(|(id, _)| self.get(id).is_none()).map(|(id, _)| id.clone());
        here.chain(there).collect()
    }

    /// The numbers in the order of [`Form::cells`].
    pub(super) fn values(&self) -> &[Count] {
        &self.values
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (id, count) in self.iter() {
            map.serialize_entry(id, &count)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::example::Example;
    use super::*;

    fn sound() -> Counts {
        Example::SOUND.case().expect("figures of the form").counts
    }

    fn id(text: &str) -> CellId {
        text.parse().expect("an id")
    }

    #[test]
    fn every_box_is_given_once_and_nothing_else() {
        let sound = sound();
        let mut values: Vec<_> = sound.iter().map(|(id, count)| (id.clone(), count)).collect();
        values.rotate_left(5);
        assert_eq!(Counts::from_values(sound.form(), values.clone()), Ok(sound.clone()));
        let (gone, _) = values.remove(0);
        values.extend([(id("valid"), Count::ZERO), (id("votes.4"), Count::MAX)]);
        let expected =
            CountsError::Boxes { missing: vec![gone], unknown: vec![id("votes.4")], twice: vec![id("valid")] };
        assert_eq!(Counts::from_values(sound.form(), values), Err(expected));
    }

    #[test]
    fn json_that_is_no_set_of_figures_is_refused_with_the_place() {
        let sound = sound();
        let good = serde_json::to_value(&sound).expect("json");
        let with = |name: &str, value: Value| {
            let mut json = good.clone();
            json[name] = value;
            Counts::from_json(sound.form(), &json)
        };
        let not_a_count = Err(CountsError::NotACount { cell: id("valid") });
        for bad in [json!(1000), json!(-1), json!(1.0), json!("1"), json!(null), json!(70_000), json!([1])] {
            assert_eq!(with("valid", bad.clone()), not_a_count, "{bad}");
        }
        assert_eq!(with("Valid", json!(1)), Err(CountsError::NotACell { name: "Valid".to_owned() }));
        assert!(matches!(with("votes.4", json!(1)), Err(CountsError::Boxes { .. })));
        assert_eq!(Counts::from_json(sound.form(), &json!([])), Err(CountsError::NotAnObject));
    }

    #[test]
    fn differences_name_boxes_in_the_order_of_the_paper() {
        let (sound, other) = (sound(), Example::boxes(&[("total", 1), ("dpt.P", 2), ("votes.2", 3)]));
        let other = other.case().expect("figures of the form").counts;
        assert_eq!(sound.differences(&sound), []);
        assert_eq!(sound.differences(&other), ["dpt.P", "votes.2", "total"].map(id));
        let four = Form::new("kwk-2024", "gubernur", 4).expect("a form");
        let zeros = Counts::from_values(&four, four.cells().iter().map(|cell| (cell.id().clone(), Count::ZERO)));
        let zeros = zeros.expect("every box");
        assert_eq!(sound.differences(&zeros).last(), Some(&id("votes.4")));
        assert!(zeros.differences(&sound).contains(&id("votes.4")));
    }
}
