//! A central that listens, until it is told to end in good order.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsAcceptor;
use tokio::task::JoinHandle;

use super::app::{App, router};
use super::connection::Cuttable;
use super::tls::{TlsError, TlsFiles};
use crate::central::desk::{Desk, DeskError};
use crate::central::faults::Faults;
use crate::central::keeper::Central;
use crate::central::operator::{self, Office, Register};
use crate::central::uploads::Shelf;
use crate::clock::{self, Timestamp};
use crate::photo::FolderError;
use crate::session::hosts::Hosts;

/// How and where central listens.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Certificate and key. Without them only a loopback address is taken.
    pub tls: Option<TlsFiles>,
    /// The operators; without them there are no operators' pages.
    pub operators: Option<Register>,
    /// Names under which operators reach central, beside its address: host names without port.
    pub names: Vec<String>,
    /// How long central waits for others.
    pub patience: Patience,
    /// What time it is.
    pub clock: fn() -> Timestamp,
}

/// How long central waits for others.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request.
    pub head: Duration,
    /// For the next piece of a body. Long enough for a link that stalls and comes back.
    pub idle: Duration,
    /// For requests under way when central ends.
    pub end: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { head: seconds(15), idle: seconds(45), end: seconds(10) }
    }
}

impl Config {
    /// Listens on `listen` with the usual patience, without TLS.
    #[must_use]
    pub fn plain(listen: SocketAddr) -> Self {
        Self { listen, tls: None, operators: None, names: Vec::new(), patience: Patience::default(), clock: clock::now }
    }
}

/// Why central cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Plain HTTP on an address that others can reach.
    #[error("{0} can be reached from outside and needs TLS; give a certificate and a key, or listen on 127.0.0.1")]
    Plain(SocketAddr),
    /// The certificate or its key.
    #[error("preparing TLS")]
    Tls(#[from] TlsError),
    /// The address.
    #[error("listening on {listen}")]
    Listen {
        /// Where.
        listen: SocketAddr,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Putting central to work.
    #[error("putting central to work")]
    Desk(#[from] DeskError),
    /// The folder of photos on their way.
    #[error("opening the folder of photos on their way")]
    Uploads(#[source] FolderError),
    /// The system gives no random bytes for the operators' forms.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
}

/// A central that listens.
pub struct Server {
    addr: SocketAddr,
    desk: Arc<Desk>,
    uploads: Arc<Shelf>,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
    patience: Patience,
}

impl Server {
    /// Starts to listen, behind `faults` when there are any; must be called inside a Tokio runtime. It listens when this
    /// returns.
    ///
    /// # Errors
    /// [`ServeError`].
    pub fn start(config: &Config, central: Central, faults: Option<&Faults>) -> Result<Self, ServeError> {
        if config.tls.is_none() && !config.listen.ip().is_loopback() {
            return Err(ServeError::Plain(config.listen));
        }
        let tls = config.tls.as_ref().map(TlsFiles::load).transpose()?;
        let failed = |source| ServeError::Listen { listen: config.listen, source };
        let listener = TcpListener::bind(config.listen).map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let election = central.election().clone();
        let uploads = Shelf::open(central.uploads.as_deref(), (config.clock)()).map_err(ServeError::Uploads)?;
        let uploads = Arc::new(uploads);
        let desk = Arc::new(Desk::open(central, config.clock)?);
        let office = config.operators.as_ref().map(|register| {
            let hosts = Hosts::new(addr, &config.names, config.tls.is_some());
            Office::open(Arc::clone(&desk), election.clone(), register.clone(), faults.cloned(), (hosts, config.clock))
        });
        let office = office.transpose().map_err(|_| ServeError::NoRandomness)?;
        let mut routes = router(App::new(Arc::clone(&desk), election, Arc::clone(&uploads), config), faults);
        if let Some(office) = office {
            routes = routes.merge(operator::serve(&office));
        }
        let handle = Handle::new();
        let mut server = axum_server::from_tcp(listener).map_err(failed)?.http1_only().handle(handle.clone());
        server.http_builder().http1().header_read_timeout(config.patience.head);
        let serving = match tls {
            Some(tls) => {
                let acceptor = RustlsAcceptor::new(tls).acceptor(Cuttable);
                tokio::spawn(server.acceptor(acceptor).serve(routes.into_make_service()))
            }
            None => tokio::spawn(server.acceptor(Cuttable).serve(routes.into_make_service())),
        };
        tracing::info!(%addr, tls = config.tls.is_some(), "central listens");
        Ok(Self { addr, desk, uploads, handle, serving, patience: config.patience })
    }

    /// The address, with the port that the system chose.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The way to central beside HTTP.
    #[must_use]
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Ends in good order: takes no more connections, lets requests under way finish for as long as patience lasts,
    /// commits what stands in line, and gives central back.
    pub async fn shutdown(self) -> Option<Central> {
        self.handle.graceful_shutdown(Some(self.patience.end));
        match self.serving.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = &error as &dyn std::error::Error, "listening ended"),
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the server's task ended"),
        }
        self.uploads.end().await;
        let desk = self.desk;
        tokio::task::spawn_blocking(move || desk.close()).await.ok().flatten()
    }
}
