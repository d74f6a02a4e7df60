//! Language and size of the text: kept in the browser, changed by a button in the header.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;

use super::answer::{Answer, go};
use super::cookies as names;
use super::fields::Fields;
use super::visit::Visit;
use crate::form::Lang;
use crate::session::cookies::{self, Life};

/// Takes what the visitor chose, and goes back to where they were.
pub(super) async fn choose(visit: Visit, fields: Fields) -> Answer {
    let mut response = go(fields.get("then"));
    let mut set = |name, value: &str| {
        if let Ok(line) = HeaderValue::from_str(&cookies::set(name, value, Life::Year, visit.app.secure)) {
            response.headers_mut().append(SET_COOKIE, line);
        }
    };
    if let Ok(lang) = fields.get("lang").parse::<Lang>() {
        set(names::LANG, lang.code());
    }
    match fields.get("large") {
        "1" => set(names::LARGE, "1"),
        "0" => set(names::LARGE, "0"),
        _ => {}
    }
    Ok(response)
}
