//! One listening socket: TLS, time limits, the doorkeeper, orderly end.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio::task::JoinHandle;

use super::config::{Config, Patience, ServeError};
use super::connection::Entrance;
use super::doorkeeper::Doorkeeper;

/// The most header lines of a request; the largest honest one has a dozen.
const HEADERS: usize = 64;
/// The most bytes of the head of a request, and what is read ahead of a body.
const HEAD_BYTES: usize = 64 * 1024;

/// A socket that is bound, and serves nobody yet.
pub(super) struct Bound {
    socket: TcpListener,
    addr: SocketAddr,
    tls: Option<RustlsConfig>,
}

impl Bound {
    /// Binds to `listen`, which has to be a loopback address unless there is TLS.
    pub(super) fn to(listen: SocketAddr, config: &Config) -> Result<Self, ServeError> {
        if config.tls.is_none() && !listen.ip().is_loopback() {
            return Err(ServeError::Plain(listen));
        }
        let tls = config.tls.as_ref().map(super::tls::TlsFiles::load).transpose()?;
        let failed = |source| ServeError::Listen { listen, source };
        let socket = TcpListener::bind(listen).map_err(failed)?;
        let addr = socket.local_addr().map_err(failed)?;
        Ok(Self { socket, addr, tls })
    }

    /// The address, with the port that the system chose.
    pub(super) const fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Serves `routes` on the runtime that this is called in.
    pub(super) fn serve(
        self,
        routes: Router,
        doorkeeper: Doorkeeper,
        patience: Patience,
    ) -> Result<Listener, ServeError> {
        let Self { socket, addr, tls } = self;
        let handle = Handle::new();
        let server = axum_server::from_tcp(socket).map_err(|source| ServeError::Listen { listen: addr, source })?;
        let mut server = server.http1_only().handle(handle.clone()).first_request_timeout(patience.head);
        let mut protocol = server.http_builder().http1();
        protocol.header_read_timeout(patience.head).max_headers(HEADERS).max_buf_size(HEAD_BYTES);
        let (entrance, routes) = (Entrance(doorkeeper), routes.into_make_service());
        let serving = match tls {
            Some(tls) => {
                let acceptor = RustlsAcceptor::new(tls).handshake_timeout(patience.head).acceptor(entrance);
                tokio::spawn(server.acceptor(acceptor).serve(routes))
            }
            None => tokio::spawn(server.acceptor(entrance).serve(routes)),
        };
        Ok(Listener { addr, handle, serving })
    }
}

/// A socket that serves.
pub(super) struct Listener {
    pub(super) addr: SocketAddr,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
}

impl Listener {
    /// Takes no more connections, and lets requests under way finish within `time`.
    pub(super) fn end(&self, time: Duration) {
        self.handle.graceful_shutdown(Some(time));
    }

    /// Waits until it has ended.
    pub(super) async fn ended(self) {
        match self.serving.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = &error as &dyn std::error::Error, "listening ended"),
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the server's task ended"),
        }
    }
}
