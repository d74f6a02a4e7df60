//! What the reading page shows: rows of boxes with what the other boxes imply, and findings beside them.

use askama::Template;

use super::typed::{Taken, stored, turn};
use crate::form::{Cell, CellId, Finding, FindingKey, HeadField, Hint, Lang, Missing};
use crate::protocol::ids::Slot;
use crate::recorder::{Field, ReadingTask, Station};
use crate::web::frame::Frame;
use crate::web::notes::Notes;
use crate::web::sheet::{self, Row, Section};
use crate::web::words;

/// One reading as it is shown.
pub(super) struct View {
    pub(super) contest: String,
    pub(super) model: &'static str,
    pub(super) slot: Slot,
    pub(super) turn: String,
    /// Whether only the differing boxes are read again.
    pub(super) again: bool,
    pub(super) head: Vec<BoxView>,
    pub(super) sections: Vec<Section<BoxView>>,
    pub(super) filled: usize,
    pub(super) all: usize,
    pub(super) answers: Vec<Asked>,
    /// The photo of each page that has one.
    pub(super) photos: Vec<(u8, String)>,
    /// The page whose photo lies beside the boxes; none when the plano itself is there.
    pub(super) beside: Option<u8>,
}

/// A box, or an entry at the head.
pub(super) struct BoxView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) letter: &'static str,
    /// What the box shows; what is stored, unless what was typed cannot stand there.
    pub(super) value: String,
    /// What is stored.
    pub(super) stored: String,
    pub(super) yes_or_no: bool,
    pub(super) implied: Option<Implied>,
    pub(super) trouble: Option<String>,
    pub(super) flagged: bool,
    pub(super) findings: Vec<Found>,
}

/// What the boxes before it add up to.
pub(super) struct Implied {
    pub(super) text: String,
    pub(super) state: &'static str,
}

/// A finding beside a box.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) code: String,
    pub(super) kind: &'static str,
    pub(super) message: String,
}

/// A finding that wants a note.
pub(super) struct Asked {
    pub(super) key: FindingKey,
    pub(super) found: Found,
    pub(super) note: String,
    pub(super) trouble: Option<String>,
}

/// What the officer did that the page has to answer.
#[derive(Default)]
pub(super) struct Posted {
    pub(super) taken: Taken,
    /// Whether blanks and findings without a note are pointed at.
    pub(super) pointing: bool,
    /// The page whose photo lies beside the boxes.
    pub(super) beside: Option<u8>,
}

impl View {
    /// The reading as it stands.
    pub(super) fn new(
        station: &Station,
        frame: &Frame,
        (contest, slot): (&str, Slot),
        task: &ReadingTask,
        posted: &Posted,
    ) -> Self {
        let (draft, form, lang) = (task.draft(), task.draft().form(), frame.lang);
        let findings = draft.findings(&station.state().reading_context(contest, slot));
        let notes = Notes::of(station, contest, slot, task);
        let missing = draft.missing();
        let maker = Maker { frame, task, posted, findings: &findings, missing: &missing };
        let pairs = station.election().contest(contest).map(|contest| contest.pairs.as_slice()).unwrap_or_default();
        let sections = sheet::sections(form, pairs, lang, |cell| maker.of_cell(cell));
        let asked = findings.iter().filter(|finding| finding.severity().needs_answer());
        let photos = form.pages().into_iter().filter_map(|page| {
            let kept = station.state().page_photo(contest, page)?;
            Some((page.number(), kept.image.sha256.to_string()))
        });
        let photos: Vec<_> = photos.collect();
        let all =
            if task.retype().is_empty() { form.cells().len() + HeadField::ALL.len() } else { task.retype().len() };
        Self {
            contest: contest.to_owned(),
            model: form.contest().model,
            slot,
            turn: turn(task),
            again: !task.retype().is_empty(),
            head: HeadField::ALL.into_iter().filter_map(|field| maker.of_head(field)).collect(),
            sections,
            filled: all - missing.len().min(all),
            all,
            answers: asked.map(|finding| asked_about(finding, &notes, posted, frame)).collect(),
            beside: posted.beside.filter(|_| !photos.is_empty()),
            photos,
        }
    }

    /// Whether this photo is the one on top: the page that was chosen, or the first that there is.
    pub(super) fn on_top(&self, page: u8) -> bool {
        let chosen = self.photos.iter().find(|photo| Some(photo.0) == self.beside).or_else(|| self.photos.first());
        chosen.is_some_and(|photo| photo.0 == page)
    }

    /// Every box with its row's number; those at the head have none.
    pub(super) fn boxes(&self) -> impl Iterator<Item = &BoxView> {
        self.head.iter().chain(self.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.boxes))
    }
}

