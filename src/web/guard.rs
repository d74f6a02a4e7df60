//! What every request passes before its route: names, origin, token, officer; and what every answer carries.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::access::Access;
use super::answer::go;
use super::app::App;
use super::cookies as names;
use super::error::WebError;
use super::fields::Fields;
use super::frame::Frame;
use super::login;
use super::sessions::Presence;
use super::visit::Visit;
use super::words;
use crate::form::Lang;
use crate::session::cookies::{self, Life};
use crate::session::token;

/// The most bytes of a form without photos.
const FORM_BYTES: usize = 64 * 1024;

/// What guards one route.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) app: App,
    pub(super) access: Access,
    pub(super) takes: Takes,
}

/// What the body of a request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A form of texts: read here, up to 64 kB.
    Form,
    /// Photos: read by the route. The token of such a form stands in its address, since it has to be known before the body.
    Photos,
}

/// Lets a request in, or answers it.
pub(super) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let fresh = fresh_visit(&guard.app, request.headers());
    let (cookie, visit) = match fresh.and_then(|cookie| visit(&guard.app, &request, cookie)) {
        Ok(known) => known,
        Err(error) => return dressed(error.into_response()),
    };
    let response = match admit(&guard, &visit, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    let mut response = dressed(explained(&visit, response).await);
    if let Some(cookie) = cookie {
        let line = cookies::set(names::VISIT, &cookie, Life::Visit, guard.app.secure);
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    response
}

/// A new cookie for a browser that has none.
fn fresh_visit(app: &App, headers: &HeaderMap) -> Result<Option<String>, WebError> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !app.hosts.knows(host) {
        return Err(WebError::Host);
    }
    if cookies::get(headers, names::VISIT).is_some() {
        Ok(None)
    } else {
        token::fresh().map(Some).map_err(WebError::from)
    }
}

/// Who asks.
fn visit(app: &App, request: &Request, fresh: Option<String>) -> Result<(Option<String>, Visit), WebError> {
    let headers = request.headers();
    let session = cookies::get(headers, names::SESSION).map(str::to_owned);
    // What a page asks for by itself does not show that anybody is there.
    let for_scripts = std::path::Path::new(request.uri().path()).extension().is_some_and(|ending| ending == "json");
    let by_itself = for_scripts || headers.contains_key("x-by-itself");
    let presence = if by_itself { Presence::Page } else { Presence::Person };
    let officer = session.as_ref().and_then(|cookie| app.sessions.officer(cookie, presence, (app.clock)()));
    let visitor = fresh.as_deref().or_else(|| cookies::get(headers, names::VISIT)).ok_or(WebError::Unguarded)?;
    let bound = session.as_deref().filter(|_| officer.is_some()).unwrap_or(visitor);
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let visit = Visit {
        app: app.clone(),
        wants_json: for_scripts || accepts.starts_with("application/json"),
        lang: cookies::get(headers, names::LANG).and_then(|lang| lang.parse().ok()).unwrap_or(Lang::Id),
        large: cookies::get(headers, names::LARGE) == Some("1"),
        token: token::of_forms(&app.secret, bound),
        path: request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        here: request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .is_some_and(|from| from.ip().to_canonical().is_loopback()),
        session,
        officer,
    };
    Ok((fresh, visit))
}

