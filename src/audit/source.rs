//! Where evidence comes from: a station's store, central, or a bundle on disk, all read in the same way.

use std::io::Read;

use crate::digest::Digest;
use crate::protocol::ids::{Region, Seq, StationId};
use crate::protocol::receipt::{Item, What};

/// Read access to raw evidence.
///
/// Every byte comes as it was made or received, never serialized again, and nothing is left out because it looks wrong:
/// judging is the verifier's work. What is returned at once belongs to one station, so that a whole city streams by in
/// little memory; photos are read piece by piece.
pub trait Source {
    /// What reading may fail with.
    type Error: std::error::Error + Send + Sync + 'static;

    /// The election file.
    ///
    /// # Errors
    /// The source's own.
    fn election(&self) -> Result<Vec<u8>, Self::Error>;

    /// Central's public key in its one-line text, as this source knows it.
    ///
    /// # Errors
    /// The source's own.
    fn central_key(&self) -> Result<Option<String>, Self::Error>;

    /// Checkpoints of central's log that witnesses cosigned, by size.
    ///
    /// # Errors
    /// The source's own.
    fn cosigned(&self) -> Result<Vec<Vec<u8>>, Self::Error>;

    /// Every station of which there is anything at all, ascending, each once.
    ///
    /// # Errors
    /// The source's own.
    fn stations(&self) -> Result<Vec<StationId>, Self::Error>;

    /// Accreditations of the station's officers, by slot and start.
    ///
    /// # Errors
    /// The source's own.
    fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, Self::Error>;

    /// The station's chain, ascending by position.
    ///
    /// # Errors
    /// The source's own.
    fn entries(&self, station: StationId) -> Result<Vec<Vec<u8>>, Self::Error>;

    /// Entries that claim a place which another entry of the chain holds: proof of a second history. Normally none;
    /// only central and bundles made there can have some.
    ///
    /// # Errors
    /// The source's own.
    fn conflicts(&self, station: StationId) -> Result<Vec<Vec<u8>>, Self::Error>;

    /// Receipts kept for the station's entries and photos, at most one for each, by [`ReceiptOf`].
    ///
    /// # Errors
    /// The source's own.
    fn receipts(&self, station: StationId) -> Result<Vec<KeptReceipt>, Self::Error>;

    /// The station's attempts to deliver, one JSON object a line in the order in which they were begun; `None` when the
    /// source keeps no such record.
    ///
    /// # Errors
    /// The source's own.
    fn attempts(&self, station: StationId) -> Result<Option<String>, Self::Error>;

    /// Photos of the station whose bytes are here, ascending, each once; by name, whether or not an entry names them.
    ///
    /// # Errors
    /// The source's own.
    fn photos(&self, station: StationId) -> Result<Vec<Digest>, Self::Error>;

    /// What operators of central said, in any order: their places in the log say which came first. All of the source,
    /// whatever station it is about. Only central and bundles made there have some.
    ///
    /// # Errors
    /// The source's own.
    fn annotations(&self) -> Result<Vec<KeptAnnotation>, Self::Error> {
        Ok(Vec::new())
    }

    /// Opens a photo for reading; `None` when its bytes are not here. That they match the name is for the reader to check.
    ///
    /// # Errors
    /// The source's own.
    fn open_photo(&self, photo: &Digest) -> Result<Option<Box<dyn Read + '_>>, Self::Error>;

    /// The recapitulation of a region as central published it, byte for byte; `None` when this source has none. Only
    /// central and bundles made there can have some.
    ///
    /// # Errors
    /// The source's own.
    fn recap(&self, _region: Region) -> Result<Option<Vec<u8>>, Self::Error> {
        Ok(None)
    }
}

/// What an operator said, and the proof that it stands in the log; whether both hold is for the verifier to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnnotation {
    /// The note as central signed it.
    pub note: Vec<u8>,
    /// The proof as central gave it.
    pub proof: Option<Vec<u8>>,
}

/// A receipt and what it is kept for; whether it is a receipt, and of that, is for the verifier to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReceipt {
    /// What it is kept for.
    pub of: ReceiptOf,
    /// The receipt as central sent it.
    pub bytes: Vec<u8>,
}

/// What a receipt of a station is kept for. Entries sort before photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReceiptOf {
    /// The entry at this position.
    Entry(Seq),
    /// The photo with this name.
    Photo(Digest),
}

impl From<&Item> for ReceiptOf {
    fn from(item: &Item) -> Self {
        match item.what {
            What::Entry(seq) => Self::Entry(seq),
            What::Photo(_) => Self::Photo(item.digest),
        }
    }
}
