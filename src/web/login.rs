//! Unlocking an officer in a browser, and locking again.

use std::sync::Arc;

use askama::Template;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};

use axum::response::IntoResponse;

use super::answer::{Answer, go, own};
use super::cookies as names;
use super::error::WebError;
use super::fields::Fields;
use super::frame::Frame;
use super::reading;
use super::visit::Visit;
use super::words;
use crate::protocol::ids::Slot;
use crate::recorder::{Officer, Pin, Station};
use crate::session::cookies::{self, Life};
use crate::session::token;

/// The page on which an officer enters the PIN.
#[derive(Template)]
#[template(path = "login.html")]
struct Page {
    frame: Frame,
    officers: Vec<Choice>,
    then: String,
    trouble: Option<String>,
    /// Whether officers can be enrolled in this browser.
    enrol: bool,
    /// A form that was posted after the session had locked itself, to be saved when its officer is back.
    carried: Vec<(String, String)>,
}

/// What stands before the names of fields that are carried through the login page.
const CARRIED: &str = "carry:";

/// One of the two officers.
struct Choice {
    slot: Slot,
    chosen: bool,
    enrolled: bool,
}

/// The address of the login page that leads on to `then`.
pub(super) fn address(then: &str) -> String {
    let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
    format!("/login?then={then}")
}

/// Where the query of the login page leads.
fn then(path: &str) -> String {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let then = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "then");
    own(&then.map_or_else(String::new, |(_, then)| then.into_owned())).to_owned()
}

/// Shows the page.
pub(super) async fn show(visit: Visit) -> Answer {
    let then = then(&visit.path);
    visit.page(move |station, frame| Ok(page(station, frame, None, then, None))).await
}

fn page(station: &Station, frame: Frame, chosen: Option<Slot>, then: String, trouble: Option<String>) -> Page {
    let officers = Slot::BOTH.map(|slot| Choice {
        slot,
        chosen: chosen.or(frame.officer.map(Slot::other)) == Some(slot),
        enrolled: station.has_key(slot),
    });
    Page { enrol: frame.here, frame, officers: officers.into(), then, trouble, carried: Vec::new() }
}

/// Asks for the PIN with a posted form in the page, so that nothing has to be typed again.
pub(super) async fn carrying(visit: &Visit, fields: &Fields) -> Answer {
    let (carried, then) = (
        carried(fields.all().iter().map(|(name, value)| (name.as_str(), value.as_str()))),
        own(&visit.path).to_owned(),
    );
    let slot = fields.get("as").parse().ok();
    let make = move |station: &mut Station, frame| Ok(Page { carried, ..page(station, frame, slot, then, None) });
    visit.page_with(StatusCode::UNAUTHORIZED, make).await
}

/// Fields with the mark of those that are carried. The token is of a session that is over.
fn carried<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let kept = fields.filter(|(name, _)| *name != "token");
    kept.map(|(name, value)| (format!("{CARRIED}{name}"), value.to_owned())).collect()
}

/// Saves a form that was carried through the login page, when it is this officer's.
async fn save_carried(visit: &Visit, officer: &Arc<Officer>, fields: &Fields, then: &str) -> Result<(), WebError> {
    let form = Fields::new(fields.under(CARRIED).map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    let contest = then.strip_prefix("/form/").and_then(|rest| rest.strip_suffix("/read")).map(str::to_owned);
    let (Some(contest), true) = (contest, form.has("turn")) else { return Ok(()) };
    let officer = Arc::clone(officer);
    visit.work(move |station| reading::save_for(station, &officer, &contest, &form)).await
}

/// Takes the PIN. A wrong one is slowed by the recorder, here as at the command line.
pub(super) async fn unlock(visit: Visit, fields: Fields) -> Answer {
    let slot: Option<Slot> = fields.get("officer").parse().ok();
    let (pin, now) = (Pin::typed(fields.get("pin")), visit.now());
    let then = own(fields.get("then")).to_owned();
    let opened = match slot {
        Some(slot) => visit.app.desk.door(move |station| Ok(station.unlock(slot, &pin, now)?)).await,
        None => Err(WebError::NobodyChosen),
    };
    match opened {
        Ok(officer) => {
            let (officer, line) = begin(&visit, officer)?;
            // Whatever became of the form, the officer is unlocked now.
            let saved = save_carried(&visit, &officer, &fields, &then).await;
            with_cookie(saved.map_or_else(IntoResponse::into_response, |()| go(&then)), &line)
        }
        Err(error) => {
            let (status, trouble) = (error.status(), error.text(visit.lang));
            let carried = carried(fields.under(CARRIED));
            let make = move |station: &mut Station, frame| {
                Ok(Page { carried, ..page(station, frame, slot, then, Some(trouble)) })
            };
            visit.page_with(status, make).await
        }
    }
}

/// Begins the officer's session, and gives the line of its cookie.
pub(super) fn begin(visit: &Visit, officer: Officer) -> Result<(Arc<Officer>, String), WebError> {
    let cookie = token::fresh()?;
    // A session never keeps the name it had before somebody unlocked it.
    if let Some(old) = &visit.session {
        visit.app.sessions.end(old);
    }
    let officer = visit.app.sessions.begin(&cookie, officer, visit.now());
    Ok((officer, cookies::set(names::SESSION, &cookie, Life::Visit, visit.app.secure)))
}

/// Locks this browser. What was typed stays on disk.
pub(super) async fn lock(visit: Visit) -> Answer {
    if let Some(session) = &visit.session {
        visit.app.sessions.end(session);
    }
    with_cookie(go("/"), &cookies::set(names::SESSION, "", Life::Over, visit.app.secure))
}

/// The answer with one more cookie.
pub(super) fn with_cookie(mut response: axum::response::Response, line: &str) -> Answer {
    let line = HeaderValue::from_str(line).map_err(|_| WebError::Unreadable)?;
    response.headers_mut().append(SET_COOKIE, line);
    Ok(response)
}