impl Row<BoxView> {
    /// All findings beside its boxes.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Found> {
        self.boxes.iter().flat_map(|one| &one.findings)
    }
}

/// The findings that want a note, with the notes; the same piece of a page at first and after each box.
#[derive(Template)]
#[template(path = "answers.html")]
pub(super) struct Answers<'a> {
    pub(super) frame: &'a Frame,
    pub(super) answers: &'a [Asked],
}

/// The findings beside one row.
#[derive(Template)]
#[template(path = "findings.html")]
pub(super) struct Beside<'a> {
    pub(super) findings: Vec<&'a Found>,
}

struct Maker<'a> {
    frame: &'a Frame,
    task: &'a ReadingTask,
    posted: &'a Posted,
    findings: &'a [Finding],
    missing: &'a [Missing],
}

impl Maker<'_> {
    fn of_cell(&self, cell: &Cell) -> Option<BoxView> {
        let field = Field::Cell(cell.id().clone());
        let mut view = self.of_field(&field)?;
        let lang = self.frame.lang;
        view.name = format!("{} {}", cell.mark(), cell.label(lang));
        view.letter = cell.column().letter().unwrap_or_default();
        view.implied = self.task.draft().running(cell.id()).and_then(|hint| self.implied(cell.id(), &hint));
        view.flagged = self.findings.iter().any(|finding| finding.cells().contains(cell.id()));
        view.findings = self.beside(|finding| {
            finding.cells().into_iter().find(|id| self.task.asks_for(&Field::Cell(id.clone()))).as_ref()
                == Some(cell.id())
        });
        Some(view)
    }

    fn of_head(&self, head: HeadField) -> Option<BoxView> {
        let mut view = self.of_field(&Field::Head(head))?;
        head.label(self.frame.lang).clone_into(&mut view.name);
        view.yes_or_no = head == HeadField::SameDay;
        view.flagged = self.findings.iter().any(|finding| finding.head_fields().contains(&head));
        view.findings = self.beside(|finding| {
            let mut shown = finding.head_fields().into_iter().filter(|field| self.task.asks_for(&Field::Head(*field)));
            shown.next() == Some(head)
        });
        Some(view)
    }

    fn of_field(&self, field: &Field) -> Option<BoxView> {
        if !self.task.asks_for(field) {
            return None;
        }
        let id = field.id().to_owned();
        let stored = stored(self.task, field).unwrap_or_default();
        let rejected = self.posted.taken.rejected.get(&id);
        let is_missing = self.missing.iter().any(|missing| missing.to_string() == id);
        let blank = (self.posted.pointing && is_missing).then(|| self.frame.w(words::read::BLANK).to_owned());
        Some(BoxView {
            name: String::new(),
            letter: "",
            value: rejected.map_or_else(|| stored.clone(), |rejected| rejected.text.clone()),
            stored,
            yes_or_no: false,
            implied: None,
            trouble: rejected.map(|rejected| rejected.why.clone()).or(blank),
            flagged: false,
            findings: Vec::new(),
            id,
        })
    }

    fn beside(&self, belongs: impl Fn(&Finding) -> bool) -> Vec<Found> {
        self.findings.iter().filter(|finding| belongs(finding)).map(|finding| found(finding, self.frame.lang)).collect()
    }

    /// Shown only where the sum stands behind its parts: a number that could be copied instead of read is not shown.
    fn implied(&self, cell: &CellId, hint: &Hint) -> Option<Implied> {
        let cells = self.task.draft().form().cells();
        let place = |id: &CellId| cells.iter().position(|cell| cell.id() == id);
        let here = place(cell)?;
        if hint.from().iter().any(|id| place(id).is_none_or(|part| part > here)) {
            return None;
        }
        let (text, state) = match self.task.draft().count(cell) {
            None => (words::read::BY_OTHERS, "hint"),
            Some(count) if u32::from(count.get()) == hint.value() => (words::read::MATCHES, "match"),
            Some(_) => (words::read::DIFFERS, "differ"),
        };
        Some(Implied { text: self.frame.with(text, &[&hint.value()]), state })
    }
}

fn found(finding: &Finding, lang: Lang) -> Found {
    let kind = match finding.severity().letter() {
        'E' => "error",
        'W' => "warning",
        _ => "info",
    };
    Found { code: finding.key().to_string(), kind, message: finding.message(lang) }
}

fn asked_about(finding: &Finding, notes: &Notes, posted: &Posted, frame: &Frame) -> Asked {
    let note = notes.get(finding.key()).to_owned();
    let refused = crate::form::Answer::new(finding.key(), &note).err();
    Asked {
        key: finding.key(),
        found: found(finding, frame.lang),
        note,
        trouble: refused.filter(|_| posted.pointing).map(|error| error.message(frame.lang)),
    }
}
