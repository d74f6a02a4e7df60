//! Reading a form: blind the first time, then only what differed.

use std::fs;

use super::{Field, Officer, ReadingTask, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::form::{Accepted, Answer, Boxes, check};
use crate::protocol::entry::{Body, Read};
use crate::protocol::state::{FormState, Phase};
use crate::store::durable;

impl Station {
    /// What the officer reads now, with what is typed already. Nothing of the other officer's reading is in it.
    ///
    /// # Errors
    /// [`RecorderError::OthersTurn`], or [`RecorderError::SealedAlready`] when a correction has to be begun first.
    pub fn reading(&mut self, officer: &Officer, contest: &str) -> Result<ReadingTask, RecorderError> {
        self.refresh()?;
        let form = self.form(contest)?;
        if matches!(form.phase(), Phase::Sealed { .. }) && self.correction(contest)?.is_none() {
            return Err(RecorderError::SealedAlready(contest.to_owned()));
        }
        let turn = form.turn(officer.slot()).ok_or(RecorderError::OthersTurn)?;
        let own = form.last_reading(officer.slot());
        // A draft that cannot be read is no evidence: the officer types again.
        let saved = fs::read(self.place().draft(contest, officer.slot())).ok();
        let saved = saved.and_then(|bytes| serde_json::from_slice::<ReadingTask>(&bytes).ok());
        Ok(match saved.filter(|task| task.is_for(form.form(), &turn)) {
            Some(mut task) => {
                task.remember(own);
                task
            }
            None => ReadingTask::new(form.form(), turn, own),
        })
    }

    /// Takes what the officer typed for one box, by its id, and saves the draft. Durable when it returns.
    ///
    /// # Errors
    /// As [`Station::reading`] and [`ReadingTask::set`].
    pub fn type_box(
        &mut self,
        officer: &Officer,
        contest: &str,
        field: &Field,
        typed: &str,
    ) -> Result<ReadingTask, RecorderError> {
        let mut task = self.reading(officer, contest)?;
        task.set(field, typed)?;
        self.save(officer, contest, &task)?;
        Ok(task)
    }

    /// Saves what is typed so far. Durable when it returns.
    ///
    /// # Errors
    /// [`RecorderError::File`].
    pub fn save(&self, officer: &Officer, contest: &str, task: &ReadingTask) -> Result<(), RecorderError> {
        let path = self.place().draft(self.form(contest)?.contest(), officer.slot());
        // Texts and whole numbers alone: serde_json has nothing to refuse.
        let bytes = serde_json::to_vec(task).unwrap_or_default();
        durable::write(&path, &bytes).map_err(RecorderError::file(&path))
    }

    /// Records the saved draft as the officer's reading, with the answers to its findings.
    ///
    /// # Errors
    /// [`RecorderError::Incomplete`] while a box is blank, [`RecorderError::NeedsAnswers`] while a finding has no answer.
    pub fn record_reading(
        &mut self,
        officer: &Officer,
        contest: &str,
        answers: Vec<Answer>,
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        let task = self.reading(officer, contest)?;
        let (counts, head) = task.draft().finish().map_err(RecorderError::Incomplete)?;
        let findings = check::findings(&counts, &head, &self.state().reading_context(contest, officer.slot()));
        let accepted = Accepted::new(counts, head, findings.clone(), answers)
            .map_err(|misfit| RecorderError::NeedsAnswers { findings, misfit })?;
        let read = Read {
            contest: contest.to_owned(),
            revision: task.revision(),
            round: task.round(),
            retyped: task.retype().to_vec(),
            head,
            boxes: Boxes::from(accepted.counts()),
            answers: accepted.answers().to_vec(),
        };
        let recorded = self.record(&officer.signing(), &Body::Read(read), now)?;
        // A draft that outlives its reading belongs to a past turn and is passed over; removing it is tidiness.
        let _ = durable::remove(&self.place().draft(contest, officer.slot()));
        Ok(recorded)
    }

    pub(super) fn form(&self, contest: &str) -> Result<&FormState, RecorderError> {
        self.state().form(contest).ok_or_else(|| RecorderError::NoSuchContest(contest.to_owned()))
    }
}
