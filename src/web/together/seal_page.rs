//! What is to be sealed, in full, as on the paper.

use std::collections::BTreeMap;

use askama::Template;

use crate::digest::{Digest, Hasher};
use crate::form::{Answer, Finding, HeadField, Page};
use crate::protocol::ids::Slot;
use crate::protocol::state::{FormState, Reading};
use crate::recorder::{RecorderError, Station};
use crate::web::error::WebError;
use crate::web::frame::Frame;
use crate::web::sheet::{self, Figure, Section};
use crate::web::words;

/// What the officers typed on the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// Why a page has no photo.
    pub(super) missing: BTreeMap<Page, String>,
    /// Notes on findings that no reading answered.
    pub(super) notes: BTreeMap<String, String>,
}

/// The page.
#[derive(Template)]
#[template(path = "seal.html")]
pub(super) struct SealPage {
    pub(super) frame: Frame,
    contest: String,
    model: &'static str,
    head: Vec<(&'static str, String)>,
    sections: Vec<Section<Figure>>,
    pages: Vec<PageLine>,
    findings: Vec<Line>,
    /// Digest of all that is shown.
    pub(super) what: Digest,
    /// Digest of it without what the officers typed here: the page that is posted must still be this one.
    pub(super) bare: Digest,
    pub(super) given: Option<Slot>,
    pub(super) waiting: Option<Slot>,
    pub(super) trouble: Option<String>,
    officers: [Slot; 2],
}

/// A page of the form: its photo, or why it has none.
struct PageLine {
    page: Page,
    photo: Option<Digest>,
    reason: String,
}

/// A finding and what was said to it.
struct Line {
    key: String,
    kind: &'static str,
    message: String,
    said: Option<String>,
    note: String,
    wants: bool,
}

impl SealPage {
    /// Everything that sealing this form now would sign.
    pub(super) fn new(station: &mut Station, frame: Frame, contest: &str, typed: &Typed) -> Result<Self, WebError> {
        let findings = station.result_findings(contest)?;
        let form = station.state().form(contest).ok_or_else(|| RecorderError::NoSuchContest(contest.to_owned()))?;
        let pair = form.pair().ok_or(RecorderError::NotAgreed)?;
        let reading = pair[0];
        let pages = pages(station, form, typed);
        let findings = lines(&findings, pair, typed, &frame);
        let bare = bare(contest, pair, &pages, &findings);
        Ok(Self {
            contest: contest.to_owned(),
            model: form.form().contest().model,
            head: HeadField::ALL
                .into_iter()
                .map(|field| (field.label(frame.lang), entry(reading, field, &frame)))
                .collect(),
            sections: sheet::figures(station, form, reading.counts.as_ref(), frame.lang),
            what: with_texts(bare, &pages, &findings),
            bare,
            pages,
            findings,
            given: None,
            waiting: None,
            trouble: None,
            officers: Slot::BOTH,
            frame,
        })
    }

    /// Why it cannot be sealed as it stands.
    pub(super) fn lacks(&self) -> Option<crate::form::Text> {
        if self.pages.iter().any(|line| line.photo.is_none() && line.reason.trim().is_empty()) {
            return Some(words::seal::PAGES_OPEN);
        }
        let open = |line: &Line| line.wants && line.said.is_none() && line.note.trim().is_empty();
        self.findings.iter().any(open).then_some(words::seal::NOTES_OPEN)
    }
}

fn entry(reading: &Reading, field: HeadField, frame: &Frame) -> String {
    match reading.head.time(field) {
        Some(time) => time.to_string(),
        None => frame.w(if reading.head.same_day { words::seal::YES } else { words::seal::NO }).to_owned(),
    }
}

fn pages(station: &Station, form: &FormState, typed: &Typed) -> Vec<PageLine> {
    let line = |page: Page| PageLine {
        page,
        photo: station.state().page_photo(form.contest(), page).map(|kept| kept.image.sha256),
        reason: typed.missing.get(&page).cloned().unwrap_or_default(),
    };
    form.form().pages().into_iter().map(line).collect()
}

fn lines(findings: &[Finding], pair: [&Reading; 2], typed: &Typed, frame: &Frame) -> Vec<Line> {
    let said = |finding: &Finding| {
        let answers = pair.into_iter().flat_map(|reading| &reading.answers);
        answers.into_iter().find(|answer| answer.key() == finding.key()).map(|answer: &Answer| answer.note().to_owned())
    };
    let line = |finding: &Finding| {
        let key = finding.key().to_string();
        let kind = match finding.severity().letter() {
            'E' => "error",
            'W' => "warning",
            _ => "info",
        };
        Line {
            kind,
            message: finding.message(frame.lang),
            said: said(finding),
            note: typed.notes.get(&key).cloned().unwrap_or_default(),
            wants: finding.severity().needs_answer(),
            key,
        }
    };
    findings.iter().map(line).collect()
}

/// The digest of what is sealed: both readings, the photos, the findings.
fn bare(contest: &str, pair: [&Reading; 2], pages: &[PageLine], findings: &[Line]) -> Digest {
    let readings = pair.iter().map(|reading| reading.entry.to_string());
    let photos = pages.iter().map(|line| line.photo.map(|photo| photo.to_string()).unwrap_or_default());
    let keys = findings.iter().map(|line| line.key.clone());
    digest(["plano/seal".to_owned(), contest.to_owned()].into_iter().chain(readings).chain(photos).chain(keys))
}

/// The digest of what the officers agree to: with every text that they typed on the page.
fn with_texts(bare: Digest, pages: &[PageLine], findings: &[Line]) -> Digest {
    let reasons = pages.iter().map(|line| line.reason.trim().to_owned());
    let notes = findings.iter().map(|line| line.note.trim().to_owned());
    digest(std::iter::once(bare.to_string()).chain(reasons).chain(notes))
}

/// A digest over texts of any length, so that no two lists have the same.
fn digest(texts: impl Iterator<Item = String>) -> Digest {
    let mut hasher = Hasher::default();
    for text in texts {
        hasher.update(&(text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finish().0
}
