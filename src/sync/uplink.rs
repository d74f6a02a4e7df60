//! The way to central, as the worker sees it: HTTP in earnest, a direct call in model tests.

use std::fs::File;
use std::future::Future;

use bytes::Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::answer::{Answer, Later};
use super::progress::Progress;
use crate::protocol::ids::StationId;
use crate::protocol::receipt::Item;
use crate::protocol::wire::Missing;

/// So many photos go at one time: while one waits for an answer, the other has the link. More would share it among more halves of
/// photos, and a page that is whole says more than two that are half.
pub(super) const LANES: usize = 2;

/// A way to central. It neither believes receipts nor retries: both are the worker's.
///
/// Dropping a future at any moment must be harmless: central may or may not have stored the bytes then.
pub trait Uplink: Send + Sync {
    /// Sends an item. Sending what central holds already is harmless and brings its receipt again.
    fn put(&self, shipment: Shipment, progress: Progress) -> impl Future<Output = Answer> + Send;

    /// Sends consecutive entries of one station, the first first, and gives the answers in their order. An answer that is no
    /// receipt may be the last one: those behind it wait for it in any case.
    fn put_entries(&self, entries: Vec<(Item, Vec<u8>)>, progress: Progress) -> impl Future<Output = Told> + Send {
        async move {
            let mut answers = Vec::with_capacity(entries.len());
            for (item, bytes) in entries {
                let answer = self.put(Shipment { item, body: Body::Entry(bytes) }, progress.clone()).await;
                let goes_on = matches!(answer, Answer::Stored(_));
                answers.push(answer);
                if !goes_on {
                    break;
                }
            }
            Told { answers, missing: None }
        }
    }

    /// What the link carries in bytes a second, as far as it has shown that lately.
    fn rate(&self) -> Option<u64> {
        None
    }

    /// How many photos may be on their way at one time.
    fn lanes(&self) -> usize {
        LANES
    }

    /// Asks which entry of `station` central holds last, and which photos it lacks.
    fn missing(&self, station: StationId) -> impl Future<Output = Result<Missing, Later>> + Send;
}

/// What came of entries that went together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// An answer to each that was tried, in their order.
    pub answers: Vec<Answer>,
    /// What central lacks after them, when it said so.
    pub missing: Option<Missing>,
}

impl From<Answer> for Told {
    fn from(only: Answer) -> Self {
        Self { answers: vec![only], missing: None }
    }
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
    /// A photo.
    Photo(Upload),
}

impl Body {
    /// The length in bytes.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match self {
            Self::Entry(bytes) => bytes.len() as u64,
            Self::Photo(photo) => photo.bytes,
        }
    }
}

/// What is uploaded.
#[derive(Debug)]
pub enum Content {
    /// A file, read as it goes.
    File(File),
    /// Bytes at hand.
    Bytes(Bytes),
}

/// A photo, and how it is uploaded.
#[derive(Debug)]
pub struct Upload {
    /// What is uploaded: the photo's own bytes, or a shorter coding of them.
    pub content: Content,
    /// Its length in bytes.
    pub bytes: u64,
    /// The length of the photo in bytes; the same, unless the content is a coding of it.
    pub whole: u64,
    /// The most bytes of one request; less than all only for servers that keep whole pieces alone.
    pub piece: u64,
    /// Where an earlier try has begun the upload.
    pub begun: Option<String>,
    /// Is told where an upload begins, before a large photo's first byte goes.
    pub told: UnboundedSender<String>,
}

impl Upload {
    /// An upload that begins anew, with requests as large as can be; and where it tells at which address it does.
    #[must_use]
    pub fn new(file: File, bytes: u64) -> (Self, UnboundedReceiver<String>) {
        let (told, addresses) = unbounded_channel();
        let content = Content::File(file);
        (Self { content, bytes, whole: bytes, piece: u64::MAX, begun: None, told }, addresses)
    }

    /// The same photo in a shorter coding.
    #[must_use]
    pub fn coded(&self, coding: Vec<u8>) -> Self {
        Self {
            bytes: coding.len() as u64,
            content: Content::Bytes(coding.into()),
            begun: self.begun.clone(),
            told: self.told.clone(),
            ..*self
        }
    }
}
