//! The values of a reading from a file or standard input, for scripts: `{"head":{…},"boxes":{…},"answers":[…]}`.

use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::form::Answer;

/// What a script says that stands on the paper. Boxes and head entries that are not asked for may be left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Values {
    /// Head entries by their id: `voting_from`, …, `same_day`.
    #[serde(default)]
    head: Map<String, Value>,
    /// Boxes by their id: numbers, or text as typed (`"X62"`).
    #[serde(default)]
    boxes: Map<String, Value>,
    /// Answers to findings.
    #[serde(default)]
    pub(super) answers: Vec<Answer>,
}

impl Values {
    /// Reads a file, or standard input when it is named `-`.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::caused("standard input", &error))?;
            bytes
        } else {
            files::read(path)?
        };
        serde_json::from_slice(&bytes).map_err(|error| {
            Failure::caused(path.display().to_string(), &error).hint(
                r#"{"head":{"voting_from":"07:00",…,"same_day":true},"boxes":{"dpt.L":270,…},"answers":[{"code":"E301","note":"…"}]}"#,
            )
        })
    }

    /// Ids and texts as an officer would type them.
    pub(super) fn typed(&self) -> impl Iterator<Item = (&str, String)> {
        self.head.iter().chain(&self.boxes).map(|(id, value)| (id.as_str(), typed(value)))
    }
}

fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "ya".to_owned(),
        Value::Bool(false) => "tidak".to_owned(),
        other => other.to_string(),
    }
}
