//! What the verifier has to say: counts of what was checked, every finding, one verdict.

use serde::Serialize;

use super::finding::{Detail, Finding, Place};
use super::kind::{Kind, Severity};
use crate::digest::Digest;

/// The verdict of a verification.
///
/// Sheet arithmetic that the officers answered is a note: the record is faithful even when the paper is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing but notes.
    Sound,
    /// At least one warning or accusation.
    Findings,
}

/// How much was checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Files whose digests were compared.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// TPS.
    pub stations: u64,
    /// Accreditations.
    pub accreditations: u64,
    /// Entries read.
    pub entries: u64,
    /// Officers' signatures on entries.
    pub signatures: u64,
    /// Results in force.
    pub results: u64,
    /// Photos whose bytes were hashed.
    pub photos: u64,
    /// Receipts whose signature and proof were checked.
    pub receipts: u64,
    /// Annotations of operators.
    pub annotations: u64,
    /// Cosignatures of witnesses that hold.
    pub cosignatures: u64,
    /// Tables that were made again.
    pub tables: u64,
    /// Pages of central's recapitulation that were made again.
    pub recaps: u64,
}

/// Which election was verified, by whose keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// Full name.
    pub election: String,
    /// Digest of the election file.
    pub digest: Digest,
    /// Practice, not the day.
    pub drill: bool,
    /// The key of central that was used, in its one-line text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub central_key: Option<String>,
}

/// All that a verification found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    subject: Option<Subject>,
    checked: Checked,
    findings: Vec<Finding>,
}

impl Report {
    pub(super) fn add(&mut self, kind: Kind, place: Place, detail: Detail) {
        self.findings.push(Finding { kind, place, detail });
    }

    pub(super) fn checked_mut(&mut self) -> &mut Checked {
        &mut self.checked
    }

    /// The first subject stays: that of the bundle which is verified.
    pub(super) fn about(&mut self, subject: Subject) {
        self.subject.get_or_insert(subject);
    }

    /// Brings the findings into their final order: by kind, then by place.
    pub(super) fn finish(mut self) -> Self {
        self.findings.sort_by(|a, b| (a.kind, &a.place).cmp(&(b.kind, &b.place)));
        self
    }

    /// Which election; `None` when the election file cannot be read.
    #[must_use]
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// How much was checked.
    #[must_use]
    pub const fn checked(&self) -> &Checked {
        &self.checked
    }

    /// Every finding, by kind and place.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many findings weigh so much.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.kind.severity() == severity).count()
    }

    /// Sound when there is nothing but notes.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let grave = |finding: &Finding| finding.kind.severity() != Severity::Note;
        if self.findings.iter().any(grave) { Verdict::Findings } else { Verdict::Sound }
    }

    /// The process exit code: 0 sound, 1 findings. 2 is for bundles that are none, which have no report.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.verdict() {
            Verdict::Sound => 0,
            Verdict::Findings => 1,
        }
    }

    /// The report for machines; texts in English.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "verdict": self.verdict(),
            "subject": self.subject,
            "checked": self.checked,
            "findings": self.findings,
        })
    }
}
