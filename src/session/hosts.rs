//! Under which names the page may be asked for: everything else is a page of another site that was led here (DNS rebinding).

use std::net::SocketAddr;

use axum::http::header::{HeaderMap, HeaderValue, ORIGIN};

/// The names of the server, each with its port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    allowed: Vec<String>,
    scheme: &'static str,
}

impl Hosts {
    /// The names of a server at `addr`: the address itself, `localhost` for a loopback address, and `names` (host names or
    /// addresses without port; an IPv6 address in brackets).
    #[must_use]
    pub fn new(addr: SocketAddr, names: &[String], tls: bool) -> Self {
        let port = addr.port();
        let mut allowed = Vec::new();
        if !addr.ip().is_unspecified() {
            allowed.push(addr.to_string());
        }
        if addr.ip().is_loopback() || addr.ip().is_unspecified() {
            allowed.extend(["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}")));
        }
        allowed.extend(names.iter().map(|name| format!("{}:{port}", name.to_ascii_lowercase())));
        let (scheme, usual) = if tls { ("https", 443) } else { ("http", 80) };
        if port == usual {
            let bare: Vec<_> =
                allowed.iter().filter_map(|name| name.rsplit_once(':')).map(|(name, _)| name.to_owned()).collect();
            allowed.extend(bare);
        }
        Self { allowed, scheme }
    }

    /// Whether a `Host` header names this server.
    #[must_use]
    pub fn knows(&self, host: &str) -> bool {
        self.allowed.iter().any(|name| name.eq_ignore_ascii_case(host))
    }

    /// Whether an `Origin` header is that of this server's own pages.
    #[must_use]
    pub fn is_own(&self, origin: &str) -> bool {
        origin.split_once("://").is_some_and(|(scheme, host)| scheme == self.scheme && self.knows(host))
    }

    /// Whether the server is asked for over TLS.
    #[cfg(feature = "central")]
    #[must_use]
    pub(crate) fn is_secure(&self) -> bool {
        self.scheme == "https"
    }

    /// Whether a form comes from a page of this server, as far as the browser says: one of another site is refused whatever
    /// it carries.
    pub(crate) fn sent_by_own_page(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let origin = text(ORIGIN.as_str()).is_none_or(|origin| self.is_own(origin));
        let site = text("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
        origin && site
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(addr: &str, names: &[&str], tls: bool) -> Hosts {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Hosts::new(addr.parse().expect("an address"), &names, tls)
    }

    #[test]
    fn only_its_own_names_with_its_own_port_are_known() {
        let hosts = at("127.0.0.1:8080", &["192.168.43.1"], false);
        for known in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080", "192.168.43.1:8080"] {
            assert!(hosts.knows(known), "{known}");
        }
        for other in ["", "evil.example", "127.0.0.1", "127.0.0.1:8081", "localhost.evil.example:8080", "0.0.0.0:8080"]
        {
            assert!(!hosts.knows(other), "{other}");
        }
    }

    #[test]
    fn an_origin_has_the_scheme_too() {
        let hosts = at("192.168.43.1:443", &[], true);
        assert!(hosts.is_own("https://192.168.43.1:443"));
        assert!(hosts.is_own("https://192.168.43.1"));
        for other in ["http://192.168.43.1:443", "null", "https://evil.example", "https://192.168.43.1.evil.example"] {
            assert!(!hosts.is_own(other), "{other}");
        }
    }
}
