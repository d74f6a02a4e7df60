//! Cookies: read from a request, written so that no script and no other site gets at them.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The value of a cookie.
pub(crate) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// How long a cookie lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// Until the browser is closed.
    Visit,
    /// A year: what a person has chosen.
    Year,
    /// Not any more.
    Over,
}

/// The line that sets a cookie; `secure` when the page is served over TLS.
pub(crate) fn set(name: &str, value: &str, life: Life, secure: bool) -> String {
    let age = match life {
        Life::Visit => "",
        Life::Year => "; Max-Age=31536000",
        Life::Over => "; Max-Age=0",
    };
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{age}{secure}")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const SESSION: &str = "plano";

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("plano-visit=a; plano=b;plano-lang=en"));
        assert_eq!(get(&headers, SESSION), Some("b"));
        assert_eq!(get(&headers, "plano-visit"), Some("a"));
        assert_eq!(get(&headers, "plano-lang"), Some("en"));
        assert_eq!(get(&headers, "plano-large"), None);
    }

    #[test]
    fn no_script_and_no_other_site_gets_a_cookie() {
        let line = set(SESSION, "x", Life::Visit, true);
        assert_eq!(line, "plano=x; Path=/; HttpOnly; SameSite=Strict; Secure");
        assert!(set(SESSION, "", Life::Over, false).ends_with("Max-Age=0"));
    }
}
