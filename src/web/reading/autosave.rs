//! Taking one box as it is typed. The answer says what the page has to change; without a script nobody asks.

use askama::Template as _;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::typed;
use super::view::{Answers, Beside, Posted, View};
use crate::web::answer::Answer;
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::notes::Notes;
use crate::web::visit::Visit;
use crate::web::words;

/// What the page changes.
#[derive(Serialize)]
struct Changes {
    said: &'static str,
    progress: String,
    /// By box: what is stored, what is wrong with what was typed, what the other boxes add up to.
    boxes: Map<String, Value>,
    /// By row: the findings beside it, as HTML.
    rows: Map<String, Value>,
    /// The findings that want a note, as HTML.
    answers: String,
    /// Which findings those are; while they stay the same, what is being typed there is left alone.
    asked: Vec<String>,
}

/// Saves what was typed. Durable when it answers.
pub(in crate::web) async fn take(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    let (officer, seen) = (visit.officer()?, visit.clone());
    let changes = visit.work(move |station| {
        let mut task = station.reading(&officer, &contest)?;
        typed::same_reading(&task, officer.slot(), &fields)?;
        let taken = typed::take(&mut task, &fields, seen.lang)?;
        if taken.changed {
            station.save(&officer, &contest, &task)?;
        }
        let mut notes = Notes::of(station, &contest, officer.slot(), &task);
        notes.take(fields.under("note:"), station, &contest, officer.slot())?;
        let frame = Frame::of(&seen, station)?;
        let posted = Posted { taken, ..Posted::default() };
        changes(&frame, &View::new(station, &frame, (&contest, officer.slot()), &task, &posted))
    });
    Ok::<Response, WebError>(Json(changes.await?).into_response())
}

fn changes(frame: &Frame, view: &View) -> Result<Changes, WebError> {
    let boxes = view.boxes().map(|one| {
        let implied = one.implied.as_ref().map(|implied| json!({ "text": implied.text, "state": implied.state }));
        let value = json!({
            "stored": one.stored, "trouble": one.trouble, "implied": implied, "flagged": one.flagged,
        });
        (one.id.clone(), value)
    });
    let rows = view.sections.iter().flat_map(|section| &section.rows);
    let rows = rows.map(|row| (row.number.clone(), row.findings().collect()));
    let head = view.head.iter().map(|one| (one.id.clone(), one.findings.iter().collect()));
    let mut html = Map::new();
    for (row, findings) in head.chain(rows) {
        html.insert(row, Beside { findings }.render()?.into());
    }
    Ok(Changes {
        said: frame.w(words::read::SAVED),
        progress: frame.with(words::read::PROGRESS, &[&view.filled, &view.all]),
        boxes: boxes.collect(),
        rows: html,
        answers: Answers { frame, answers: &view.answers }.render()?,
        asked: view.answers.iter().map(|asked| asked.key.to_string()).collect(),
    })
}
