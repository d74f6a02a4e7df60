//! How and where central listens, and why it cannot.
//!
//! In scope: addresses, TLS, patience, limits, and the errors of starting.
//! Not here: what is done with them ([`super::server`]).

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use super::tls::{TlsError, TlsFiles};
use crate::central::desk::DeskError;
use crate::central::operator::Register;
use crate::clock::{self, Timestamp};
use crate::photo::FolderError;

/// How and where central listens.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port of the door of the stations, and of everything else when there is no other; port 0 lets the
    /// system choose.
    pub listen: SocketAddr,
    /// Address and port of a door of its own for the public. What is read there never waits in front of `listen`.
    pub public: Option<SocketAddr>,
    /// Address and port where metrics are read.
    pub metrics: Option<SocketAddr>,
    /// Certificate and key. Without them only a loopback address is taken.
    pub tls: Option<TlsFiles>,
    /// The operators, who come to `listen`; without them there are no operators' pages.
    pub operators: Option<Register>,
    /// Names under which operators reach central, beside its address: host names without port.
    pub names: Vec<String>,
    /// How long central waits for others.
    pub patience: Patience,
    /// How much one client may do.
    pub limits: Limits,
    /// Photos are taken as their own bytes alone: to get them back from a shorter coding costs 0.15 to 0.2 seconds of a processor
    /// for each megabyte.
    pub plain_photos: bool,
    /// What time it is.
    pub clock: fn() -> Timestamp,
}

/// How long central waits for others.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, and for the next request on a connection that is kept open.
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

/// How much one client may do: an IPv4 address, or an IPv6 network of 64 bits. Whoever comes from this machine itself is
/// not limited.
///
/// They only have to stop what no honest client does. A whole kelurahan, and with a mobile operator a whole city, may stand
/// behind one address.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests a second at the door of the stations; a burst may have twenty times as many.
    pub uploads_per_second: NonZeroU32,
    /// Requests a second at the door of the public; a burst may have twenty times as many.
    pub reads_per_second: NonZeroU32,
    /// Connections of each door.
    pub connections: usize,
    /// Connections of one client at each door.
    pub connections_per_client: usize,
    /// Requests come through a proxy of ours, which adds the client's address to `X-Forwarded-For`. Only then is that
    /// header believed, and connections are not counted by client.
    pub behind_proxy: bool,
}

impl Limits {
    /// See [`Limits::uploads_per_second`].
    pub const UPLOADS_PER_SECOND: NonZeroU32 = NonZeroU32::new(200).expect("not zero");
    /// See [`Limits::reads_per_second`].
    pub const READS_PER_SECOND: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
    /// See [`Limits::connections`].
    pub const CONNECTIONS: usize = 8192;
    /// See [`Limits::connections_per_client`].
    pub const CONNECTIONS_PER_CLIENT: usize = 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            uploads_per_second: Self::UPLOADS_PER_SECOND,
            reads_per_second: Self::READS_PER_SECOND,
            connections: Self::CONNECTIONS,
            connections_per_client: Self::CONNECTIONS_PER_CLIENT,
            behind_proxy: false,
        }
    }
}

impl Config {
    /// Listens on `listen` alone, with the usual patience and limits, without TLS.
    #[must_use]
    pub fn plain(listen: SocketAddr) -> Self {
        Self {
            listen,
            public: None,
            metrics: None,
            tls: None,
            operators: None,
            names: Vec::new(),
            patience: Patience::default(),
            limits: Limits::default(),
            plain_photos: false,
            clock: clock::now,
        }
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
    /// The threads of the public door.
    #[error("starting the threads of the public door")]
    Threads(#[source] io::Error),
}
