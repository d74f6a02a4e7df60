//! A central that listens at all its doors, until it is told to end in good order.

use std::net::SocketAddr;
use std::sync::Arc;

use super::app::{App, router};
use super::config::{Config, Patience, ServeError};
use super::doorkeeper::Doorkeeper;
use super::listener::{Bound, Listener};
use super::metrics;
use super::threads::Threads;
use crate::central::desk::Desk;
use crate::central::faults::Faults;
use crate::central::keeper::Central;
use crate::central::metrics::Door;
use crate::central::operator::{Office, Register};
use crate::central::uploads::Shelf;
use crate::protocol::election::Election;
use crate::session::hosts::Hosts;

/// A central that listens.
pub struct Server {
    desk: Arc<Desk>,
    /// Where the public asks.
    reading: Option<Arc<Desk>>,
    uploads: Arc<Shelf>,
    main: Listener,
    public: Option<Listener>,
    metrics: Option<Listener>,
    patience: Patience,
    /// Last: what runs there has ended before it goes.
    _threads: Option<Threads>,
}

impl Server {
    /// Starts to listen, behind `faults` when there are any; must be called inside a Tokio runtime. It listens when this
    /// returns.
    ///
    /// # Errors
    /// [`ServeError`].
    pub fn start(config: &Config, central: Central, faults: Option<&Faults>) -> Result<Self, ServeError> {
        let bind = |listen| Bound::to(listen, config);
        let main = bind(config.listen)?;
        let (public, metrics) = (config.public.map(bind).transpose()?, config.metrics.map(bind).transpose()?);

        let election = central.election().clone();
        let uploads = Shelf::open(central.uploads.as_deref(), (config.clock)()).map_err(ServeError::Uploads)?;
        let uploads = Arc::new(uploads);
        let desk = Arc::new(Desk::open(central, config.clock)?);
        let office = office(config, main.addr(), &desk, (&election, faults))?;
        let app = App::new(Arc::clone(&desk), election, Arc::clone(&uploads), config);
        let doorkeeper = |door| Doorkeeper::new(door, &config.limits, Arc::clone(desk.metrics()));
        let open = |door, bound: Bound, app: App| {
            let routes = router(app, door, &config.limits, (faults, office.as_ref()));
            bound.serve(routes, doorkeeper(door), config.patience)
        };

        let threads = public.is_some().then(Threads::start).transpose()?;
        let reading = public.as_ref().map(|_| desk.aside().map(Arc::new)).transpose()?;
        let aside = match (public.zip(reading.clone()), threads.as_ref().and_then(Threads::handle)) {
            (Some((bound, desk)), Some(runtime)) => {
                let _inside = runtime.enter();
                Some(open(Door::Public, bound, app.with_desk(desk))?)
            }
            _ => None,
        };
        let door = if aside.is_some() { Door::Stations } else { Door::Both };
        let main = open(door, main, app)?;
        let metrics = match metrics {
            Some(bound) => {
                let routes = metrics::router(Arc::clone(&desk));
                Some(bound.serve(routes, doorkeeper(Door::Metrics), config.patience)?)
            }
            None => None,
        };
        tracing::info!(addr = %main.addr, tls = config.tls.is_some(), "central listens");
        for (listener, at) in [(&aside, "for the public"), (&metrics, "for metrics")] {
            if let Some(listener) = listener {
                tracing::info!(addr = %listener.addr, "central listens {at}");
            }
        }
        Ok(Self { desk, reading, uploads, main, public: aside, metrics, patience: config.patience, _threads: threads })
    }

    /// The address of the stations' door, with the port that the system chose.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.main.addr
    }

    /// The address where the public reads: a door of its own, or else the only one.
    #[must_use]
    pub fn public_addr(&self) -> SocketAddr {
        self.public.as_ref().map_or(self.main.addr, |public| public.addr)
    }

    /// The address where metrics are read.
    #[must_use]
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|metrics| metrics.addr)
    }

    /// The way to central beside HTTP.
    #[must_use]
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Ends in good order: takes no more connections, lets requests under way finish for as long as patience lasts,
    /// commits what stands in line, and gives central back.
    pub async fn shutdown(self) -> Option<Central> {
        let listeners: Vec<_> = [Some(self.main), self.public, self.metrics].into_iter().flatten().collect();
        for listener in &listeners {
            listener.end(self.patience.end);
        }
        for listener in listeners {
            listener.ended().await;
        }
        self.uploads.end().await;
        if let Some(reading) = self.reading {
            reading.leave();
        }
        let desk = self.desk;
        tokio::task::spawn_blocking(move || desk.close()).await.ok().flatten()
    }
}

/// The operators' office, when there are operators, who come to `addr`.
fn office(
    config: &Config,
    addr: SocketAddr,
    desk: &Arc<Desk>,
    (election, faults): (&Election, Option<&Faults>),
) -> Result<Option<Office>, ServeError> {
    let open = |register: &Register| {
        let hosts = Hosts::new(addr, &config.names, config.tls.is_some());
        Office::open(Arc::clone(desk), election.clone(), register.clone(), faults.cloned(), (hosts, config.clock))
    };
    config.operators.as_ref().map(open).transpose().map_err(|_| ServeError::NoRandomness)
}
