//! Reading the head of a request.

use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Method};

use crate::central::http::body;
use crate::central::http::problem::Failure;
use crate::protocol::tus::{self, Checksum, HeaderFault, header};
use crate::protocol::wire::{Problem, ProblemKind};

/// The head of a request.
pub(super) struct Head {
    /// The method that is meant: some networks let only `GET` and `POST` pass.
    pub(super) method: Method,
    headers: HeaderMap,
}

impl Head {
    pub(super) fn of(request: &Request) -> Self {
        let headers = request.headers().clone();
        let meant = headers.get(header::METHOD_OVERRIDE).and_then(|value| Method::from_bytes(value.as_bytes()).ok());
        Self { method: meant.unwrap_or_else(|| request.method().clone()), headers }
    }

    /// Whether the sender speaks the one version that is spoken here; who asks what is offered need not know it.
    pub(super) fn may_go_on(&self) -> bool {
        self.method == Method::OPTIONS
            || self.text(header::RESUMABLE).is_ok_and(|version| version == Some(tus::VERSION))
    }

    /// A header as text; a header that stands twice, or is not printable ASCII, is none that we understand.
    pub(super) fn text(&self, name: &'static str) -> Result<Option<&str>, Failure> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().map(|value| value.to_str()).transpose();
        match (value, values.next()) {
            (Ok(value), None) => Ok(value),
            _ => Err(malformed(&format!("{name} stands once, in printable ASCII"))),
        }
    }

    /// A header with a number that must be there.
    pub(super) fn number(&self, name: &'static str) -> Result<u64, Failure> {
        let text = self.text(name)?.ok_or_else(|| malformed(&format!("{name} is missing")))?;
        tus::number(name, text).map_err(fault)
    }

    /// The checksum of the piece, if one is given.
    pub(super) fn checksum(&self) -> Result<Option<Checksum>, Failure> {
        self.text(header::CHECKSUM)?.map(Checksum::parse).transpose().map_err(fault)
    }

    /// The length of the body, where it is announced.
    pub(super) fn announced(&self) -> Option<u64> {
        body::announced(&self.headers)
    }

    /// Whether a piece comes in the body.
    ///
    /// # Errors
    /// 415 when something else comes.
    pub(super) fn carries_a_piece(&self) -> Result<bool, Failure> {
        let media = self.headers.get(CONTENT_TYPE).map(|value| value.as_bytes().trim_ascii());
        let carries = self.announced().is_some_and(|bytes| bytes > 0) || self.headers.contains_key(TRANSFER_ENCODING);
        match media {
            Some(media) if media.eq_ignore_ascii_case(tus::PIECE.as_bytes()) => Ok(true),
            _ if !carries => Ok(false),
            _ => Err(other_media()),
        }
    }
}

/// 415: the body is no piece.
pub(super) fn other_media() -> Failure {
    let problem = Problem::new(ProblemKind::Malformed, format!("a piece has the media type {}", tus::PIECE));
    Problem { status: 415, ..problem }.into()
}

/// 400.
pub(super) fn malformed(detail: &str) -> Failure {
    Problem::new(ProblemKind::Malformed, detail).into()
}

/// 400 for a header that is not what it should be.
pub(super) fn fault(fault: HeaderFault) -> Failure {
    malformed(&fault.to_string())
}
