//! What every request of an operator passes before its route: name of the server, session, origin, token; and what every
//! answer carries.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::app::Office;
use super::login;
use super::register::Known;
use super::trouble::Trouble;
use super::visit::{COOKIE, Visit, see_other};
use crate::central::pages;
use crate::session::cookies::{self, Life};
use crate::session::fields::Fields;
use crate::session::token;

/// The most bytes of a form; a script of faults is the largest.
const FORM_BYTES: usize = 64 * 1024;

/// What guards one route.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) office: Office,
    /// Whether somebody has to be logged in.
    pub(super) closed: bool,
}

/// Lets a request in, or answers it.
pub(super) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    // Headers and body apart: the body cannot be looked at from two threads.
    let (parts, body) = request.into_parts();
    let (visit, fresh) = match visit(&guard.office, &parts).await {
        Ok(known) => known,
        Err(trouble) => return dressed(Visit::stranger(&guard.office, &parts.uri).trouble(&trouble)).await,
    };
    let response = match admit(&guard, &visit, parts, body).await {
        Ok(request) => next.run(request).await,
        Err(Trouble::NobodyThere) if visit.reads => see_other(&login::address(&visit)),
        Err(trouble) => visit.trouble(&trouble),
    };
    let mut response = dressed(response).await;
    if fresh && !response.headers().contains_key(header::SET_COOKIE) {
        let line = cookies::set(COOKIE, &visit.cookie, Life::Visit, guard.office.hosts.is_secure());
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    response
}

/// Who asks, and whether the browser came without a cookie.
async fn visit(office: &Office, parts: &Parts) -> Result<(Visit, bool), Trouble> {
    let headers = &parts.headers;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !office.hosts.knows(host) {
        return Err(Trouble::Host);
    }
    let known = cookies::get(headers, COOKIE).map(str::to_owned);
    let operator = match &known {
        Some(cookie) => logged_in(office, cookie).await?,
        None => None,
    };
    let fresh = known.is_none();
    let cookie = known.map_or_else(token::fresh, Ok)?;
    Ok((Visit::new(office, parts, cookie, operator), fresh))
}

/// The operator of a session, while the operator is one and has the same password.
async fn logged_in(office: &Office, cookie: &str) -> Result<Option<Known>, Trouble> {
    let Some(operator) = office.sessions.operator(cookie, (office.clock)()) else { return Ok(None) };
    let register = office.register.clone();
    let name = operator.name.clone();
    let now = tokio::task::spawn_blocking(move || register.find(&name)).await.map_err(|_| Trouble::Stopped)??;
    if now.as_ref() == Some(&operator) {
        Ok(Some(operator))
    } else {
        office.sessions.end(cookie);
        Ok(None)
    }
}

/// Checks what a request must have shown, and hands its fields on.
async fn admit(guard: &Guard, visit: &Visit, mut parts: Parts, body: Body) -> Result<Request, Trouble> {
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    if !reads && !guard.office.hosts.sent_by_own_page(&parts.headers) {
        return Err(Trouble::Origin);
    }
    if guard.closed && visit.operator.is_none() {
        return Err(Trouble::NobodyThere);
    }
    let bytes = if reads {
        parts.uri.query().unwrap_or_default().as_bytes().to_vec()
    } else {
        read(body, &parts.headers).await?
    };
    let fields = Fields::new(form_urlencoded::parse(&bytes).into_owned().collect());
    if !reads && !token::equal(fields.get("token"), &visit.token) {
        return Err(Trouble::Token);
    }
    parts.extensions.insert(fields);
    parts.extensions.insert(visit.clone());
    Ok(Request::from_parts(parts, Body::empty()))
}

async fn read(body: Body, headers: &HeaderMap) -> Result<Vec<u8>, Trouble> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > FORM_BYTES) {
        return Err(Trouble::TooLarge);
    }
    to_bytes(body, FORM_BYTES).await.map(|bytes| bytes.to_vec()).map_err(|_| Trouble::TooLarge)
}

/// What every answer carries: the headers of all pages, and nothing is kept between an operator and central.
async fn dressed(response: Response) -> Response {
    let mut response = pages::dressed(response).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
