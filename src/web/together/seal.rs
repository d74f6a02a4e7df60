//! Sealing a form: what is sealed is shown in full, and both officers enter their PINs.

use axum::extract::Path;
use axum::http::StatusCode;

use super::pins::{self, Agreed};
use super::seal_page::{SealPage, Typed};
use crate::digest::Digest;
use crate::form::{Answer as Note, FindingKey, Page, Text};
use crate::protocol::ids::Slot;
use crate::protocol::state::Phase;
use crate::recorder::{Both, Sealing, Station};
use crate::web::answer::{Answer, go};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// Where a form is sealed already, perhaps by the colleague on another machine.
const SEALED: &str = "/?done=seal";
/// How the names of the fields begin whose texts are sealed.
const TEXTS: [&str; 2] = ["missing:", "note:"];

/// Shows what is to be sealed, with the texts to which the colleague has agreed; leads home once it is sealed.
pub(in crate::web) async fn show(visit: Visit, Path(contest): Path<String>) -> Answer {
    if is_sealed(&visit, &contest).await? {
        return Ok(go(SEALED));
    }
    let typed = typed(&pins::texts(&visit));
    page(visit, contest, typed, StatusCode::OK, None, None).await
}

async fn is_sealed(visit: &Visit, contest: &str) -> Result<bool, WebError> {
    let contest = contest.to_owned();
    let sealed = visit.work(move |station| {
        station.refresh()?;
        Ok(station.state().form(&contest).is_some_and(|form| matches!(form.phase(), Phase::Sealed { .. })))
    });
    sealed.await
}

async fn page(
    visit: Visit,
    contest: String,
    typed: Typed,
    status: StatusCode,
    trouble: Option<String>,
    waiting: Option<Slot>,
) -> Answer {
    let seen = visit.clone();
    visit
        .page_with(status, move |station, frame| {
            let mut page = SealPage::new(station, frame, &contest, &typed)?;
            page.given = pins::given(&seen, page.what);
            page.waiting = waiting;
            page.trouble = trouble;
            Ok(page)
        })
        .await
}

/// Takes the PINs, and seals once there are both.
pub(in crate::web) async fn seal(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    if is_sealed(&visit, &contest).await? {
        return Ok(go(SEALED));
    }
    let typed = typed(&fields);
    let said = |text: Text| Some(text.get(visit.lang).to_owned());
    let (what, bare, lacks) = look(&visit, &contest, &typed).await?;
    if fields.get("sealing") != bare.to_string() {
        let changed = said(words::seal::CHANGED);
        return page(visit.clone(), contest, typed, StatusCode::CONFLICT, changed, None).await;
    }
    if let Some(lacks) = lacks {
        return page(visit.clone(), contest, typed, StatusCode::UNPROCESSABLE_ENTITY, said(lacks), None).await;
    }
    match pins::take(&visit, &fields, what, &TEXTS).await {
        Err(error) => {
            let (status, text) = (error.status(), error.text(visit.lang));
            page(visit, contest, typed, status, Some(text), None).await
        }
        Ok(Agreed::Nobody) => {
            let needed = said(words::seal::PIN_NEEDED);
            page(visit.clone(), contest, typed, StatusCode::UNPROCESSABLE_ENTITY, needed, None).await
        }
        Ok(Agreed::One(slot)) => page(visit, contest, typed, StatusCode::ACCEPTED, None, Some(slot)).await,
        Ok(Agreed::Both([first, second])) => {
            let (sealing, now, of) = (sealing(&typed)?, visit.now(), contest.clone());
            let seal = move |station: &mut Station| Ok(station.seal(Both::new(&first, &second)?, &of, sealing, now)?);
            visit.work(seal).await?;
            visit.app.consents.forget(what, now);
            Ok(go(SEALED))
        }
    }
}

/// The digests of what would be sealed, with these texts and without them, and what is lacking.
async fn look(visit: &Visit, contest: &str, typed: &Typed) -> Result<(Digest, Digest, Option<Text>), WebError> {
    let (seen, contest, typed) = (visit.clone(), contest.to_owned(), typed.clone());
    let looked = visit.work(move |station| {
        let page = SealPage::new(station, Frame::of(&seen, station)?, &contest, &typed)?;
        Ok((page.what, page.bare, page.lacks()))
    });
    looked.await
}

fn typed(fields: &Fields) -> Typed {
    let page = |number: &str| number.parse().ok().and_then(Page::new);
    Typed {
        missing: fields
            .under("missing:")
            .filter_map(|(number, why)| Some((page(number)?, why.trim().to_owned())))
            .collect(),
        notes: fields.under("note:").map(|(key, note)| (key.to_owned(), note.trim().to_owned())).collect(),
    }
}

fn sealing(typed: &Typed) -> Result<Sealing, WebError> {
    let notes = typed.notes.iter().filter(|(_, note)| !note.is_empty());
    let notes = notes.map(|(key, note)| {
        let key: FindingKey = key.parse().map_err(|_| WebError::Unreadable)?;
        Note::new(key, note).map_err(WebError::Note)
    });
    let missing = typed.missing.iter().filter(|(_, why)| !why.is_empty()).map(|(page, why)| (*page, why.clone()));
    Ok(Sealing { answers: notes.collect::<Result<_, _>>()?, missing: missing.collect(), reason: None })
}
