//! The way to central, as the worker sees it: HTTP in earnest, a direct call in model tests.

use std::fs::File;
use std::future::Future;

use super::answer::{Answer, Later};
use super::event::Progress;
use crate::protocol::ids::StationId;
use crate::protocol::receipt::Item;
use crate::protocol::wire::Missing;

/// A way to central. It neither believes receipts nor retries: both are the worker's.
///
/// Dropping a future at any moment must be harmless: central may or may not have stored the bytes then.
pub trait Uplink: Send + Sync {
    /// Sends an item. Sending what central holds already is harmless and brings its receipt again.
    fn put(&self, shipment: Shipment, progress: Progress) -> impl Future<Output = Answer> + Send;

    /// Asks which entry of `station` central holds last, and which photos it lacks.
    fn missing(&self, station: StationId) -> impl Future<Output = Result<Missing, Later>> + Send;
}

/// An item with its bytes.
#[derive(Debug)]
pub struct Shipment {
    /// What it is.
    pub item: Item,
    /// Its exact bytes.
    pub body: Body,
}

/// The bytes of an item: an entry is at hand, a photo is streamed from its file.
#[derive(Debug)]
pub enum Body {
    /// All bytes of an entry.
    Entry(Vec<u8>),
    /// The photo's file, read from its start, and its length in bytes.
    Photo(File, u64),
}

impl Body {
    /// The length in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Entry(bytes) => bytes.len() as u64,
            Self::Photo(_, bytes) => *bytes,
        }
    }
}
