//! A page that listens, until it is told to end in good order.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::task::JoinHandle;

use super::app::{App, Shared};
use super::desk::Desk;
use super::hosts::Hosts;
use super::lan::Lan;
use super::photos::{Notices, Previews};
use super::postman::Postman;
use super::room::{Reach, Room};
use super::routes;
use super::sessions::Sessions;
use super::together::Consents;
use crate::clock::{self, Timestamp};
use crate::recorder::{Place, RecorderError};
use crate::session::token;

/// What tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long a session may be idle before it locks itself, unless told otherwise.
const IDLE: Duration = Duration::from_mins(10);
/// How long a request may take to send its head.
const HEAD: Duration = Duration::from_secs(15);
/// How long requests under way may take when the server ends.
const END: Duration = Duration::from_secs(5);

/// How and where the page listens.
#[derive(Clone)]
pub struct Config {
    /// Address and port; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Further names, without port, under which browsers may ask for the page.
    pub names: Vec<String>,
    /// Certificate and key. Without them only a loopback address is taken.
    pub tls: Option<RustlsConfig>,
    /// How long a session may be idle before it locks itself.
    pub idle: Duration,
    /// What tells the time.
    pub clock: Clock,
    /// Who delivers; the page shows what is under way and says "try now". Ended by whoever started it.
    pub postman: Option<Arc<Postman>>,
    /// The addresses in local networks and the certificate for them, which phones are shown.
    pub lan: Option<Arc<Lan>>,
    /// The PINs of a practice station, p1's first, which the page shows to whoever practises.
    pub practice: Option<[String; 2]>,
}

impl Config {
    /// Listens on `listen` without TLS.
    #[must_use]
    pub fn plain(listen: SocketAddr) -> Self {
        Self {
            listen,
            names: Vec::new(),
            tls: None,
            idle: IDLE,
            clock: Arc::new(clock::now),
            practice: None,
            postman: None,
            lan: None,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (self.listen, self.tls.is_some(), &self.names, self.idle);
        out.debug_tuple("Config").field(&shown).finish()
    }
}

/// Why the page cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Plain HTTP on an address that others can reach.
    #[error("{0} can be reached from outside and needs TLS")]
    Plain(SocketAddr),
    /// The station.
    #[error("opening the station")]
    Station(#[from] RecorderError),
    /// The system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    /// The address.
    #[error("listening on {listen}")]
    Listen {
        /// Where.
        listen: SocketAddr,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
}

fn room(postman: Option<Arc<Postman>>, lan: Option<&Lan>, addr: SocketAddr) -> Room {
    let lan = lan.map(|lan| Reach {
        addresses: lan.addresses().iter().map(|address| (*address, addr.port()).into()).collect(),
        fingerprint: lan.certificate().fingerprint(),
    });
    Room { notices: Notices::default(), previews: Previews::default(), postman, lan }
}

/// A page that listens.
#[derive(Debug)]
pub struct Server {
    addr: SocketAddr,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Starts to listen; must be called inside a Tokio runtime. It listens when this returns.
    ///
    /// # Errors
    /// [`ServeError`].
    pub fn start(config: Config, place: &Place) -> Result<Self, ServeError> {
        if config.tls.is_none() && !config.listen.ip().is_loopback() {
            return Err(ServeError::Plain(config.listen));
        }
        let failed = |source| ServeError::Listen { listen: config.listen, source };
        let listener = TcpListener::bind(config.listen).map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let app = App::new(Shared {
            desk: Desk::open(place)?,
            sessions: Sessions::new(config.idle),
            consents: Consents::default(),
            hosts: Hosts::new(addr, &config.names, config.tls.is_some()),
            room: room(config.postman, config.lan.as_deref(), addr),
            clock: config.clock,
            secret: token::fresh().map_err(|_| ServeError::NoRandomness)?,
            secure: config.tls.is_some(),
            practice: config.practice,
        });
        let service = routes::router(&app).into_make_service_with_connect_info::<SocketAddr>();
        let handle = Handle::new();
        let mut server = axum_server::from_tcp(listener).map_err(failed)?.http1_only().handle(handle.clone());
        server.http_builder().http1().header_read_timeout(HEAD);
        let serving = match config.tls {
            Some(tls) => {
                let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(tls);
                tokio::spawn(server.acceptor(acceptor).serve(service))
            }
            None => tokio::spawn(server.serve(service)),
        };
        tracing::info!(%addr, "the station's page listens");
        Ok(Self { addr, handle, serving })
    }

    /// The address, with the port that the system chose.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Ends in good order: takes no more connections and lets requests under way finish.
    pub async fn shutdown(self) {
        self.handle.graceful_shutdown(Some(END));
        match self.serving.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = &error as &dyn std::error::Error, "listening ended"),
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the server's task ended"),
        }
    }
}
