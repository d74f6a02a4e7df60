//! What the page keeps beside the station: previews, notices, the worker that delivers, the hotspot.

use std::net::SocketAddr;
use std::sync::Arc;

use super::photos::{Notices, Previews};
use super::postman::Postman;

/// What the page keeps in memory. All of it may be lost.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// What became of the last uploads.
    pub(super) notices: Notices,
    /// Previews made lately.
    pub(super) previews: Previews,
    /// Who delivers; none when the page runs without delivery.
    pub(super) postman: Option<Arc<Postman>>,
    /// Where phones find the page; none when only this machine does.
    pub(super) lan: Option<Reach>,
}

/// Where phones find the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    /// The addresses on the hotspot.
    pub(super) addresses: Vec<SocketAddr>,
    /// Of the certificate, in groups.
    pub(super) fingerprint: String,
}

impl Reach {
    /// The address of `path` for phones; the first of several networks.
    pub(super) fn url(&self, path: &str) -> Option<String> {
        self.addresses.first().map(|address| format!("https://{address}{path}"))
    }
}
