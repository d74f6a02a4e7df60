//! How central meets a crowd: its doors, and how much one client may do.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::central::http::{Config, Limits};

/// Doors and limits of `plano central serve`.
#[derive(Debug, Args)]
pub(super) struct Crowd {
    /// A door of its own for the public, so that its crowd never delays a station; without it --listen is for both
    #[arg(long, value_name = "ADDRESS:PORT")]
    public: Option<SocketAddr>,
    /// Where metrics are read by Prometheus, at /metrics; without it nowhere
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// Requests a second that one client may make at the stations' door, or to hand something in where one door is for both; a burst
    /// may have twenty times as many
    #[arg(long, value_name = "N", default_value_t = Limits::UPLOADS_PER_SECOND)]
    uploads_per_second: NonZeroU32,
    /// Requests a second that one client may make at the public door, or to read where one door is for both; a burst may have twenty
    /// times as many
    #[arg(long, value_name = "N", default_value_t = Limits::READS_PER_SECOND)]
    reads_per_second: NonZeroU32,
    /// Connections of each door
    #[arg(long, value_name = "N", default_value_t = Limits::CONNECTIONS, value_parser = at_least_one())]
    connections: usize,
    /// Connections of one client at each door
    #[arg(long, value_name = "N", default_value_t = Limits::CONNECTIONS_PER_CLIENT, value_parser = at_least_one())]
    connections_per_client: usize,
    /// All requests come through a proxy, whose X-Forwarded-For says the client's address
    #[arg(long)]
    behind_proxy: bool,
    /// Take photos as they are alone: in their shorter coding they take a fifth to two fifths less of the network, and 0.15 to 0.2
    /// seconds of a processor here for each megabyte
    #[arg(long)]
    plain_photos: bool,
}

fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

impl Crowd {
    /// `config` with these doors and limits.
    pub(super) fn meet(&self, config: Config) -> Config {
        let limits = Limits {
            uploads_per_second: self.uploads_per_second,
            reads_per_second: self.reads_per_second,
            connections: self.connections,
            connections_per_client: self.connections_per_client,
            behind_proxy: self.behind_proxy,
        };
        let plain_photos = self.plain_photos;
        Config { public: self.public, metrics: self.metrics, limits, plain_photos, ..config }
    }
}
