//! Faults for rehearsals: put in force and ended while central works, said loudly on every page, written down.

use std::sync::PoisonError;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::trouble::Trouble;
use super::visit::{Shell, Visit, rendered};
use super::words::{desk, faults as say};
use crate::central::faults::{Faults, Script, Tally};
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::central::store::{Act, ActKind};
use crate::form::Lang;
use crate::session::fields::Fields;

/// What stands in the field before anybody has typed a script.
const EXAMPLE: &str = "about = \"gladi\"\nseed = 1\n\n[[rule]]\nname = \"sepertiga jawaban hilang\"\non = [\"entry\", \"photo\"]\n\
                       per_mille = 333\naction = \"store-then-cut\"\n";

#[derive(Template)]
#[template(path = "operator/faults.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    tally: Vec<Tally>,
    script: String,
    trouble: Option<String>,
}

/// `GET /operator/faults`.
pub(super) async fn show(visit: Visit) -> Response {
    page(&visit, None)
}

fn page(visit: &Visit, wrong: Option<(&str, &Trouble)>) -> Response {
    let Some(faults) = &visit.office.faults else { return visit.trouble(&Trouble::NoFaults) };
    let last = visit.office.script.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let typed = wrong.map_or(last, |(script, _)| script.to_owned());
    let page = Page {
        frame: visit.frame(),
        shell: visit.shell(),
        tally: faults.tally(),
        script: if typed.is_empty() { EXAMPLE.to_owned() } else { typed },
        trouble: wrong.map(|(_, trouble)| trouble.text(visit.lang)),
    };
    let status = wrong.map_or(StatusCode::OK, |(_, trouble)| trouble.status());
    rendered(&page, status).unwrap_or_else(|trouble| visit.trouble(&trouble))
}

/// `POST /operator/faults/on`.
pub(super) async fn on(visit: Visit, fields: Fields) -> Response {
    let typed = fields.get("script").to_owned();
    match Script::parse(&typed) {
        Ok(script) => {
            let name = typed.lines().next().unwrap_or_default().chars().take(200).collect();
            let switched = switch(&visit, ActKind::FaultsOn, name, script).await;
            if switched.is_ok() {
                *visit.office.script.lock().unwrap_or_else(PoisonError::into_inner) = typed;
            }
            after(&visit, switched, "/operator/faults?done=faults-on")
        }
        Err(error) => page(&visit, Some((&typed, &error.into()))),
    }
}

/// `POST /operator/faults/off`.
pub(super) async fn off(visit: Visit) -> Response {
    let switched = switch(&visit, ActKind::FaultsOff, String::new(), Script::none()).await;
    after(&visit, switched, "/operator/faults?done=faults-off")
}

/// Writes the act down, then switches: what misbehaves was always announced.
async fn switch(visit: &Visit, kind: ActKind, about: String, script: Script) -> Result<(), Trouble> {
    let faults: &Faults = visit.office.faults.as_ref().ok_or(Trouble::NoFaults)?;
    let act = Act { at: visit.now(), by: visit.who()?, kind, about };
    visit.office.desk.work(move |central| central.note_act(act)).await??;
    faults.switch(script);
    Ok(())
}

fn after(visit: &Visit, switched: Result<(), Trouble>, then: &str) -> Response {
    match switched {
        Ok(()) => visit.go(then),
        Err(trouble) => visit.trouble(&trouble),
    }
}
