//! Whose request it is: one client is one IPv4 address, or one IPv6 network of 64 bits, as a subscriber gets it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::HeaderName;

/// To whom a proxy says that it forwards (de-facto standard; RFC 7239 has another).
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// One client, as far as addresses can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Client(IpAddr);

impl Client {
    /// The client behind an address.
    pub(super) fn of(address: IpAddr) -> Self {
        const NETWORK: u128 = !0 << 64;
        match address.to_canonical() {
            IpAddr::V6(address) if !address.is_loopback() => {
                Self(IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)))
            }
            address => Self(address),
        }
    }

    /// The client that the last proxy names, or else whose connection it is. What stands further left in the header was
    /// written by strangers.
    pub(super) fn behind_proxy(headers: &HeaderMap, peer: IpAddr) -> Self {
        let last = headers.get_all(FORWARDED_FOR).iter().next_back().and_then(|value| value.to_str().ok());
        let named = last.and_then(|list| {
            let name = list.rsplit(',').next()?.trim();
            // Some proxies add the port.
            name.parse().ok().or_else(|| Some(name.parse::<SocketAddr>().ok()?.ip()))
        });
        Self::of(named.unwrap_or(peer))
    }

    /// Whether it is this machine itself.
    pub(super) const fn is_here(self) -> bool {
        self.0.is_loopback()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> Client {
        Client::of(address.parse().expect("an address"))
    }

    #[test]
    fn a_subscriber_is_one_client() {
        assert_eq!(client("2001:db8:1:2:3::4"), client("2001:db8:1:2:ffff::1"));
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
        assert!(client("::1").is_here() && client("127.0.0.9").is_here() && !client("::2").is_here());
    }

    #[test]
    fn only_the_last_address_of_a_proxy_counts() {
        let peer = "127.0.0.1".parse().expect("an address");
        let from = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, line.parse().expect("a value"));
            }
            Client::behind_proxy(&headers, peer)
        };
        assert_eq!(from(&["10.0.0.1, 192.0.2.1"]), client("192.0.2.1"));
        assert_eq!(from(&["10.0.0.1", "192.0.2.1"]), client("192.0.2.1"));
        assert_eq!(from(&["192.0.2.1, unknown"]), client("127.0.0.1"));
        assert_eq!(from(&[]), client("127.0.0.1"));
    }
}
