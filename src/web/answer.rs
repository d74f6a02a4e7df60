//! What a handler answers.

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::error::WebError;

/// A page, or why there is none.
pub(super) type Answer = Result<Response, WebError>;

/// Sends the browser on to a path of this server, with GET.
pub(super) fn go(path: &str) -> Response {
    let to = HeaderValue::from_str(own(path)).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// The path when it leads to this server; what leads elsewhere becomes the home page.
pub(super) fn own(path: &str) -> &str {
    let leads_away = !path.starts_with('/') || path.starts_with("//") || path.contains(['\\', '\r', '\n']);
    if leads_away { "/" } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(own("/form/gubernur/read?x=1"), "/form/gubernur/read?x=1");
        for away in ["", "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(own(away), "/", "{away:?}");
        }
    }
}
