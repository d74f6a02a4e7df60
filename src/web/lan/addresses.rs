//! The addresses of this machine in its networks, under which phones on the hotspot reach the page.

use std::net::{IpAddr, Ipv4Addr};

/// The private IPv4 addresses of this machine, in ascending order; loopback and public ones are left out.
///
/// A hotspot gives private addresses; the page is not for the internet.
pub(super) fn private() -> Vec<Ipv4Addr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut found: Vec<Ipv4Addr> = interfaces.into_iter().filter_map(|interface| suitable(interface.ip())).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn suitable(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(v4) if v4.is_private() || v4.is_link_local() => Some(v4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_a_local_network_count() {
        for (address, counts) in [
            ("192.168.43.1", true),
            ("10.42.0.1", true),
            ("172.20.10.2", true),
            ("169.254.7.7", true),
            ("127.0.0.1", false),
            ("8.8.8.8", false),
            ("fe80::1", false),
        ] {
            let address: IpAddr = address.parse().expect("an address");
            assert_eq!(suitable(address).is_some(), counts, "{address}");
        }
    }
}
