//! A self-signed certificate for the page on the hotspot, kept in the station's folder.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, SanType};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::store::durable;

/// How long a certificate holds, in days: some phones refuse longer ones than 825 days.
const DAYS: i64 = 400;

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file of it.
    #[error("keeping {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Making it.
    #[error("making a certificate for the hotspot")]
    Make(#[source] rcgen::Error),
    /// A time that no certificate can name.
    #[error("the clock of this machine is far off")]
    Clock,
    /// Setting up TLS with it.
    #[error("setting up TLS")]
    Tls(#[source] rustls::Error),
    /// A file that is not what was written.
    #[error("{} is damaged; remove the folder and start again", .0.display())]
    Damaged(PathBuf),
}

/// A certificate with its key, for a set of addresses.
pub struct Certificate {
    chain: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Certificate({})", self.fingerprint())
    }
}

/// The files of a certificate in a folder of their own.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
    addresses: PathBuf,
}

impl Files {
    fn at(root: &Path) -> Self {
        let folder = root.join("tls");
        let file = |name: &str| folder.join(name);
        Self { certificate: file("page.crt"), key: file("page.key"), addresses: file("addresses") }
    }
}

impl Certificate {
    /// The certificate in the station's folder `root`, or a new one when there is none that names all of `reachable`.
    ///
    /// Phones ask once for every new certificate, so an old one is kept for as long as it will do.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn keep(root: &Path, reachable: &[IpAddr], now: Timestamp) -> Result<Self, CertificateError> {
        let files = Files::at(root);
        let named = names(reachable);
        let before = fs::read_to_string(&files.addresses).unwrap_or_default();
        let (expires, known) = before.split_once('\n').unwrap_or_default();
        let holds = expires.parse::<Timestamp>().is_ok_and(|end| now < end);
        if holds && named.iter().all(|name| known.lines().any(|line| line == name.to_string())) {
            return Self::load(&files);
        }
        make(&files, &named, now)?;
        Self::load(&files)
    }

    fn load(files: &Files) -> Result<Self, CertificateError> {
        let chain = CertificateDer::from_pem_file(&files.certificate)
            .map_err(|_| CertificateError::Damaged(files.certificate.clone()))?;
        let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|_| CertificateError::Damaged(files.key.clone()))?;
        Ok(Self { chain, key })
    }

    /// SHA-256 of the certificate in groups of four, as browsers show it to whoever looks.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Digest::of(&self.chain).to_string().to_uppercase();
        let groups: Vec<&str> =
            digest.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        groups.join(" ")
    }

    /// The certificate's bytes (DER).
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.chain
    }

    /// What the server listens with.
    pub(super) fn config(&self) -> Result<RustlsConfig, CertificateError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(CertificateError::Tls)?
            .with_no_client_auth()
            .with_single_cert(vec![self.chain.clone()], self.key.clone_key());
        let mut config = config.map_err(CertificateError::Tls)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(RustlsConfig::from_config(Arc::new(config)))
    }
}

/// Loopback, where the laptop itself asks, and the addresses on the hotspot.
fn names(reachable: &[IpAddr]) -> Vec<IpAddr> {
    let mut names = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    names.extend_from_slice(reachable);
    names.dedup();
    names
}

/// Key first, list of addresses last: a crash in between leaves a list that does not fit, and so a new certificate.
fn make(files: &Files, names: &[IpAddr], now: Timestamp) -> Result<(), CertificateError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| CertificateError::File { path, source }
    };
    let key = KeyPair::generate().map_err(CertificateError::Make)?;
    let moment = |offset: i64| {
        let seconds = now.millis() / 1000 + offset * 24 * 60 * 60;
        time::OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| CertificateError::Clock)
    };
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Plano TPS");
    params.subject_alt_names = names.iter().map(|name| SanType::IpAddress(*name)).collect();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // A phone's clock may be behind.
    (params.not_before, params.not_after) = (moment(-2)?, moment(DAYS)?);
    let certificate = params.self_signed(&key).map_err(CertificateError::Make)?;
    let folder = files.key.parent().unwrap_or(Path::new("."));
    durable::make_folder(folder).map_err(failed(folder))?;
    durable::remove(&files.addresses).map_err(failed(&files.addresses))?;
    durable::remove(&files.key).map_err(failed(&files.key))?;
    secret(&files.key, key.serialize_pem().as_bytes()).map_err(failed(&files.key))?;
    durable::write(&files.certificate, certificate.pem().as_bytes()).map_err(failed(&files.certificate))?;
    let end = Timestamp::from_millis(now.millis() + (DAYS - 1) * 24 * 60 * 60 * 1000).ok_or(CertificateError::Clock)?;
    let list: String =
        std::iter::once(end.to_string()).chain(names.iter().map(IpAddr::to_string)).map(|line| line + "\n").collect();
    durable::write(&files.addresses, list.as_bytes()).map_err(failed(&files.addresses))
}

/// Writes a file that only its owner may read.
fn secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Vec<IpAddr> {
        vec![text.parse().expect("an address")]
    }

    #[test]
    fn a_certificate_is_kept_until_addresses_or_time_say_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_millis(1_732_700_000_000).expect("a moment");
        let later = |days: i64| Timestamp::from_millis(now.millis() + days * 86_400_000).expect("a moment");
        let keep = |reachable: &[IpAddr], now| Certificate::keep(folder.path(), reachable, now).expect("kept");
        let first = keep(&at("192.168.43.1"), now);
        assert_eq!(keep(&at("192.168.43.1"), later(30)).der(), first.der());
        assert_eq!(keep(&[], later(30)).der(), first.der(), "it names more than is needed");
        let moved = keep(&at("10.42.0.1"), later(30));
        assert_ne!(moved.der(), first.der());
        assert_ne!(keep(&at("10.42.0.1"), later(30 + DAYS)).der(), moved.der());
        assert_eq!(first.fingerprint().len(), 64 + 15);
        first.config().expect("serves");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_millis(1_732_700_000_000).expect("a moment");
        Certificate::keep(folder.path(), &[], now).expect("kept");
        let mode = fs::metadata(folder.path().join("tls/page.key")).expect("the key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
