//! What kind of request one is, and of which station.

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::protocol::ids::StationId;
use crate::protocol::wire::routes;

/// Kinds of requests, as scripts name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One entry comes, or several at once.
    Entry,
    /// A photo comes: the beginning of its upload, its pieces, its receipt.
    Photo,
    /// A station asks what is missing.
    Missing,
    /// An officer enrols.
    Enrol,
    /// Anything that only reads.
    Read,
}

/// What a rule is matched against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) kind: Kind,
    pub(super) station: Option<StationId>,
}

impl Target {
    /// The target of a request; `route` is the matched entry of the table of routes.
    pub(super) fn of(method: &Method, route: &str, path: &str) -> Self {
        let kind = match route {
            routes::ENTRY if method == Method::PUT => Kind::Entry,
            routes::ENTRIES => Kind::Entry,
            routes::UPLOADS | routes::UPLOAD | routes::PHOTO_RECEIPT => Kind::Photo,
            routes::MISSING => Kind::Missing,
            routes::ENROL => Kind::Enrol,
            _ => Kind::Read,
        };
        let station = path.strip_prefix("/v1/stations/").and_then(|rest| rest.split('/').next()?.parse().ok());
        Self { kind, station }
    }
}
