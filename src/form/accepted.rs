//! Figures whose findings are all answered: what may be recorded.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::check;
use super::context::Context;
use super::counts::Counts;
use super::finding::{Finding, FindingKey};
use super::head::Head;

/// A complete reading of one form in which every error and warning has the officer's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    counts: Counts,
    head: Head,
    findings: Vec<Finding>,
    answers: Vec<Answer>,
}

/// Why findings and answers do not fit together.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error(
    "accepting figures: unanswered {open:?}, answered without a finding {idle:?}, answered twice {twice:?}, findings left out {hidden:?}"
)]
pub struct Unanswered {
    /// Errors and warnings without an answer.
    pub open: Vec<FindingKey>,
    /// Answers to findings that did not fire.
    pub idle: Vec<FindingKey>,
    /// Findings with more than one answer.
    pub twice: Vec<FindingKey>,
    /// Findings that fire on these figures alone and are not among those given.
    pub hidden: Vec<FindingKey>,
}

impl Accepted {
    /// The reading, when `findings` are those of [`check::findings`] for it and each error and warning among them has
    /// exactly one answer. Notes may be answered but need not be.
    ///
    /// # Errors
    /// [`Unanswered`] names every finding and answer that does not fit.
    pub fn new(counts: Counts, head: Head, findings: Vec<Finding>, answers: Vec<Answer>) -> Result<Self, Unanswered> {
        let fired: BTreeSet<_> = findings.iter().map(Finding::key).collect();
        let mut answered = BTreeSet::new();
        let mut misfit = Unanswered::default();
        for key in answers.iter().map(Answer::key) {
            if !fired.contains(&key) {
                misfit.idle.push(key);
            } else if !answered.insert(key) {
                misfit.twice.push(key);
            }
        }
        let needing = findings.iter().filter(|finding| finding.severity().needs_answer());
        misfit.open = needing.map(Finding::key).filter(|key| !answered.contains(key)).collect();
        let alone = check::findings(&counts, &head, &Context::default());
        misfit.hidden = alone.iter().map(Finding::key).filter(|key| !fired.contains(key)).collect();
        if misfit == Unanswered::default() { Ok(Self { counts, head, findings, answers }) } else { Err(misfit) }
    }

    /// The figures.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The times at the head of the form.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// What the rules found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The officer's answers.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }
}
