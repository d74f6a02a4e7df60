//! The page on the hotspot: addresses, and TLS from a certificate that is made on the spot.
//!
//! In scope: which addresses, the certificate and its fingerprint, the TLS set-up.
//! Not here: listening (`server`), showing the address as a QR code (`join`).

mod addresses;
mod certificate;

pub use certificate::{Certificate, CertificateError};

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use axum_server::tls_rustls::RustlsConfig;

use crate::clock::Timestamp;

/// This machine in its local networks, ready to serve phones.
#[derive(Debug)]
pub struct Lan {
    addresses: Vec<Ipv4Addr>,
    certificate: Certificate,
}

impl Lan {
    /// Looks up the addresses of this machine and keeps a certificate for them in the station's folder `root`.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn prepare(root: &Path, now: Timestamp) -> Result<Self, CertificateError> {
        let addresses = addresses::private();
        let names: Vec<IpAddr> = addresses.iter().copied().map(IpAddr::V4).collect();
        Ok(Self { certificate: Certificate::keep(root, &names, now)?, addresses })
    }

    /// The addresses of this machine in local networks, in ascending order.
    #[must_use]
    pub fn addresses(&self) -> &[Ipv4Addr] {
        &self.addresses
    }

    /// The certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What the server listens with.
    ///
    /// # Errors
    /// [`CertificateError::Tls`].
    pub fn tls(&self) -> Result<RustlsConfig, CertificateError> {
        self.certificate.config()
    }
}
