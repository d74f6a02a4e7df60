//! What every signed statement of Plano shares: one compact JSON object whose first field is its `type`, and a newline.
//!
//! The type stands inside the signed bytes, so a signature for one kind of statement never passes for another.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::key::PrivateKey;
use super::note::{Note, NoteError};

/// Why a note is not the statement that was expected.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// Not a signed note, or a signature that does not hold.
    #[error("not a note signed as it should be")]
    Note(#[from] NoteError),
    /// The text is not one JSON object that names its type.
    #[error("the text of the note is not one JSON object with a type")]
    Json(#[source] serde_json::Error),
    /// Another kind of statement.
    #[error("this is a {found}, not a {expected}")]
    Kind {
        /// What was asked for.
        expected: &'static str,
        /// What the note says it is.
        found: String,
    },
    /// The fields are not those of this kind, or one of them stands twice.
    #[error("the {kind} does not have the fields it should")]
    Fields {
        /// Which kind.
        kind: &'static str,
        /// What stands where.
        #[source]
        source: serde_json::Error,
    },
}

/// The fields of one kind of statement; the first of them is `type` and holds [`Fields::KIND`].
pub(super) trait Fields: Serialize + DeserializeOwned {
    /// Name and version of the kind, `plano/entry@1`.
    const KIND: &'static str;
}

#[derive(Deserialize)]
struct Typed {
    r#type: String,
}

/// Writes the fields in their order and signs them.
pub(super) fn sign<T: Fields>(fields: &T, by: &[&PrivateKey]) -> Result<Note, StatementError> {
    let json = serde_json::to_string(fields).map_err(|source| StatementError::Fields { kind: T::KIND, source })?;
    Ok(Note::sign(&format!("{json}\n"), by)?)
}

/// Reads the fields of a statement; signatures are for the caller to check.
pub(super) fn read<T: Fields>(note: &Note) -> Result<T, StatementError> {
    let typed: Typed = serde_json::from_str(note.text()).map_err(StatementError::Json)?;
    if typed.r#type != T::KIND {
        return Err(StatementError::Kind { expected: T::KIND, found: typed.r#type });
    }
    serde_json::from_str(note.text()).map_err(|source| StatementError::Fields { kind: T::KIND, source })
}
