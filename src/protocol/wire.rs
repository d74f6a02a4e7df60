//! What station and central say to each other over HTTP: routes, limits, answers, problems. Both ends are built from here.

use serde::{Deserialize, Serialize};

use super::chain::ChainHead;
use super::coding::Coding;
pub use super::entries::{Entries, EntriesAnswer, EntryAnswer};
use super::ids::{Region, Seq, StationId};
use crate::digest::Digest;

/// How large things may be; central advertises them and refuses what is larger.
pub mod limits {
    /// An enrolment in bytes.
    pub const ENROLMENT_BYTES: u64 = 8 * 1024;
    /// A checkpoint with its signatures in bytes.
    pub const CHECKPOINT_BYTES: u64 = 8 * 1024;
    /// An entry in bytes: a reading of ten pairs with an answer to every finding stays far below.
    pub const ENTRY_BYTES: u64 = 256 * 1024;
    /// Entries that may be sent with one request.
    pub const ENTRIES_AT_ONCE: usize = 32;
    /// Such a request in bytes, unpacked: the largest entry, however much JSON escapes of it.
    pub const ENTRIES_BYTES: u64 = 2 * ENTRY_BYTES;
    /// A photo in bytes: the largest that a 50-megapixel phone writes.
    pub const PHOTO_BYTES: u64 = 25 * 1024 * 1024;
    /// A light copy of a photo in bytes: 20 seconds on a link of 8 kB a second.
    pub const LIGHT_BYTES: u64 = 150_000;
    /// An answer of central that is read at most, in bytes.
    pub const ANSWER_BYTES: u64 = 4 * 1024 * 1024;
}

/// Media types of bodies.
pub mod media {
    /// A signed note: entries, accreditations, the election file, checkpoints.
    pub const NOTE: &str = "text/plain; charset=utf-8";
    /// A receipt.
    pub const RECEIPT: &str = "text/plain; charset=utf-8";
    /// A tile of the log.
    pub const TILE: &str = "application/octet-stream";
    /// A photo, byte for byte.
    pub const PHOTO: &str = "application/octet-stream";
    /// An error.
    pub const PROBLEM: &str = "application/problem+json";
}

/// Paths below central's address. Those with a placeholder have a function that fills it in.
pub mod routes {
    /// `POST` an enrolment → accreditation.
    pub const ENROL: &str = "/v1/enrol";
    /// `PUT` an entry → receipt; `GET` it back.
    pub const ENTRY: &str = "/v1/stations/{station}/entries/{seq}";
    /// `POST` consecutive entries → a receipt or a problem for each.
    pub const ENTRIES: &str = "/v1/stations/{station}/entries";
    /// `POST` a sealed result without its chain, as the text of a QR code or as a note → where it stands.
    pub const CARRIED: &str = "/v1/carried";
    /// `GET` the receipt of an entry.
    pub const ENTRY_RECEIPT: &str = "/v1/stations/{station}/entries/{seq}/receipt";
    /// `GET` a photo back.
    pub const PHOTO: &str = "/v1/stations/{station}/photos/{sha256}";
    /// `GET` the receipt of a photo.
    pub const PHOTO_RECEIPT: &str = "/v1/stations/{station}/photos/{sha256}/receipt";
    /// `POST` begins the upload of a photo by tus 1.0.0.
    pub const UPLOADS: &str = "/v1/stations/{station}/uploads/";
    /// `HEAD`, `PATCH`, `DELETE` an upload.
    pub const UPLOAD: &str = "/v1/stations/{station}/uploads/{upload}";
    /// `GET` head and photos still lacking.
    pub const MISSING: &str = "/v1/stations/{station}/missing";
    /// `GET` the accreditations of a station, one note behind the other with an empty line between.
    pub const ACCREDITATIONS: &str = "/v1/stations/{station}/accreditations";
    /// `GET` the recapitulation of a region as JSON.
    pub const RECAP: &str = "/v1/recap/{region}";
    /// `GET` one contest of a region as `CONTEST.json` or `CONTEST.csv`, or every TPS as `tps.csv`.
    pub const RECAP_FILE: &str = "/v1/recap/{region}/{file}";
    /// `GET` the regions below a region, as KPU's site lists them.
    pub const KPU_WILAYAH: &str = "/wilayah/pilkada/{jenis}/{*place}";
    /// `GET` the pairs, as KPU's site lists them.
    pub const KPU_PASLON: &str = "/pilkada/paslon/{jenis}";
    /// `GET` the count of all provinces, as KPU's site gives it.
    pub const KPU_NATION: &str = "/pilkada/hhcw/{jenis}";
    /// `GET` the count of a region or TPS, as KPU's site gives it.
    pub const KPU_COUNT: &str = "/pilkada/hhcw/{jenis}/{*place}";
    /// `GET` the election file.
    pub const ELECTION: &str = "/v1/election";
    /// `GET` the newest signed checkpoint of the log.
    pub const CHECKPOINT: &str = "/checkpoint";
    /// `GET` a tile of the log, as [`crate::protocol::tile::Tile`] writes its path.
    pub const TILE: &str = "/tile/{*place}";
    /// `POST` a checkpoint that a witness cosigned.
    pub const COSIGNATURE: &str = "/witness/cosignature";
    /// `GET` the newest checkpoint that a witness cosigned, with all its cosignatures.
    pub const COSIGNED: &str = "/witness/checkpoint";
    /// `GET` whether central works: [`super::Health`].
    pub const HEALTH: &str = "/healthz";
    /// `GET` the OpenAPI 3.1 document of these routes.
    pub const OPENAPI: &str = "/openapi.json";
}

