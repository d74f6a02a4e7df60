//! The HTTP client, set up once, and the uplink made of it.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Certificate, Client, Url};
use tokio::time::Instant;

use super::budget::Budget;
use super::config::{Config, Limits};
use super::exchange::Exchange;
use super::gauge::Gauge;
use super::meter::Meter;
use super::photo::Takes;
use super::stream;
use crate::protocol::ids::{Region, Seq, StationId};
use crate::protocol::recap::PublishedPage;
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::{self, Health, Missing, media, routes};
use crate::sync::error::SyncError;
use crate::sync::uplink::{LANES, Told};
use crate::sync::{Answer, Body, Later, Progress, Shipment, Traffic, Trouble, Uplink};

/// How long a connection that nobody uses is kept: making a new one costs three round trips.
const KEPT: Duration = Duration::from_secs(45);

/// So many photos go at one time where a connection that has lost something leaves the link idle.
const LANES_OF_A_THIN_LINK: usize = 5;

/// Who asks.
pub(super) const USER_AGENT: &str = concat!("plano/", env!("CARGO_PKG_VERSION"));

/// Central over HTTP.
#[derive(Debug, Clone)]
pub struct HttpUplink {
    client: Client,
    base: Url,
    limits: Limits,
    link: Arc<Mutex<Shown>>,
}

/// What the way to central has shown of itself. Clones of an uplink share it, as they share its connections.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) gauge: Gauge,
    pub(super) budget: Budget,
    pub(super) meter: Meter,
    pub(super) lepton: Takes,
}

impl HttpUplink {
    /// Sets the client up; nothing is sent yet.
    ///
    /// Installs the *ring* provider of rustls for the whole process when no provider is installed.
    ///
    /// # Errors
    /// [`SyncError`] when the address or the certificate file cannot be used.
    pub fn new(config: &Config) -> Result<Self, SyncError> {
        let base = address(&config.url)?;
        // An error means that a provider is installed already, and one is enough.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let limits = config.limits;
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(limits.connect)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .http1_only()
            .pool_max_idle_per_host(LANES_OF_A_THIN_LINK + 1)
            .pool_idle_timeout(KEPT)
            .tcp_keepalive(limits.idle / 2)
            .tcp_keepalive_interval(limits.idle / 4);
        #[cfg(target_os = "linux")]
        {
            // Sent, but not even acknowledged by the other machine for so long: the connection is dead.
            builder = builder.tcp_user_timeout(limits.silent);
        }
        if let Some(path) = &config.authority {
            let read = std::fs::read(path);
            let pem = read.map_err(|source| SyncError::CertificateFile { path: path.clone(), source })?;
            let known = Certificate::from_pem_bundle(&pem).ok().filter(|known| !known.is_empty());
            builder = builder.tls_certs_only(known.ok_or_else(|| SyncError::NoCertificate(path.clone()))?);
        }
        Ok(Self { client: builder.build().map_err(SyncError::Client)?, base, limits, link: Arc::default() })
    }

    /// Asks how central is. An answer that is not central's is [`Trouble::Portal`].
    ///
    /// # Errors
    /// [`Later`] when there is no answer, or not central's.
    pub async fn health(&self) -> Result<Health, Later> {
        let health: Health = self.get(routes::HEALTH).await?;
        if health.service == wire::SERVICE {
            Ok(health)
        } else {
            Err(Later::new(Trouble::Portal, format!("the server calls itself {:?}", health.service)))
        }
    }

    /// Asks for the published sums of a region.
    ///
    /// # Errors
    /// [`Later`] when there is no answer, or not central's.
    pub async fn recap(&self, region: Region) -> Result<PublishedPage, Later> {
        self.get(&wire::recap_path(region)).await
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, Later> {
        let reply = self.exchange(0).run(self.client.get(self.url(path))).await?;
        let body = reply.success()?;
        serde_json::from_slice(&body).map_err(|_| Later::new(Trouble::Portal, "the answer is not central's JSON"))
    }

    pub(super) const fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn exchange(&self, bytes: u64) -> Exchange<'_> {
        Exchange { uplink: self, limits: self.limits.at(self.link().gauge.rate()), bytes }
    }

