//! The day as a path of steps, each done, open, or the one to do now.

use crate::form::{Lang, Text};
use crate::protocol::ids::Slot;
use crate::recorder::{FormStatus, Next, PhaseStatus, Station, Status};
use crate::web::words::home as words;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) label: String,
    pub(super) state: State,
    /// The page on which it is done or looked at.
    pub(super) link: Option<String>,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Done,
    Now,
    Open,
}

impl State {
    /// The name of the state in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Open => "open",
        }
    }

    /// The state in words, for whoever sees no colours.
    pub(super) const fn word(self) -> Text {
        match self {
            Self::Done => words::STATE_DONE,
            Self::Now => words::STATE_NOW,
            Self::Open => words::STATE_OPEN,
        }
    }

    const fn of(done: bool, now: bool) -> Self {
        match (done, now) {
            (true, _) => Self::Done,
            (false, true) => Self::Now,
            (false, false) => Self::Open,
        }
    }
}

/// A form and its steps.
#[derive(Debug, Clone)]
pub(super) struct FormPath {
    pub(super) contest: String,
    pub(super) model: &'static str,
    pub(super) title: &'static str,
    pub(super) steps: Vec<Step>,
    /// The short form of the sealed result.
    pub(super) short: Option<String>,
    /// Whether a correction has been begun that the officer of this browser may go on with.
    pub(super) correcting: bool,
}

/// What to put into the `{}` of a text.
fn with(text: Text, lang: Lang, values: &[&str]) -> String {
    values.iter().fold(text.get(lang).to_owned(), |text, value| text.replacen("{}", value, 1))
}

impl FormPath {
    /// The way of one form.
    pub(super) fn new(station: &Station, status: &Status, form: &FormStatus, lang: Lang) -> Option<Self> {
        let spec = station.election().form(&form.contest)?;
        let mut steps: Vec<Step> = Slot::BOTH.into_iter().map(|slot| reading(form, status, slot, lang)).collect();
        let result = form.result.as_ref().map(|result| result.digest);
        let taken = station.state().copies().iter().any(|(_, copy)| Some(copy.result) == result);
        steps.extend([
            comparing(form, lang),
            photos(form, status, lang),
            sealing(form, status, lang),
            copies(form, taken, lang),
        ]);
        Some(Self {
            contest: form.contest.clone(),
            model: spec.contest().model,
            title: spec.contest().title.get(lang),
            steps,
            short: form.result.as_ref().map(|result| result.short.clone()),
            correcting: false,
        })
    }
}

fn page_of(form: &FormStatus, page: &str) -> String {
    format!("/form/{}/{page}", form.contest)
}

/// Whether both readings agree.
fn comparing(form: &FormStatus, lang: Lang) -> Step {
    match &form.phase {
        PhaseStatus::Differs { fields } => Step {
            label: with(words::DIFFER, lang, &[&fields.len().to_string()]),
            state: State::Now,
            link: Some(page_of(form, "differences")),
        },
        phase => {
            let agreed = matches!(phase, PhaseStatus::Agreed | PhaseStatus::Sealed { .. });
            Step { label: words::COMPARE.get(lang).to_owned(), state: State::of(agreed, false), link: None }
        }
    }
}

fn photos(form: &FormStatus, status: &Status, lang: Lang) -> Step {
    let (taken, all) = (form.pages.iter().filter(|page| page.in_force.is_some()).count(), form.pages.len());
    Step {
        label: with(words::PHOTOS, lang, &[&taken.to_string(), &all.to_string()]),
        state: State::of(taken == all, is_now(&status.next, &form.contest, "photos")),
        link: Some(page_of(form, "photos")),
    }
}

fn sealing(form: &FormStatus, status: &Status, lang: Lang) -> Step {
    Step {
        label: words::SEAL.get(lang).to_owned(),
        state: State::of(matches!(form.phase, PhaseStatus::Sealed { .. }), is_now(&status.next, &form.contest, "seal")),
        link: (form.phase == PhaseStatus::Agreed).then(|| page_of(form, "seal")),
    }
}

fn copies(form: &FormStatus, taken: bool, lang: Lang) -> Step {
    let sealed = matches!(form.phase, PhaseStatus::Sealed { .. });
    Step {
        label: words::COPIES.get(lang).to_owned(),
        state: State::of(sealed && taken, false),
        link: form.result.is_some().then(|| page_of(form, "copy")),
    }
}

/// The reading of one officer.
fn reading(form: &FormStatus, status: &Status, slot: Slot, lang: Lang) -> Step {
    let (done, mine) = match &form.phase {
        PhaseStatus::Unread => (false, true),
        PhaseStatus::Waiting { next } => (*next != slot, *next == slot),
        PhaseStatus::Differs { .. } | PhaseStatus::Agreed | PhaseStatus::Sealed { .. } => (true, false),
    };
    let link = (mine && status.opened).then(|| format!("/form/{}/read", form.contest));
    let now = mine && is_now(&status.next, &form.contest, "read");
    Step { label: with(words::READ_BY, lang, &[&slot.to_string()]), state: State::of(done, now), link }
}

fn is_now(next: &Next, contest: &str, page: &str) -> bool {
    link_of(next).is_some_and(|link| link == format!("/form/{contest}/{page}"))
}

/// The page on which the next step is done.
pub(super) fn link_of(next: &Next) -> Option<String> {
    match next {
        Next::Open | Next::Nothing => None,
        Next::Enrol { .. } => Some("/enrol".to_owned()),
        Next::Read { contest, .. } => Some(format!("/form/{contest}/read")),
        Next::ReadAgain { contest, .. } => Some(format!("/form/{contest}/differences")),
        Next::Photograph { contest, .. } => Some(format!("/form/{contest}/photos")),
        Next::Seal { contest } => Some(format!("/form/{contest}/seal")),
        Next::Deliver | Next::LookAtRefused => Some("/delivery".to_owned()),
        Next::Close => Some("/close".to_owned()),
    }
}

/// The day around the forms.
pub(super) fn of_day(status: &Status, lang: Lang) -> Vec<Step> {
    let count = |text: Text, number: usize| with(text, lang, &[&number.to_string()]);
    let closed = match &status.closed {
        Some(closed) => with(words::CLOSED_AS, lang, &[&closed.short]),
        None => words::CLOSE.get(lang).to_owned(),
    };
    let delivering = matches!(status.next, Next::Deliver | Next::LookAtRefused);
    let all = status.opened && status.delivery.complete();
    let step = |label, state, link: &str| Step { label, state, link: Some(link.to_owned()) };
    vec![
        Step {
            label: words::OPENED.get(lang).to_owned(),
            state: State::of(status.opened, status.next == Next::Open),
            link: None,
        },
        step(count(words::PAPERS, status.papers), State::of(status.papers > 0, false), "/papers"),
        step(count(words::INCIDENT, status.incidents), State::of(status.incidents > 0, false), "/incident"),
        step(words::DELIVERY.get(lang).to_owned(), State::of(all, delivering), "/delivery"),
        step(closed, State::of(status.closed.is_some(), status.next == Next::Close), "/close"),
    ]
}
