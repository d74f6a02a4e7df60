//! Figures whose findings are all answered: what may be recorded.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::check;
use super::context::Context;
use super::counts::Counts;
use super::finding::Finding;
use super::finding_key::FindingKey;
use super::head::Head;
use super::text::{Lang, Text};

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

impl Unanswered {
    /// What is missing or too much, and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        const OPEN: Text = Text::new(
            "Temuan berikut belum dijawab; periksa kertasnya, lalu jawab dengan catatan",
            "These findings are not answered; look at the paper, then answer with a note",
        );
        const IDLE: Text = Text::new(
            "Jawaban berikut tidak ada temuannya lagi; hapus jawabannya",
            "These answers have no finding any more; remove the answers",
        );
        const TWICE: Text = Text::new(
            "Temuan berikut dijawab lebih dari sekali; sisakan satu jawaban",
            "These findings are answered more than once; leave one answer",
        );
        const HIDDEN: Text = Text::new(
            "Temuan berikut belum ditampilkan; muat ulang formulir dan periksa lagi",
            "These findings were not shown; reload the form and check again",
        );
        let parts = [(OPEN, &self.open), (IDLE, &self.idle), (TWICE, &self.twice), (HIDDEN, &self.hidden)];
        let parts = parts.iter().filter(|(_, keys)| !keys.is_empty()).map(|(text, keys)| {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            format!("{}: {}.", text.get(lang), keys.join(", "))
        });
        parts.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{Case, Example};
    use super::*;

    /// Breaks E111 for men, E105 and, as all valid votes are one pair's, I501.
    const BROKEN: Example = Example::boxes(&[("users_total.L", 229), ("votes.1", 461), ("votes.2", 0), ("votes.3", 0)]);

    fn keys(text: &str) -> Vec<FindingKey> {
        text.split_whitespace().map(|key| key.parse().expect("a key")).collect()
    }

    fn accept(answered: &str) -> Result<Accepted, Unanswered> {
        let case = BROKEN.case().expect("figures of the form");
        let findings = case.findings();
        let Case { counts, head, .. } = case;
        let answers = keys(answered).into_iter().map(|key| Answer::new(key, "sesuai kertas").expect("a note"));
        Accepted::new(counts, head, findings, answers.collect())
    }

    #[test]
    fn figures_are_accepted_when_errors_are_answered_once_and_notes_or_not() {
        for answered in ["E105 E111.L", "E111.L E105", "I501 E105 E111.L"] {
            let accepted = accept(answered).expect("all answered");
            assert_eq!(accepted.answers().len(), keys(answered).len());
            assert_eq!(accepted.findings().len(), 3);
        }
    }

    #[test]
    fn what_is_open_idle_or_twice_is_named() {
        let table = [
            ("", "E105 E111.L", "", ""),
            ("E105", "E111.L", "", ""),
            ("E105 E111.P", "E111.L", "E111.P", ""),
            ("E105 E111.L E111", "", "E111", ""),
            ("E105 E111.L Q207", "", "Q207", ""),
            ("E105 E111.L E105", "", "", "E105"),
        ];
        for (answered, open, idle, twice) in table {
            let expected = Unanswered { open: keys(open), idle: keys(idle), twice: keys(twice), hidden: Vec::new() };
            let refused = accept(answered).expect_err("not all fits");
            assert_eq!(refused, expected, "{answered}");
            for lang in Lang::ALL {
                let message = refused.message(lang);
                for key in [open, idle, twice].iter().flat_map(|keys| keys.split_whitespace()) {
                    assert!(message.contains(key), "{message}");
                }
            }
        }
    }

    #[test]
    fn findings_cannot_be_left_out() {
        let Case { counts, head, .. } = BROKEN.case().expect("figures of the form");
        let refused = Accepted::new(counts, head, Vec::new(), Vec::new()).expect_err("findings left out");
        assert_eq!(refused.hidden, keys("E105 E111.L I501"));
    }
}
