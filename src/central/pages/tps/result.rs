//! One sealed result: its figures as on the paper, what is different from the one before, its findings.

use crate::central::pages::frame::Frame;
use crate::central::pages::words::tps;
use crate::form::{Cell, Counts, Finding, Form, HeadField, Severity, check};
use crate::html::{Section, sections};
use crate::protocol::entry::PagePhoto;
use crate::protocol::ids::Seq;
use crate::protocol::state::{KeptResult, State};

/// A number in its box.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// L, P or J; empty where there is one column.
    pub(super) letter: &'static str,
    /// Number and label of the box, for a screen reader.
    pub(super) name: String,
    /// The number as it stands there.
    pub(super) digits: String,
    /// What stood there in the result before, when it was something else.
    pub(super) was: Option<String>,
    /// Whether a finding is about it.
    pub(super) flagged: bool,
}

/// A finding, and what the officers answered.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its code, with the column.
    pub(super) key: String,
    /// `error`, `warning` or `info`.
    pub(super) kind: &'static str,
    /// What disagrees.
    pub(super) text: String,
    /// The officers' words.
    pub(super) note: Option<String>,
}

/// One sealed result.
#[derive(Debug, Clone)]
pub(super) struct Sealed {
    /// 1, and one more for each correction.
    pub(super) revision: u16,
    /// When, by the station's clock.
    pub(super) at: String,
    /// Why it was corrected.
    pub(super) reason: Option<String>,
    /// Position of its record.
    pub(super) seq: Seq,
    /// The short form that the officers saw.
    pub(super) short: String,
    /// The times at the head of the form: label, value, and what stood there before when it was something else.
    pub(super) head: Vec<(&'static str, String, Option<String>)>,
    /// The figures; none when its boxes are not those of the form.
    pub(super) sections: Vec<Section<Figure>>,
    /// How many boxes are different from the result before.
    pub(super) changed: u64,
    /// Its findings.
    pub(super) findings: Vec<Found>,
    /// Pages without a photo: number and reason.
    pub(super) missing: Vec<(u8, String)>,
}

impl Found {
    fn new(frame: &Frame, found: &Finding, result: &KeptResult) -> Self {
        let answer = result.answers.iter().find(|answer| answer.key() == found.key());
        Self {
            key: found.key().to_string(),
            kind: match found.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "info",
            },
            text: found.statement(frame.lang),
            note: answer.map(|answer| answer.note().to_owned()),
        }
    }
}

/// A result of `state`, beside the one before it.
pub(super) fn sealed(
    frame: &Frame,
    state: &State,
    (form, contest): (&Form, &str),
    (before, result): (Option<&KeptResult>, &KeptResult),
) -> Sealed {
    let around = state.result_context(contest);
    let findings = result.counts.iter().flat_map(|counts| check::findings(counts, &result.head, &around));
    let findings: Vec<Finding> = findings.collect();
    let old = before.and_then(|before| before.counts.as_ref());
    let sections = result.counts.as_ref().map(|counts| figures(frame, (form, contest), counts, old, &findings));
    let changed = match (&result.counts, old) {
        (Some(counts), Some(old)) => counts.differences(old).len() as u64,
        _ => 0,
    };
    Sealed {
        revision: result.revision,
        at: frame.moment(result.at),
        reason: result.reason.clone(),
        seq: result.seq,
        short: result.entry.short(),
        head: HeadField::ALL.map(|field| head(frame, field, before, result)).to_vec(),
        sections: sections.unwrap_or_default(),
        changed,
        findings: findings.iter().map(|found| Found::new(frame, found, result)).collect(),
        missing: result.pages.iter().filter_map(missing).collect(),
    }
}

fn missing(page: &PagePhoto) -> Option<(u8, String)> {
    match page {
        PagePhoto::Missing { page, reason } => Some((page.number(), reason.clone())),
        PagePhoto::Photo { .. } => None,
    }
}

fn head(
    frame: &Frame,
    field: HeadField,
    before: Option<&KeptResult>,
    result: &KeptResult,
) -> (&'static str, String, Option<String>) {
    let value = |result: &KeptResult| match result.head.time(field) {
        Some(time) => time.to_string(),
        None => frame.w(if result.head.same_day { tps::YES } else { tps::NO }).to_owned(),
    };
    let (now, then) = (value(result), before.map(value));
    (field.label(frame.lang), now.clone(), then.filter(|then| *then != now))
}

fn figures(
    frame: &Frame,
    (form, contest): (&Form, &str),
    counts: &Counts,
    old: Option<&Counts>,
    findings: &[Finding],
) -> Vec<Section<Figure>> {
    let pairs = frame.election.contest(contest).map(|known| known.pairs.as_slice()).unwrap_or_default();
    let grave = findings.iter().filter(|found| found.severity().needs_answer());
    let flagged: Vec<_> = grave.flat_map(Finding::cells).collect();
    sections(form, pairs, frame.lang, |cell: &Cell| {
        let count = counts.get(cell.id())?;
        let was = old.and_then(|old| old.get(cell.id())).filter(|was| *was != count);
        Some(Figure {
            letter: cell.column().letter().unwrap_or_default(),
            name: format!("{} {}", cell.mark(), cell.label(frame.lang)),
            digits: count.to_string(),
            was: was.map(|was| was.to_string()),
            flagged: flagged.contains(cell.id()),
        })
    })
}