/// Checks what a request must have shown, and hands its fields on.
async fn admit(guard: &Guard, visit: &Visit, request: Request) -> Result<Request, WebError> {
    let (mut parts, body) = request.into_parts();
    let mut body = Some(body);
    if parts.method != Method::GET && parts.method != Method::HEAD {
        if !guard.app.hosts.sent_by_own_page(&parts.headers) {
            return Err(WebError::Origin);
        }
        let fields = match guard.takes {
            Takes::Form => read(body.take().unwrap_or_default(), &parts.headers).await?,
            Takes::Photos => Fields::default(),
        };
        let query = Fields::new(pairs(parts.uri.query().unwrap_or_default().as_bytes()));
        let header = parts.headers.get("x-token").and_then(|token| token.to_str().ok()).unwrap_or_default();
        let given = [header, fields.get("token"), query.get("token")];
        if !given.iter().any(|given| token_fits(&guard.app, visit, &parts.headers, given)) {
            // A form that an officer typed into before the server was started anew: the browser says that it is our own.
            let kept = fields.has("turn") && parts.headers.contains_key(header::ORIGIN);
            return Err(if kept { WebError::LockedMeanwhile(fields) } else { WebError::Token });
        }
        if guard.access == Access::Officer && visit.officer.is_none() && fields.has("turn") {
            return Err(WebError::LockedMeanwhile(fields));
        }
        parts.extensions.insert(fields);
    }
    match guard.access {
        Access::Officer | Access::Both if visit.officer.is_none() => return Err(WebError::NeedsOfficer),
        Access::Here if !visit.here => return Err(WebError::NotHere),
        Access::Officer | Access::Both | Access::Here | Access::Public => {}
    }
    parts.extensions.insert(visit.clone());
    Ok(Request::from_parts(parts, body.unwrap_or_default()))
}

/// A form may be older than the session that has ended since: it is bound to the cookies that the browser still sends.
fn token_fits(app: &App, visit: &Visit, headers: &HeaderMap, given: &str) -> bool {
    let bound = [visit.session.as_deref(), cookies::get(headers, names::VISIT)];
    bound.into_iter().flatten().any(|cookie| token::equal(given, &token::of_forms(&app.secret, cookie)))
}

async fn read(body: Body, headers: &HeaderMap) -> Result<Fields, WebError> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > FORM_BYTES) {
        return Err(WebError::TooLarge);
    }
    let bytes: Bytes = to_bytes(body, FORM_BYTES).await.map_err(|_| WebError::TooLarge)?;
    Ok(Fields::new(pairs(&bytes)))
}

/// The pairs of an `application/x-www-form-urlencoded` text.
fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).into_owned().collect()
}

/// A page out of an error that a route answered with.
async fn explained(visit: &Visit, response: Response) -> Response {
    let Some(error) = response.extensions().get::<Arc<WebError>>().cloned() else { return response };
    if visit.wants_json {
        let said = serde_json::json!({ "code": error.code(), "text": error.text(visit.lang) });
        return (error.status(), Json(said)).into_response();
    }
    if let WebError::LockedMeanwhile(fields) = &*error {
        return login::carrying(visit, fields).await.unwrap_or_else(IntoResponse::into_response);
    }
    if matches!(*error, WebError::NeedsOfficer) {
        return go(&login::address(&visit.path));
    }
    if error.status().is_server_error() {
        tracing::error!(error = &*error as &dyn std::error::Error, path = visit.path, "a page failed");
    }
    let lang = visit.lang;
    let shown = Arc::clone(&error);
    let page = visit.page(move |_, frame| Ok(Trouble { text: shown.text(lang), code: shown.code(), frame })).await;
    let mut page = page.unwrap_or_else(|_| {
        let bare = Trouble { text: error.text(lang), code: error.code(), frame: Frame::bare(visit) };
        Html(bare.render().unwrap_or_default()).into_response()
    });
    *page.status_mut() = error.status();
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        page.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    page
}

/// What went wrong.
#[derive(Template)]
#[template(path = "trouble.html")]
struct Trouble {
    frame: Frame,
    text: String,
    code: &'static str,
}

/// What every answer carries: nothing from elsewhere runs, frames it or keeps it.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With `no-referrer` browsers send `Origin: null` with the page's own forms, which then look like a stranger's.
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

fn dressed(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        if name != header::CACHE_CONTROL || !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// The last thing that every answer passes, also one that no guard has seen.
pub(super) async fn dress(response: Response) -> Response {
    dressed(response)
}

/// For a path that no route has.
pub(super) async fn no_such_page() -> WebError {
    WebError::NoSuchPage
}

/// For a method that a path does not take.
pub(super) async fn no_such_method() -> WebError {
    WebError::NoSuchMethod
}

/// Says that the server is alive.
pub(super) async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}
