//! A form while it is typed: text box by box, until nothing is missing.

use std::fmt;

use super::cell::CellId;
use super::check;
use super::context::Context;
use super::count::Count;
use super::counts::Counts;
use super::draft_error::DraftError;
use super::finding::Finding;
use super::head::{Head, HeadField};
use super::judge::Reading;
use super::sheet::Form;
use super::time_of_day::TimeOfDay;

/// What has been typed of one form so far. Holds only text that can stand on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    form: Form,
    boxes: Vec<Option<Typed>>,
    times: [Option<TimeOfDay>; 4],
    same_day: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    text: String,
    count: Count,
}

/// What has not been typed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// A box.
    Cell(CellId),
    /// An entry at the head of the form.
    Head(HeadField),
}

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(cell) => cell.fmt(out),
            Self::Head(field) => field.fmt(out),
        }
    }
}

/// Where each time stands in [`Draft::times`].
const TIMES: [HeadField; 4] =
    [HeadField::VotingFrom, HeadField::VotingTo, HeadField::CountingFrom, HeadField::CountingTo];

impl Draft {
    /// A blank form.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self { boxes: vec![None; form.cells().len()], form, times: [None; 4], same_day: None }
    }

    /// A reading that is complete, to be typed again in part.
    #[must_use]
    pub fn of(counts: &Counts, head: &Head) -> Self {
        let boxes = counts.values().iter().map(|&count| Some(Typed { text: count.to_string(), count })).collect();
        let times = TIMES.map(|field| head.time(field));
        Self { form: counts.form().clone(), boxes, times, same_day: Some(head.same_day) }
    }

    /// The form being typed.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Takes what was typed for a box.
    ///
    /// # Errors
    /// When the form has no such box or the text cannot stand in it; then nothing changes.
    pub fn set(&mut self, cell: &CellId, typed: &str) -> Result<(), DraftError> {
        let at = self.form.position(cell).ok_or_else(|| DraftError::NoSuchBox { cell: cell.clone() })?;
        let count = Count::parse(typed).map_err(|source| DraftError::Box { cell: cell.clone(), source })?;
        self.boxes[at] = Some(Typed { text: typed.trim().to_owned(), count });
        Ok(())
    }

    /// Takes what was typed for an entry at the head: a time, or for the same day `ya`/`tidak` (`yes`/`no`).
    ///
    /// # Errors
    /// When the text is not such an entry; then nothing changes.
    pub fn set_head(&mut self, field: HeadField, typed: &str) -> Result<(), DraftError> {
        match TIMES.iter().position(|&time| time == field) {
            Some(at) => {
                let time = TimeOfDay::parse(typed).map_err(|source| DraftError::Time { field, source })?;
                self.times[at] = Some(time);
            }
            None => self.same_day = Some(yes_or_no(typed).ok_or(DraftError::YesOrNo { field })?),
        }
        Ok(())
    }

    /// Empties a box, so that it must be read from the paper again.
    pub fn clear(&mut self, cell: &CellId) {
        if let Some(at) = self.form.position(cell) {
            self.boxes[at] = None;
        }
    }

    /// Empties an entry at the head.
    pub fn clear_head(&mut self, field: HeadField) {
        match TIMES.iter().position(|&time| time == field) {
            Some(at) => self.times[at] = None,
            None => self.same_day = None,
        }
    }

    /// The text typed for a box.
    #[must_use]
    pub fn typed(&self, cell: &CellId) -> Option<&str> {
        self.boxes[self.form.position(cell)?].as_ref().map(|typed| typed.text.as_str())
    }

    /// The number typed for a box.
    #[must_use]
    pub fn count(&self, cell: &CellId) -> Option<Count> {
        self.boxes[self.form.position(cell)?].as_ref().map(|typed| typed.count)
    }

    /// The text of an entry at the head, in the form in which it can be typed again.
    #[must_use]
    pub fn typed_head(&self, field: HeadField) -> Option<String> {
        match TIMES.iter().position(|&time| time == field) {
            Some(at) => self.times[at].map(|time| time.to_string()),
            None => self.same_day.map(|same| if same { "ya" } else { "tidak" }.to_owned()),
        }
    }

    /// What has not been typed yet: entries at the head, then boxes in the order of the paper.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let head = HeadField::ALL.into_iter().filter(|&field| self.typed_head(field).is_none()).map(Missing::Head);
        let boxes = self.form.cells().iter().zip(&self.boxes).filter(|(_, typed)| typed.is_none());
        head.chain(boxes.map(|(cell, _)| Missing::Cell(cell.id().clone()))).collect()
    }

    /// Rules that are broken among those whose boxes are all typed.
    #[must_use]
    pub fn findings(&self, context: &Context<'_>) -> Vec<Finding> {
        let values = self.values();
        check::of_reading(&Reading { form: &self.form, values: &values, head: self.head(), context })
    }

    /// The complete figures.
    ///
    /// # Errors
    /// What is still missing, never an empty list.
    pub fn finish(&self) -> Result<(Counts, Head), Vec<Missing>> {
        let typed = self.form.cells().iter().zip(&self.boxes);
        let values = typed.filter_map(|(cell, typed)| Some((cell.id().clone(), typed.as_ref()?.count)));
        match (Counts::from_values(&self.form, values), self.head()) {
            (Ok(counts), Some(head)) => Ok((counts, head)),
            _ => Err(self.missing()),
        }
    }

    /// The number of each box typed so far, in the order of [`Form::cells`].
    pub(super) fn values(&self) -> Vec<Option<Count>> {
        self.boxes.iter().map(|typed| typed.as_ref().map(|typed| typed.count)).collect()
    }

    fn head(&self) -> Option<Head> {
        let [voting_from, voting_to, counting_from, counting_to] = self.times;
        Some(Head {
            voting_from: voting_from?,
            voting_to: voting_to?,
            counting_from: counting_from?,
            counting_to: counting_to?,
            same_day: self.same_day?,
        })
    }
}

