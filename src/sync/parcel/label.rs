//! The label of a parcel: whose it is and where it goes. For people and for the carrier's machine; nothing rests on it.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::ids::StationId;
use crate::protocol::key::PublicKey;

/// The name of the label in the archive: it stands first.
pub(super) const NAME: &str = "parcel.json";

/// The most bytes of a label.
pub(super) const BYTES: u64 = 16 * 1024;

/// What kind of file this is, and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    #[serde(rename = "plano/parcel@1")]
    First,
}

/// Whose parcel this is and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub(super) r#type: Kind,
    /// The station that every item in it belongs to.
    pub station: StationId,
    /// Digest of the election file.
    pub election: Digest,
    /// Central's address, as the station knows it; the carrier may know a better one.
    pub central: String,
    /// Central's key: what a receipt must be signed with. The station checks that again by its own knowledge.
    pub key: PublicKey,
    /// When it was packed, by the packing machine's clock.
    pub packed: Timestamp,
    /// Which part of how many this is, both from 1.
    pub part: [u32; 2],
    /// How many files follow: an archive that ends between two of them was cut off.
    pub items: u32,
}

impl Label {
    /// The label of a parcel in one part, with nothing in it yet.
    #[must_use]
    pub const fn new(station: StationId, election: Digest, central: String, key: PublicKey, packed: Timestamp) -> Self {
        Self { r#type: Kind::First, station, election, central, key, packed, part: [1, 1], items: 0 }
    }

    /// Whether two parcels go to one central, about one election, for one station.
    #[must_use]
    pub fn goes_with(&self, other: &Self) -> bool {
        (self.station, self.election, &self.key) == (other.station, other.election, &other.key)
    }
}
