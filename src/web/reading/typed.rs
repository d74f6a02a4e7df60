//! Taking what was typed: only what this window changed, so that no window undoes another's work.

use std::collections::BTreeMap;

use crate::form::{HeadField, Lang};
use crate::protocol::ids::Slot;
use crate::recorder::{Field, ReadingTask, RecorderError};
use crate::web::error::WebError;
use crate::web::fields::Fields;

/// What became of the boxes that a browser posted.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Texts that cannot stand in their boxes, with the reason, by box.
    pub(super) rejected: BTreeMap<String, Rejected>,
    /// Whether a box holds something else than this window shows.
    pub(super) elsewhere: bool,
    /// Whether there is something to save.
    pub(super) changed: bool,
}

/// A text that cannot stand in its box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rejected {
    pub(super) text: String,
    pub(super) why: String,
}

/// Refuses a page that another officer opened in this browser, or that is for a reading recorded since.
pub(super) fn same_reading(task: &ReadingTask, slot: Slot, fields: &Fields) -> Result<(), WebError> {
    match fields.get("as").parse::<Slot>() {
        Ok(opened) if opened != slot => return Err(WebError::OtherOfficer(opened)),
        _ => {}
    }
    if fields.get("turn") == turn(task) { Ok(()) } else { Err(WebError::OldTurn) }
}

/// Which reading a page is for.
pub(super) fn turn(task: &ReadingTask) -> String {
    format!("{}.{}", task.revision(), task.round())
}

/// Takes the boxes whose text differs from what the page showed when it was made (`was:`).
pub(super) fn take(task: &mut ReadingTask, fields: &Fields, lang: Lang) -> Result<Taken, WebError> {
    let mut taken = Taken::default();
    for (id, posted) in fields.under("box:") {
        let field: Field = id.parse()?;
        let text = normal(&field, posted);
        let shown = format!("was:{id}");
        if fields.has(&shown) && fields.get(&shown) == text {
            taken.elsewhere |= stored(task, &field).unwrap_or_default() != text;
            continue;
        }
        taken.changed = true;
        let set = if text.is_empty() { task.clear(&field) } else { task.set(&field, &text) };
        match set {
            Ok(()) => {}
            Err(error @ RecorderError::Typed(_)) => {
                let rejected = Rejected { text: posted.trim().to_owned(), why: error.text(lang) };
                taken.rejected.insert(id.to_owned(), rejected);
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(taken)
}

/// What is stored for a box.
pub(super) fn stored(task: &ReadingTask, field: &Field) -> Option<String> {
    match field {
        Field::Cell(cell) => task.draft().typed(cell).map(str::to_owned),
        Field::Head(head) => task.draft().typed_head(*head),
    }
}

/// The text without blanks around it; a numeric keypad has no colon, so `0700` is taken as the time `07:00`.
fn normal(field: &Field, posted: &str) -> String {
    let text = posted.trim();
    let is_time = matches!(field, Field::Head(head) if *head != HeadField::SameDay);
    let digits = matches!(text.len(), 3 | 4) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_time && digits {
        let (hour, minute) = text.split_at(text.len() - 2);
        return format!("{hour:0>2}:{minute}");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_typed_on_a_numeric_keypad() {
        let time = Field::Head(HeadField::VotingFrom);
        for (posted, text) in [("0700", "07:00"), ("700", "07:00"), (" 07.00 ", "07.00"), ("7", "7"), ("", "")] {
            assert_eq!(normal(&time, posted), text);
        }
        let cell: Field = "dpt.L".parse().expect("a box");
        assert_eq!(normal(&cell, " 270 "), "270");
    }
}
