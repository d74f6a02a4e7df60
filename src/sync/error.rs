//! Why delivery cannot go on at this machine. The network is never a reason: it only means *later*.

use std::path::PathBuf;

use crate::store::StoreError;

/// What stops the worker.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The ledger refused.
    #[error("the outbox cannot be read or written")]
    Store(#[from] StoreError),
    /// Central's address is not one.
    #[error("{0:?} is not central's address; write it like https://central.example")]
    Address(String),
    /// A plain address of another machine: TLS alone keeps figures from being read on the way.
    #[error("{0:?} is not secured; write https:// (http:// is for this machine alone)")]
    NotSecured(String),
    /// The certificate file cannot be read.
    #[error("reading the certificate file {}", .path.display())]
    CertificateFile {
        /// Which file.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The certificate file holds no certificate.
    #[error("{} holds no certificate in PEM form; ask central's operator for ca.pem", .0.display())]
    NoCertificate(PathBuf),
    /// The HTTP client cannot be set up: as a rule this machine has no certificate store.
    #[error(
        "the HTTPS client cannot be set up; install the system's CA certificates, or name central's certificate file"
    )]
    Client(#[source] reqwest::Error),
}
