//! Whether this machine's network has changed: a hint that a wait may be over, and never more.
//!
//! In scope: a mark of the routes and addresses as Linux shows them. Elsewhere there is no mark, and waits end by
//! themselves. Not here: what is tried then (`worker`, `breaker`).

use crate::digest::Digest;

/// The routes (`proc(5)`) and the addresses of IPv6. Both change when a modem or a wireless network comes or goes.
const TABLES: [&str; 2] = ["/proc/net/route", "/proc/net/if_inet6"];

/// A mark that is another when the network is; none where the system does not show it.
pub(super) fn mark() -> Option<Digest> {
    let mut seen = Vec::new();
    for table in TABLES {
        seen.extend(std::fs::read(table).unwrap_or_default());
    }
    (!seen.is_empty()).then(|| Digest::of(&seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_at_rest_has_one_mark() {
        assert_eq!(mark(), mark());
        assert_eq!(mark().is_some(), std::path::Path::new(TABLES[0]).exists());
    }
}