    /// What has been used of the network so far, by all clones of this uplink.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        self.link().meter.traffic()
    }

    pub(super) fn link(&self) -> MutexGuard<'_, Shown> {
        // A measure is whole at every moment, whoever was interrupted in noting it.
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of `path`, below whatever path central lives at.
    pub(super) fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url
    }
}

impl Uplink for HttpUplink {
    async fn put(&self, shipment: Shipment, progress: Progress) -> Answer {
        let Shipment { item, body } = shipment;
        match (body, item.what) {
            (Body::Photo(photo), _) => self.put_photo(item, photo, &progress).await,
            (Body::Entry(entry), What::Entry(seq)) => self.put_entry(item.station, seq, entry, &progress).await,
            (Body::Entry(_), What::Photo(_)) => {
                Answer::Refused { reason: "not sent: the bytes of an entry under the name of a photo".into() }
            }
        }
    }

    async fn put_entries(&self, entries: Vec<(Item, Vec<u8>)>, progress: Progress) -> Told {
        self.post_entries(entries, &progress).await
    }

    fn rate(&self) -> Option<u64> {
        self.traffic().rate
    }

    fn lanes(&self) -> usize {
        let link = self.link();
        let thin = link.meter.carries().is_some_and(|rate| link.gauge.is_thin(rate));
        if thin { LANES_OF_A_THIN_LINK } else { LANES }
    }

    async fn missing(&self, station: StationId) -> Result<Missing, Later> {
        let began = Instant::now();
        let missing = self.get(&wire::missing_path(station)).await?;
        self.link().gauge.answered(began.elapsed());
        self.told_of_codings(&missing);
        Ok(missing)
    }
}

impl HttpUplink {
    async fn put_entry(&self, station: StationId, seq: Seq, entry: Vec<u8>, progress: &Progress) -> Answer {
        let bytes = entry.len() as u64;
        let request = self.client.put(self.url(&wire::entry_path(station, seq)));
        let request = request.header(CONTENT_TYPE, media::NOTE).header(CONTENT_LENGTH, bytes);
        let request = request.body(stream::of_bytes(entry, progress.clone()));
        match self.exchange(bytes).run_watching(request, progress).await {
            Ok(reply) => reply.answer(),
            Err(later) => Answer::Later(later),
        }
    }
}

/// Central's address: `https` anywhere, plain `http` on this machine alone.
fn address(text: &str) -> Result<Url, SyncError> {
    let url = Url::parse(text).ok().filter(|url| url.has_host() && url.query().is_none() && url.fragment().is_none());
    let url = url.ok_or_else(|| SyncError::Address(text.to_owned()))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_here(&url) => Ok(url),
        "http" => Err(SyncError::NotSecured(text.to_owned())),
        _ => Err(SyncError::Address(text.to_owned())),
    }
}

fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secured_addresses_leave_this_machine() {
        for good in
            ["https://central.example", "https://central.example/pilkada/", "http://127.0.0.1:8080", "http://[::1]:1"]
        {
            assert!(address(good).is_ok(), "{good}");
        }
        for plain in ["http://central.example", "http://10.0.0.1", "http://127.0.0.1.evil.example"] {
            assert!(matches!(address(plain), Err(SyncError::NotSecured(_))), "{plain}");
        }
        for bad in ["", "central.example", "ftp://central.example", "https://", "https://a.example/?q=1", "file:///x"] {
            assert!(matches!(address(bad), Err(SyncError::Address(_))), "{bad}");
        }
    }

    #[test]
    fn paths_stand_below_centrals_own() {
        for (base, expected) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/healthz"),
            ("http://127.0.0.1:8080/pilkada/", "http://127.0.0.1:8080/pilkada/healthz"),
        ] {
            let uplink = HttpUplink::new(&Config::new(base)).expect("sets up");
            assert_eq!(uplink.url(routes::HEALTH).as_str(), expected);
        }
    }
}
