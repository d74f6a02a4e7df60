//! Central behind TLS.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use plano::central::http::{Config, ServeError, Server, TlsFiles};
use plano::protocol::wire::{SERVICE, routes};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::central::in_memory;
use crate::support::election::small;
use crate::support::golden::repository;

fn files() -> TlsFiles {
    let folder = repository("fixtures/tls");
    TlsFiles { certificates: folder.join("test-only.pem"), key: folder.join("test-only.key.pem") }
}

/// Asks for health over TLS, trusting the test certificate alone.
fn health(server: &Server) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(files().certificates).expect("reads")).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = "localhost".try_into().expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
    let mut stream = StreamOwned::new(connection, TcpStream::connect(server.addr()).expect("connects"));
    write!(stream, "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", routes::HEALTH).expect("sends");
    let mut answer = String::new();
    // A server may close without saying goodbye; the answer is whole by its length.
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn central_speaks_tls_with_a_certificate_from_files() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let config = Config { tls: Some(files()), ..Config::plain(([127, 0, 0, 1], 0).into()) };
    let server = {
        let _inside = runtime.enter();
        Server::start(&config, in_memory(&small(1)), None).expect("listens")
    };
    assert!(health(&server).contains(SERVICE));
    runtime.block_on(server.shutdown()).expect("ends");
}

#[test]
fn files_that_are_no_certificate_are_told_apart() {
    let mut wrong = files();
    wrong.key = wrong.certificates.clone();
    let config = Config { tls: Some(wrong), ..Config::plain(([127, 0, 0, 1], 0).into()) };
    assert!(matches!(Server::start(&config, in_memory(&small(1)), None), Err(ServeError::Tls(_))));
}
