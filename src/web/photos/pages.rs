//! The photos of the pages of one form.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Multipart, Path, Query};
use axum::http::HeaderMap;

use super::card::{Question, Shot};
use super::notices::lines;
use super::staging::{Goal, Staging};
use super::{intake, upload};
use crate::digest::Digest;
use crate::form::{Code, Lang, Page};
use crate::protocol::entry::Answered;
use crate::protocol::state::{Shows, State};
use crate::recorder::RecorderError;
use crate::web::answer::{Answer, go};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// One page of the form with its photos.
struct Sheet {
    number: u8,
    current: Option<Shot>,
    earlier: Vec<Shot>,
    /// Where a further photo of the page goes.
    add: String,
    /// Where a photo goes that takes the place of the one in force.
    replace: String,
}

impl Sheet {
    /// Makes the names of the fields of several forms on one page distinct.
    fn id(&self, what: &str) -> String {
        format!("{what}-{}", self.number)
    }
}

#[derive(Template)]
#[template(path = "photos.html")]
struct PhotosPage {
    frame: Frame,
    contest: String,
    form: String,
    notices: Vec<(&'static str, String)>,
    questions: Vec<Question>,
    sheets: Vec<Sheet>,
    keep: String,
    drop: String,
    several: String,
}

/// Shows the photos of a form.
pub(in crate::web) async fn show(visit: Visit, Path(contest): Path<String>) -> Answer {
    let slot = visit.officer()?.slot();
    let notices = visit.app.room.notices.take(slot);
    visit
        .page(move |station, frame| {
            let form = station.state().form(&contest).ok_or_else(|| RecorderError::NoSuchContest(contest.clone()))?;
            let (lang, base) = (frame.lang, format!("/form/{contest}/photos"));
            let several = format!("{base}?token={}", frame.token);
            let pages = form.form().pages().into_iter();
            let sheets = pages.map(|page| sheet(station.state(), &contest, (page, &several), lang)).collect();
            let waiting = Staging::of(station.place(), slot).list();
            let own =
                waiting.iter().filter(|one| matches!(&one.goal, Goal::Page { contest: of, .. } if *of == contest));
            let questions = own.map(|one| Question::of(one, lang)).collect();
            let form = form.form().contest().model.to_string();
            Ok(PhotosPage {
                notices: lines(&notices, &frame),
                keep: format!("{base}/keep"),
                drop: format!("{base}/drop"),
                frame,
                contest,
                form,
                questions,
                sheets,
                several,
            })
        })
        .await
}

fn sheet(state: &State, contest: &str, (page, several): (Page, &str), lang: Lang) -> Sheet {
    let current = state.page_photo(contest, page);
    let shows = Shows::Page { contest: contest.to_owned(), page };
    let in_force = current.map(|kept| kept.image.sha256);
    let others = state.photos().iter().filter(|kept| kept.shows == shows && Some(kept.image.sha256) != in_force);
    let add = format!("{several}&page={}", page.number());
    Sheet {
        number: page.number(),
        replace: in_force.map(|sha256| format!("{add}&replaces={sha256}")).unwrap_or_default(),
        add,
        current: current.map(|kept| Shot::of(kept, lang)),
        earlier: others.map(|kept| Shot::of(kept, lang)).collect(),
    }
}

/// Takes photos in.
pub(in crate::web) async fn take(
    visit: Visit,
    Path(contest): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    form: Multipart,
) -> Answer {
    let asked = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let page = match asked("page") {
        Some(text) => Some(page(text)?),
        None => None,
    };
    let replaces = match asked("replaces") {
        Some(text) => Some(text.parse::<Digest>().map_err(|_| WebError::Unreadable)?),
        None => None,
    };
    let known = contest.clone();
    visit
        .work(move |station| match station.state().form(&known) {
            Some(_) => Ok(()),
            None => Err(RecorderError::NoSuchContest(known).into()),
        })
        .await?;
    let goal = Goal::Page { contest: contest.clone(), page, replaces };
    upload::take_all(&visit, &goal, form).await?;
    Ok(upload::told(&headers, &format!("/form/{contest}/photos")))
}

/// Records a waiting photo: which page it is, and why it is kept.
pub(in crate::web) async fn keep(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    let chosen = match fields.get("page") {
        "" => None,
        text => Some(page(text)?),
    };
    answer(&visit, &fields, move |goal| match goal {
        Goal::Page { page: at @ None, .. } => *at = chosen,
        Goal::Page { .. } | Goal::Paper(_) => {}
    })
    .await?;
    Ok(go(&format!("/form/{contest}/photos")))
}

/// Lets a waiting photo go: it is taken again.
pub(in crate::web) async fn drop(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    discard(&visit, &fields).await?;
    Ok(go(&format!("/form/{contest}/photos")))
}

fn page(text: &str) -> Result<Page, WebError> {
    text.parse().ok().and_then(Page::new).ok_or(WebError::Unreadable)
}

/// Records the waiting photo that the fields name, with their notes.
pub(super) async fn answer(
    visit: &Visit,
    fields: &Fields,
    settle: impl FnOnce(&mut Goal) + Send + 'static,
) -> Result<(), WebError> {
    let officer = visit.officer()?;
    let sha256: Digest = fields.get("photo").parse().map_err(|_| WebError::Unreadable)?;
    let notes: Vec<Answered> = fields
        .under("note-")
        .filter_map(|(code, note)| Some(Answered { code: code.parse::<Code>().ok()?, note: note.trim().to_owned() }))
        .filter(|answered| !answered.note.is_empty())
        .collect();
    let (slot, now) = (officer.slot(), visit.now());
    let notice = visit
        .app
        .desk
        .darkroom(move |station| {
            // Answered already, in another tab: nothing is left to do.
            let Some(mut waiting) = Staging::of(station.place(), slot).get(&sha256) else { return Ok(None) };
            settle(&mut waiting.goal);
            Ok(Some(intake::keep(station, &officer, waiting, &notes, now)?))
        })
        .await?;
    if let Some(notice) = notice {
        visit.app.room.notices.add(slot, notice);
    }
    Ok(())
}

/// Throws the waiting photo away that the fields name.
pub(super) async fn discard(visit: &Visit, fields: &Fields) -> Result<(), WebError> {
    let slot = visit.officer()?.slot();
    let sha256: Digest = fields.get("photo").parse().map_err(|_| WebError::Unreadable)?;
    visit.app.desk.darkroom(move |station| Ok(Staging::of(station.place(), slot).remove(&sha256)?)).await
}
