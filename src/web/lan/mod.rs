//! The page on the hotspot: addresses, and TLS from a certificate that is made on the spot.
//!
//! In scope: which addresses, the certificate and its fingerprint, the TLS set-up.
//! Not here: listening (`server`), showing the address as a QR code (`join`).

mod addresses;
mod certificate;

pub use certificate::{Certificate, CertificateError};

use std::net::{IpAddr, SocketAddr};

/// The addresses under which phones on the hotspot reach a server that listens on `port`.
#[must_use]
pub fn reachable(port: u16) -> Vec<SocketAddr> {
    addresses::private().into_iter().map(|address| SocketAddr::new(IpAddr::V4(address), port)).collect()
}
