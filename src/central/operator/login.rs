//! Logging in and out.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::response::Response;

use super::register::{Known, Password};
use super::trouble::Trouble;
use super::visit::{COOKIE, Shell, Visit, rendered};
use super::words::{desk, login as say};
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::central::store::{Act, ActKind};
use crate::form::Lang;
use crate::protocol::annotation::OperatorName;
use crate::session::cookies::{self, Life};
use crate::session::fields::Fields;
use crate::session::token;

/// The address of the login page.
pub(super) const PATH: &str = "/operator/login";
/// Where an operator goes from there.
pub(super) const HOME: &str = "/operator";

#[derive(Template)]
#[template(path = "operator/login.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    then: String,
    name: String,
    trouble: Option<String>,
}

/// The address of the login page that leads back to where the visit wanted to go.
pub(super) fn address(visit: &Visit) -> String {
    let then: String = form_urlencoded::byte_serialize(visit.path.as_bytes()).collect();
    visit.frame().to(&format!("{PATH}?then={then}"))
}

/// A page of the operators, whatever was asked for.
fn own(then: &str) -> &str {
    let inside = then == HOME || then.starts_with("/operator/") || then.starts_with("/operator?");
    if inside && !then.starts_with(PATH) && !then.contains(['\\', '\r', '\n']) { then } else { HOME }
}

/// Shows the page.
pub(super) async fn show(visit: Visit, fields: Fields) -> Response {
    page(&visit, &fields, None)
}

fn page(visit: &Visit, fields: &Fields, trouble: Option<&Trouble>) -> Response {
    let page = Page {
        frame: visit.frame(),
        shell: visit.shell(),
        then: own(fields.get("then")).to_owned(),
        name: fields.get("name").chars().take(40).collect(),
        trouble: trouble.map(|trouble| trouble.text(visit.lang)),
    };
    let status = trouble.map_or(axum::http::StatusCode::OK, Trouble::status);
    let mut response = rendered(&page, status).unwrap_or_else(|trouble| visit.trouble(&trouble));
    if let Some(Trouble::Locked(wait)) = trouble {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    }
    response
}

/// Takes name and password.
pub(super) async fn enter(visit: Visit, fields: Fields) -> Response {
    match logged_in(&visit, &fields).await {
        Ok(cookie) => with_cookie(&visit, visit.go(own(fields.get("then"))), &cookie, Life::Visit),
        Err(trouble @ (Trouble::Wrong | Trouble::Locked(_))) => page(&visit, &fields, Some(&trouble)),
        Err(trouble) => visit.trouble(&trouble),
    }
}

/// The cookie of the new session.
async fn logged_in(visit: &Visit, fields: &Fields) -> Result<String, Trouble> {
    let office = &visit.office;
    let _place = office.checks.acquire().await.map_err(|_| Trouble::Stopped)?;
    let asked = fields.get("name").trim().parse::<OperatorName>().ok();
    let (register, name) = (office.register.clone(), asked.clone());
    let found = move || name.map(|name| register.find(&name)).transpose().map(Option::flatten);
    let known = tokio::task::spawn_blocking(found).await.map_err(|_| Trouble::Stopped)??.map(|known| known.name);
    let now = visit.now();
    if let Some(wait) = office.lockout.wait(known.as_ref(), now) {
        return Err(Trouble::Locked(wait));
    }
    let (register, name) = (office.register.clone(), known.clone());
    let password = Password::typed(fields.get("password"));
    let checked = tokio::task::spawn_blocking(move || register.check(name.as_ref(), &password)).await;
    let Some(operator) = checked.map_err(|_| Trouble::Stopped)?? else {
        office.lockout.wrong(known.as_ref(), now);
        tracing::warn!(name = asked.map(String::from), "a password was refused");
        return Err(Trouble::Wrong);
    };
    office.lockout.right(&operator.name);
    begin(visit, operator).await
}

async fn begin(visit: &Visit, operator: Known) -> Result<String, Trouble> {
    let cookie = token::fresh()?;
    note(visit, operator.name.clone(), ActKind::LogIn).await?;
    // A session never keeps the name that the browser had before somebody logged in.
    visit.office.sessions.end(&visit.cookie);
    visit.office.sessions.begin(&cookie, operator, visit.now());
    Ok(cookie)
}

/// Ends the session.
pub(super) async fn leave(visit: Visit) -> Response {
    visit.office.sessions.end(&visit.cookie);
    if let Ok(name) = visit.who()
        && let Err(trouble) = note(&visit, name, ActKind::LogOut).await
    {
        tracing::error!(error = &trouble as &dyn std::error::Error, "a logout was not written down");
    }
    with_cookie(&visit, visit.go(PATH), "", Life::Over)
}

async fn note(visit: &Visit, by: OperatorName, kind: ActKind) -> Result<(), Trouble> {
    let act = Act { at: visit.now(), by, kind, about: String::new() };
    Ok(visit.office.desk.work(move |central| central.note_act(act)).await??)
}

fn with_cookie(visit: &Visit, mut response: Response, value: &str, life: Life) -> Response {
    let cookie = cookies::set(COOKIE, value, life, visit.office.hosts.is_secure());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_login_leads_only_to_pages_of_operators() {
        for good in ["/operator", "/operator/findings?show=open", "/operator?done=zero"] {
            assert_eq!(own(good), good);
        }
        for bad in
            ["", "/", "//evil.example", "/operator/login?then=x", "/operatorx", "/operator/\\evil", "/operator/\r\nx"]
        {
            assert_eq!(own(bad), HOME, "{bad:?}");
        }
    }
}