/// Path of an entry.
#[must_use]
pub fn entry_path(station: StationId, seq: Seq) -> String {
    format!("/v1/stations/{station}/entries/{seq}")
}

/// Path to which several entries are sent at once.
#[must_use]
pub fn entries_path(station: StationId) -> String {
    format!("/v1/stations/{station}/entries")
}

/// Path of a photo.
#[must_use]
pub fn photo_path(station: StationId, photo: &Digest) -> String {
    format!("/v1/stations/{station}/photos/{photo}")
}

/// Path of the receipt of a photo.
#[must_use]
pub fn photo_receipt_path(station: StationId, photo: &Digest) -> String {
    format!("/v1/stations/{station}/photos/{photo}/receipt")
}

/// Path below which the photos of a station are uploaded.
#[must_use]
pub fn uploads_path(station: StationId) -> String {
    format!("/v1/stations/{station}/uploads/")
}

/// Path of what a station still has to send.
#[must_use]
pub fn missing_path(station: StationId) -> String {
    format!("/v1/stations/{station}/missing")
}

/// Path of a region's recapitulation.
#[must_use]
pub fn recap_path(region: Region) -> String {
    format!("/v1/recap/{region}")
}

/// What central holds of a station, and which photos it still lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The last entry that central has accepted.
    pub head: Option<ChainHead>,
    /// Photos that accepted entries name and that have not come whole, in the order in which they were named.
    pub photos: Vec<Digest>,
    /// The names of the codings in which photos are taken, beside their own bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<String>,
}

impl Missing {
    /// The same from a central that takes photos in `coding` too.
    #[must_use]
    pub fn and_takes(mut self, coding: Coding) -> Self {
        self.codings.extend(coding.name().map(str::to_owned));
        self
    }

    /// Whether photos are taken in `coding`.
    #[must_use]
    pub fn takes(&self, coding: Coding) -> bool {
        coding.name().is_none_or(|name| self.codings.iter().any(|known| known == name))
    }
}

/// Where a result stands that was carried to central without its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedAnswer {
    /// Whose result.
    pub station: StationId,
    /// Position of its entry.
    pub seq: Seq,
    /// Which form.
    pub contest: String,
    /// SHA-256 of the entry.
    pub digest: Digest,
    /// How it is held.
    pub standing: Standing,
}

/// How central holds a result that was carried to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Signed by both officers; its chain has not come that far. In no sum.
    Provisional,
    /// The station's chain has brought the very same entry.
    Accepted,
}

/// Central's state of health, and what it will take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Always `plano-central`: a captive portal does not say that.
    pub service: String,
    /// Digest of the election file.
    pub election: Digest,
    /// Name of the log.
    pub origin: String,
    /// Size of the log.
    pub log_size: u64,
    /// Largest entry in bytes.
    pub entry_bytes: u64,
    /// Largest photo in bytes.
    pub photo_bytes: u64,
}

/// The value of [`Health::service`].
pub const SERVICE: &str = "plano-central";

/// Why central refused: the stable kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProblemKind {
    /// The request cannot be understood.
    #[serde(rename = "urn:plano:problem:malformed")]
    Malformed,
    /// Nothing is there, or the station does not take part.
    #[serde(rename = "urn:plano:problem:unknown")]
    Unknown,
    /// The enrolment code is wrong, used or expired.
    #[serde(rename = "urn:plano:problem:code")]
    Code,
    /// A signature is missing or false, or its key is not accredited.
    #[serde(rename = "urn:plano:problem:signature")]
    Signature,
    /// Entries before this one are missing; resume after `head`.
    #[serde(rename = "urn:plano:problem:gap")]
    Gap,
    /// Another history of this station is held.
    #[serde(rename = "urn:plano:problem:diverged")]
    Diverged,
    /// No accepted entry names this photo (yet).
    #[serde(rename = "urn:plano:problem:unnamed-photo")]
    UnnamedPhoto,
    /// The bytes are not those that the name promises.
    #[serde(rename = "urn:plano:problem:digest")]
    Digest,
    /// Larger than the limit.
    #[serde(rename = "urn:plano:problem:too-large")]
    TooLarge,
    /// Too many requests; come back later.
    #[serde(rename = "urn:plano:problem:busy")]
    Busy,
    /// Central cannot store now; come back later.
    #[serde(rename = "urn:plano:problem:unavailable")]
    Unavailable,
    /// An upload has another offset, or another request works on it.
    #[serde(rename = "urn:plano:problem:offset")]
    Offset,
    /// Central's disk is full; come back when there is room.
    #[serde(rename = "urn:plano:problem:full")]
    Full,
}

