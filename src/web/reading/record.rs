//! Saving a section, and recording the reading when all of it is typed.

use axum::extract::Path;
use axum::http::StatusCode;

use super::beside;
use super::page::{Trouble, again};
use super::typed::{self, Taken};
use super::view::Posted;
use crate::form::{Answer as Note, Lang};
use crate::recorder::{Officer, RecorderError, Station};
use crate::web::answer::{Answer, go};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::notes::Notes;
use crate::web::visit::Visit;
use crate::web::words;

/// What became of the form.
enum Done {
    /// What was typed is saved; more is to come.
    Saved(Taken),
    /// The reading is recorded.
    Recorded,
    /// Boxes are blank.
    Blank(usize),
    /// Findings want a note.
    Unanswered,
}

/// Takes the form: a button of a section saves, the last button records.
pub(in crate::web) async fn record(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    let (officer, lang, now) = (visit.officer()?, visit.lang, visit.now());
    let (of, section) = (contest.clone(), fields.get("do").to_owned());
    let beside = beside::posted(&fields);
    let wants_record = section == "record";
    let done = visit.work(move |station| {
        let taken = save(station, &officer, &of, &fields, lang)?;
        if !wants_record || taken.elsewhere || !taken.rejected.is_empty() {
            return Ok(Done::Saved(taken));
        }
        let notes = notes(station, &officer, &of)?;
        match station.record_reading(&officer, &of, notes, now) {
            Ok(_) => {
                Notes::forget(station, &of, officer.slot());
                Ok(Done::Recorded)
            }
            Err(RecorderError::Incomplete(blank)) => Ok(Done::Blank(blank.len())),
            Err(RecorderError::NeedsAnswers { .. }) => Ok(Done::Unanswered),
            Err(other) => Err(other.into()),
        }
    });
    let pointing = |taken| Posted { taken, pointing: true, beside };
    let (posted, status, trouble) = match done.await? {
        Done::Recorded => return Ok(go(&format!("/?done=read&contest={contest}"))),
        Done::Saved(taken) if !taken.rejected.is_empty() => {
            let posted = Posted { taken, pointing: false, beside };
            (posted, StatusCode::UNPROCESSABLE_ENTITY, Trouble::Said(words::read::NOT_TAKEN))
        }
        Done::Saved(taken) if wants_record => {
            (pointing(taken), StatusCode::CONFLICT, Trouble::Said(words::read::ELSEWHERE))
        }
        Done::Saved(_) => return Ok(go(&beside::address(&contest, beside, &anchor(&section)))),
        Done::Blank(boxes) => (pointing(Taken::default()), StatusCode::UNPROCESSABLE_ENTITY, Trouble::Blanks(boxes)),
        Done::Unanswered => {
            (pointing(Taken::default()), StatusCode::UNPROCESSABLE_ENTITY, Trouble::Said(words::read::UNANSWERED))
        }
    };
    again(visit, contest, posted, status, Some(trouble)).await
}

/// The place on the page of the section whose button was pressed.
fn anchor(section: &str) -> String {
    section.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Saves what a form holds. Durable when it returns.
fn save(
    station: &mut Station,
    officer: &Officer,
    contest: &str,
    fields: &Fields,
    lang: Lang,
) -> Result<Taken, WebError> {
    let mut task = station.reading(officer, contest)?;
    typed::same_reading(&task, officer.slot(), fields)?;
    let taken = typed::take(&mut task, fields, lang)?;
    if taken.changed {
        station.save(officer, contest, &task)?;
    }
    let mut notes = Notes::of(station, contest, officer.slot(), &task);
    notes.take(fields.under("note:"), station, contest, officer.slot())?;
    Ok(taken)
}

/// The notes on the findings that there are now; a note that cannot be kept is left out, and then asked for again.
fn notes(station: &mut Station, officer: &Officer, contest: &str) -> Result<Vec<Note>, WebError> {
    let task = station.reading(officer, contest)?;
    let notes = Notes::of(station, contest, officer.slot(), &task);
    let findings = task.draft().findings(&station.state().reading_context(contest, officer.slot()));
    let asked = findings.iter().filter(|finding| finding.severity().needs_answer());
    Ok(asked.filter_map(|finding| Note::new(finding.key(), notes.get(finding.key())).ok()).collect())
}

/// Saves a form that was posted after the session had locked itself, now that the same officer is back.
pub(in crate::web) fn save_for(
    station: &mut Station,
    officer: &Officer,
    contest: &str,
    fields: &Fields,
) -> Result<(), WebError> {
    save(station, officer, contest, fields, Lang::Id).map(drop)
}
