//! Showing where everything stands. No figure of any form is on this page.

use askama::Template;

use super::path::{self, FormPath, Step};
use crate::form::Text;
use crate::protocol::ids::Slot;
use crate::recorder::{Next, Station, Status};
use crate::web::answer::Answer;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// The page.
#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    frame: Frame,
    done: Option<&'static str>,
    next: String,
    link: Option<String>,
    /// Whether the station waits to be opened.
    opening: bool,
    /// Whether an officer is still to be enrolled, which needs nobody unlocked.
    enrolling: bool,
    /// Whose turn it is, when it is not that of the officer who is unlocked here.
    hand_over: Option<Slot>,
    forms: Vec<FormPath>,
    day: Vec<Step>,
}

/// Shows the page.
pub(in crate::web) async fn show(visit: Visit) -> Answer {
    let (done, officer) = (done(&visit.path), visit.officer.clone());
    visit
        .page(move |station, frame| {
            let status = station.status()?;
            let forms = status.forms.iter().filter_map(|form| FormPath::new(station, &status, form, frame.lang));
            let mut forms: Vec<_> = forms.collect();
            for form in forms.iter_mut().filter(|form| form.short.is_some()) {
                form.correcting =
                    officer.as_ref().is_some_and(|officer| station.reading(officer, &form.contest).is_ok());
            }
            Ok(Page {
                done: done.map(|text| frame.w(text)),
                next: sentence(&on_paper(&status.next, station).text(frame.lang)),
                link: path::link_of(&status.next),
                enrolling: matches!(status.next, Next::Enrol { .. }),
                opening: status.next == Next::Open,
                hand_over: hand_over(&status, frame.officer),
                forms,
                day: path::of_day(&status, frame.lang),
                frame,
            })
        })
        .await
}

/// What has just been done, by the query: only what this table knows.
fn done(path: &str) -> Option<Text> {
    let query = path.split_once('?')?.1;
    let (_, what) = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "done")?;
    Some(match &*what {
        "read" => words::home::DONE_READ,
        "seal" => words::home::DONE_SEAL,
        "correct" => words::home::DONE_CORRECT,
        "enrol" => words::home::DONE_ENROL,
        "open" => words::home::DONE_OPEN,
        "close" => words::home::DONE_CLOSE,
        _ => return None,
    })
}

fn hand_over(status: &Status, here: Option<Slot>) -> Option<Slot> {
    match &status.next {
        Next::Read { slot: Some(slot), .. } if here.is_some_and(|here| here != *slot) => Some(*slot),
        _ => None,
    }
}

/// The step with the name that stands on the paper in place of the contest's id.
fn on_paper(next: &Next, station: &Station) -> Next {
    let mut next = next.clone();
    if let Next::Read { contest, .. }
    | Next::ReadAgain { contest, .. }
    | Next::Photograph { contest, .. }
    | Next::Seal { contest } = &mut next
        && let Some(form) = station.election().form(contest)
    {
        form.contest().model.clone_into(contest);
    }
    next
}

/// A step as a sentence.
fn sentence(step: &str) -> String {
    let mut letters = step.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str() + ".").unwrap_or_default()
}
