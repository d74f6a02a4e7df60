//! A reading while it is typed: the whole form, or only the boxes that differed. Kept box by box, apart from the evidence.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::RecorderError;
use crate::form::{Answer, CellId, Counts, Draft, Form, Head, HeadField};
use crate::protocol::state::{Reading, Turn};

/// A box or an entry at the head of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A box.
    Cell(CellId),
    /// An entry at the head.
    Head(HeadField),
}

impl FromStr for Field {
    type Err = RecorderError;

    fn from_str(id: &str) -> Result<Self, RecorderError> {
        let head = id.parse().map(Self::Head);
        head.or_else(|_| id.parse().map(Self::Cell)).map_err(|_| RecorderError::NoSuchField(id.to_owned()))
    }
}

impl Field {
    /// The id in records.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Cell(cell) => cell.as_str(),
            Self::Head(field) => field.id(),
        }
    }
}

/// What one officer is reading now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingTask {
    revision: u16,
    round: u16,
    retype: Vec<String>,
    draft: Draft,
    #[serde(skip)]
    earlier: Vec<Answer>,
}

impl ReadingTask {
    /// A task for this turn: a blank form, or the officer's own last reading with the differing boxes emptied.
    pub(super) fn new(form: &Form, turn: Turn, own: Option<&Reading>) -> Self {
        let Turn { revision, round, retype } = turn;
        let mut draft = Draft::new(form.clone());
        let mut earlier = Vec::new();
        if let (false, Some(own)) = (retype.is_empty(), own) {
            if let Some(counts) = &own.counts {
                fill(&mut draft, counts, &own.head);
            }
            earlier.clone_from(&own.answers);
            for field in retype.iter().filter_map(|id| id.parse().ok()) {
                match field {
                    Field::Cell(cell) => draft.clear(&cell),
                    Field::Head(field) => draft.clear_head(field),
                }
            }
        }
        Self { revision, round, retype, draft, earlier }
    }

    /// Whether this is a task for that turn; a draft of an earlier turn is not.
    pub(super) fn is_for(&self, form: &Form, turn: &Turn) -> bool {
        let same = (self.revision, self.round) == (turn.revision, turn.round) && self.retype == turn.retype;
        same && self.draft.form() == form
    }

    /// Takes what was typed for a box or an entry at the head.
    ///
    /// # Errors
    /// [`RecorderError::NotToRetype`] for a box on which both officers agree already, [`RecorderError::Typed`] when the
    /// text cannot stand there; what stood there before is kept.
    pub fn set(&mut self, field: &Field, typed: &str) -> Result<(), RecorderError> {
        if !self.asks_for(field) {
            return Err(RecorderError::NotToRetype(field.id().to_owned()));
        }
        match field {
            Field::Cell(cell) => self.draft.set(cell, typed),
            Field::Head(field) => self.draft.set_head(*field, typed),
        }
        .map_err(RecorderError::Typed)
    }

    /// Empties a box again.
    ///
    /// # Errors
    /// [`RecorderError::NotToRetype`].
    pub fn clear(&mut self, field: &Field) -> Result<(), RecorderError> {
        if !self.asks_for(field) {
            return Err(RecorderError::NotToRetype(field.id().to_owned()));
        }
        match field {
            Field::Cell(cell) => self.draft.clear(cell),
            Field::Head(field) => self.draft.clear_head(*field),
        }
        Ok(())
    }

    /// Whether the officer is to read this box now.
    #[must_use]
    pub fn asks_for(&self, field: &Field) -> bool {
        self.retype.is_empty() || self.retype.iter().any(|id| id == field.id())
    }

    /// Ids of the boxes and head entries to be read again; none means the whole form.
    #[must_use]
    pub fn retype(&self) -> &[String] {
        &self.retype
    }

    /// Which result the reading works towards.
    #[must_use]
    pub const fn revision(&self) -> u16 {
        self.revision
    }

    /// 1 for the blind reading.
    #[must_use]
    pub const fn round(&self) -> u16 {
        self.round
    }

    /// What is typed so far.
    #[must_use]
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The officer's own answers of the round before, to be offered again where the finding still stands.
    #[must_use]
    pub fn earlier_answers(&self) -> &[Answer] {
        &self.earlier
    }

    pub(super) fn remember(&mut self, own: Option<&Reading>) {
        if let (false, Some(own)) = (self.retype.is_empty(), own) {
            self.earlier.clone_from(&own.answers);
        }
    }
}

/// Types a reading's figures into a draft.
fn fill(draft: &mut Draft, counts: &Counts, head: &Head) {
    // Figures of this very form can stand in its boxes, so none of these is refused.
    for (id, count) in counts.iter() {
        let _ = draft.set(id, &count.to_string());
    }
    for field in HeadField::ALL {
        let text = match head.time(field) {
            Some(time) => time.to_string(),
            None => if head.same_day { "ya" } else { "tidak" }.to_owned(),
        };
        let _ = draft.set_head(field, &text);
    }
}