fn yes_or_no(typed: &str) -> Option<bool> {
    match typed.trim().to_lowercase().as_str() {
        "ya" | "yes" | "true" => Some(true),
        "tidak" | "no" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> CellId {
        text.parse().expect("an id")
    }

    fn blank() -> Draft {
        Draft::new(Form::new("kwk-2024", "gubernur", 3).expect("a form"))
    }

    #[test]
    fn a_text_that_is_refused_leaves_what_stood_there() {
        let mut draft = blank();
        draft.set(&id("valid"), " X62 ").expect("a count");
        for bad in ["", "6Z", "1000"] {
            assert!(matches!(draft.set(&id("valid"), bad), Err(DraftError::Box { .. })), "{bad}");
            assert_eq!((draft.typed(&id("valid")), draft.count(&id("valid")).map(Count::get)), (Some("X62"), Some(62)));
        }
        assert_eq!(draft.set(&id("votes.4"), "1"), Err(DraftError::NoSuchBox { cell: id("votes.4") }));
        draft.set_head(HeadField::VotingFrom, "7.00").expect("a time");
        assert!(matches!(draft.set_head(HeadField::VotingFrom, "25:00"), Err(DraftError::Time { .. })));
        assert!(matches!(draft.set_head(HeadField::SameDay, "mungkin"), Err(DraftError::YesOrNo { .. })));
        assert_eq!(draft.typed_head(HeadField::VotingFrom).as_deref(), Some("07:00"));
        assert_eq!(draft.typed_head(HeadField::SameDay), None);
    }

    #[test]
    fn what_is_cleared_is_missing_again() {
        let mut draft = blank();
        let everything = draft.missing();
        assert_eq!(everything.len(), 5 + 28);
        draft.set(&id("valid"), "62").expect("a count");
        draft.set_head(HeadField::SameDay, "Tidak").expect("an answer");
        assert_eq!(draft.missing().len(), everything.len() - 2);
        draft.clear(&id("valid"));
        draft.clear_head(HeadField::SameDay);
        assert_eq!((draft.missing(), draft), (everything, blank()));
    }

    #[test]
    fn a_reading_is_typed_again_only_where_it_was_cleared() {
        let case = super::super::example::Example::SOUND.case().expect("figures of the form");
        let mut draft = Draft::of(&case.counts, &case.head);
        assert_eq!(draft.finish(), Ok((case.counts, case.head)));
        draft.clear(&id("votes.2"));
        draft.clear_head(HeadField::VotingTo);
        let missing = vec![Missing::Head(HeadField::VotingTo), Missing::Cell(id("votes.2"))];
        assert_eq!(draft.finish(), Err(missing));
    }

    #[test]
    fn rules_speak_as_soon_as_their_boxes_are_typed() {
        let mut draft = blank();
        let codes = |draft: &Draft| {
            let findings = draft.findings(&Context::default());
            findings.iter().map(|finding| finding.key().to_string()).collect::<Vec<_>>()
        };
        for (cell, typed) in [("users_dpt.L", "221"), ("dpt.L", "212"), ("dpt.P", "280")] {
            draft.set(&id(cell), typed).expect("a count");
        }
        assert_eq!(codes(&draft), ["E112.L"]);
        draft.set(&id("dpt.J"), "552").expect("a count");
        assert_eq!(codes(&draft), ["E101", "E112.L"]);
        draft.set(&id("dpt.L"), "272").expect("a count");
        assert_eq!(codes(&draft), Vec::<String>::new());
    }

    #[test]
    fn a_saved_draft_with_a_text_that_cannot_stand_there_is_refused() {
        let mut draft = blank();
        draft.set(&id("valid"), "X62").expect("a count");
        let saved = serde_json::to_string(&draft).expect("json");
        assert!(saved.contains(r#""boxes":{"valid":"X62"}"#), "{saved}");
        assert_eq!(serde_json::from_str::<Draft>(&saved).expect("a draft"), draft);
        for (good, bad) in [("X62", "62X"), ("valid", "votes.9"), ("gubernur", "presiden")] {
            assert!(serde_json::from_str::<Draft>(&saved.replace(good, bad)).is_err(), "{bad}");
        }
    }
}
