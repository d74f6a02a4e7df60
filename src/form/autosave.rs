//! A draft as JSON, so that a form half typed survives a power cut.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::cell::CellId;
use super::draft::Draft;
use super::head::HeadField;
use super::sheet::Form;

/// `{"form":{…},"boxes":{"dpt.L":"X62"},"head":{"voting_from":"07:00"}}`: the texts as typed, with the form they are for.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Autosave {
    form: Form,
    boxes: BTreeMap<CellId, String>,
    head: BTreeMap<HeadField, String>,
}

impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let boxes = self.form().cells().iter().map(super::cell::Cell::id);
        let boxes = boxes.filter_map(|id| Some((id.clone(), self.typed(id)?.to_owned()))).collect();
        let head = HeadField::ALL.into_iter().filter_map(|field| Some((field, self.typed_head(field)?))).collect();
        Autosave { form: self.form().clone(), boxes, head }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Autosave::deserialize(deserializer)?;
        let mut draft = Self::new(saved.form);
        for (cell, typed) in &saved.boxes {
            draft.set(cell, typed).map_err(de::Error::custom)?;
        }
        for (&field, typed) in &saved.head {
            draft.set_head(field, typed).map_err(de::Error::custom)?;
        }
        Ok(draft)
    }
}