impl ProblemKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Malformed,
        Self::Unknown,
        Self::Code,
        Self::Signature,
        Self::Gap,
        Self::Diverged,
        Self::UnnamedPhoto,
        Self::Digest,
        Self::TooLarge,
        Self::Busy,
        Self::Unavailable,
        Self::Offset,
        Self::Full,
    ];

    /// The URI that is the problem's `type`.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Malformed => "urn:plano:problem:malformed",
            Self::Unknown => "urn:plano:problem:unknown",
            Self::Code => "urn:plano:problem:code",
            Self::Signature => "urn:plano:problem:signature",
            Self::Gap => "urn:plano:problem:gap",
            Self::Diverged => "urn:plano:problem:diverged",
            Self::UnnamedPhoto => "urn:plano:problem:unnamed-photo",
            Self::Digest => "urn:plano:problem:digest",
            Self::TooLarge => "urn:plano:problem:too-large",
            Self::Busy => "urn:plano:problem:busy",
            Self::Unavailable => "urn:plano:problem:unavailable",
            Self::Offset => "urn:plano:problem:offset",
            Self::Full => "urn:plano:problem:full",
        }
    }

    /// The HTTP status (RFC 9110) and the title.
    #[must_use]
    pub const fn status_and_title(self) -> (u16, &'static str) {
        match self {
            Self::Malformed => (400, "The request cannot be understood"),
            Self::Unknown => (404, "Not here"),
            Self::Code => (403, "The enrolment code is not valid"),
            Self::Signature => (403, "Not signed by an accredited officer"),
            Self::Gap => (409, "Earlier entries are missing"),
            Self::Diverged => (409, "Another history of this station is held"),
            Self::UnnamedPhoto => (409, "No accepted entry names this photo"),
            Self::Digest => (422, "The bytes are not those that the name promises"),
            Self::TooLarge => (413, "Too large"),
            Self::Busy => (429, "Too many requests"),
            Self::Unavailable => (503, "Cannot store now"),
            Self::Offset => (409, "The upload stands elsewhere"),
            Self::Full => (507, "No space left"),
        }
    }
}

/// An error as RFC 9457 problem details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The stable kind.
    pub r#type: ProblemKind,
    /// Its title.
    pub title: String,
    /// The HTTP status once more.
    pub status: u16,
    /// What happened here and what to do.
    pub detail: String,
    /// For [`ProblemKind::Gap`] and [`ProblemKind::Diverged`]: the head that central holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<ChainHead>,
}

impl Problem {
    /// A problem of `kind`; `detail` says what happened and what to do.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        let (status, title) = kind.status_and_title();
        Self { r#type: kind, title: title.into(), status, detail: detail.into(), head: None }
    }

    /// The same with the head that central holds.
    #[must_use]
    pub const fn with_head(mut self, head: Option<ChainHead>) -> Self {
        self.head = head;
        self
    }

    /// Reads a problem that a body of JSON holds.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_read_as_it_was_written() {
        for kind in ProblemKind::ALL {
            let head = ChainHead { seq: Seq::FIRST, digest: Digest::of(b"x") };
            let problem = Problem::new(kind, "detail").with_head(Some(head));
            let json = serde_json::to_vec(&problem).expect("serializes");
            assert_eq!(Problem::parse(&json), Some(problem));
            assert_eq!(serde_json::to_value(kind).expect("serializes"), kind.uri());
        }
        assert_eq!(Problem::parse(b"<html>Welcome to Cafe WiFi</html>"), None);
        assert_eq!(Problem::parse(br#"{"type":"about:blank","title":"x","status":400,"detail":""}"#), None);
    }

    #[test]
    fn paths_fill_the_routes() {
        let station: StationId = "35.74.03.1001-001".parse().expect("station");
        let fill = |route: &str| route.replace("{station}", "35.74.03.1001-001").replace("{seq}", "7");
        assert_eq!(entry_path(station, Seq::new(7).expect("seq")), fill(routes::ENTRY));
        assert_eq!(entries_path(station), fill(routes::ENTRIES));
        assert_eq!(missing_path(station), fill(routes::MISSING));
        let digest = Digest::of(b"x");
        let photo = |route| fill(route).replace("{sha256}", &digest.to_string());
        assert_eq!(photo_path(station, &digest), photo(routes::PHOTO));
        assert_eq!(photo_receipt_path(station, &digest), photo(routes::PHOTO_RECEIPT));
        assert_eq!(uploads_path(station), fill(routes::UPLOADS));
    }
}
