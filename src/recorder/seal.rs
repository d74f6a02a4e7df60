//! Sealing a form: both officers sign the figures on which their readings agree.

use std::collections::BTreeMap;

use super::{Both, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::form::{Accepted, Answer, Boxes, Finding, FindingKey, Page, check};
use crate::protocol::entry::{Body, PagePhoto, Sealed};
use crate::protocol::state::{FormState, Reading};
use crate::store::durable;

/// What the officers say when they seal a form.
#[derive(Debug, Clone, Default)]
pub struct Sealing {
    /// Answers to findings; those given in the readings are taken where none is given here.
    pub answers: Vec<Answer>,
    /// Why a page has no photo, for each page without one.
    pub missing: BTreeMap<Page, String>,
    /// Why the form is corrected; the reason given when the correction was begun is taken where none is given here.
    pub reason: Option<String>,
}

impl Station {
    /// What the rules find in the figures on which both readings agree.
    ///
    /// # Errors
    /// [`RecorderError::NotAgreed`].
    pub fn result_findings(&mut self, contest: &str) -> Result<Vec<Finding>, RecorderError> {
        self.refresh()?;
        let [reading, _] = self.form(contest)?.pair().ok_or(RecorderError::NotAgreed)?;
        let counts = reading.counts.as_ref().ok_or(RecorderError::NotAgreed)?;
        Ok(check::findings(counts, &reading.head, &self.state().result_context(contest)))
    }

    /// Seals a form.
    ///
    /// # Errors
    /// [`RecorderError::NotAgreed`], [`RecorderError::NeedsPages`], [`RecorderError::NeedsAnswers`], and what the rules
    /// of the day are against.
    pub fn seal(
        &mut self,
        both: Both<'_>,
        contest: &str,
        sealing: Sealing,
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        let findings = self.result_findings(contest)?;
        let form = self.form(contest)?;
        let pair = form.pair().ok_or(RecorderError::NotAgreed)?;
        let [Reading { counts: Some(counts), head, .. }, _] = pair else { return Err(RecorderError::NotAgreed) };
        let answers = answers(&findings, sealing.answers, pair);
        let accepted = Accepted::new(counts.clone(), *head, findings.clone(), answers)
            .map_err(|misfit| RecorderError::NeedsAnswers { findings, misfit })?;
        let revision = form.revision();
        let reason = match (revision, sealing.reason) {
            (1, given) => given,
            (_, Some(given)) => Some(given),
            (_, None) => self.correction(contest)?,
        };
        let sealed = Sealed {
            contest: contest.to_owned(),
            revision,
            reason,
            head: *head,
            boxes: Boxes::from(accepted.counts()),
            answers: accepted.answers().to_vec(),
            pages: self.pages(form, &sealing.missing)?,
            readings: pair.map(|reading| reading.entry),
        };
        let recorded = self.record(&both.signing(), &Body::Result(sealed), now)?;
        // A correction that outlives its result belongs to a past revision and is passed over; removing it is tidiness.
        let _ = durable::remove(&self.place().correction(contest));
        Ok(recorded)
    }

    fn pages(&self, form: &FormState, missing: &BTreeMap<Page, String>) -> Result<Vec<PagePhoto>, RecorderError> {
        let mut open = Vec::new();
        let mut pages = Vec::new();
        for page in form.form().pages() {
            match (self.state().page_photo(form.contest(), page), missing.get(&page)) {
                (Some(kept), _) => pages.push(PagePhoto::Photo { page, sha256: kept.image.sha256 }),
                (None, Some(reason)) => pages.push(PagePhoto::Missing { page, reason: reason.clone() }),
                (None, None) => open.push(page),
            }
        }
        if open.is_empty() { Ok(pages) } else { Err(RecorderError::NeedsPages(open)) }
    }
}

/// The answers given now, and for the other findings those of the readings, the first officer's before the second's.
fn answers(findings: &[Finding], given: Vec<Answer>, pair: [&Reading; 2]) -> Vec<Answer> {
    let known = |answers: &[Answer], key: FindingKey| answers.iter().any(|answer| answer.key() == key);
    let mut answers = given;
    for reading in pair {
        for answer in &reading.answers {
            let fires = findings.iter().any(|finding| finding.key() == answer.key());
            if fires && !known(&answers, answer.key()) {
                answers.push(answer.clone());
            }
        }
    }
    answers.sort_by_key(Answer::key);
    answers
}
