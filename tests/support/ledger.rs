//! A ledger in a scratch folder, and entries that extend it.

use std::path::PathBuf;

use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::Page;
use plano::protocol::chain::{self, ChainHead};
use plano::protocol::entry::{Body, By, Entry, Image, ImageKind, Incident, Light, Photo, Source};
use plano::protocol::ids::{Slot, StationId};
use plano::protocol::sealed::SealedEntry;
use plano::store::{Founding, Ledger};

use super::election;

/// A new ledger of station 1, and the folder that it is in.
pub(crate) struct Scratch {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) ledger: Ledger,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = Ledger::create(&folder.path().join("ledger.db"), &founding(), "http://central.test", moment(0));
        Self { ledger: ledger.expect("creates"), folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    /// Opens the same ledger once more.
    pub(crate) fn again(&self) -> Ledger {
        Ledger::open(&self.path()).expect("opens")
    }

    /// Appends an entry with this body.
    pub(crate) fn append(&self, body: Body) -> SealedEntry {
        let sealed = entry(self.ledger.head().expect("head"), body);
        self.ledger.append(&sealed).expect("appends");
        sealed
    }
}

/// What the scratch ledger is founded on.
pub(crate) fn founding() -> Founding {
    Founding { station: station(), election: election::small(2), central: election::central().public() }
}

pub(crate) fn station() -> StationId {
    election::station(1)
}

/// So many milliseconds after one fixed moment on polling day.
pub(crate) fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_732_670_000_000 + millis).expect("a moment")
}

/// The entry with this body behind `head`, signed by the first officer.
pub(crate) fn entry(head: Option<ChainHead>, body: Body) -> SealedEntry {
    let (seq, prev) = chain::next(head, founding().election.digest());
    let entry = Entry { station: station(), seq, prev, at: moment(0), by: By::P1, body };
    SealedEntry::seal(entry, &[&election::officer(station(), Slot::P1)]).expect("seals")
}

pub(crate) fn incident(text: &str) -> Body {
    Body::Incident(Incident { text: text.into() })
}

/// A photo of page 1 whose bytes would be `content`.
pub(crate) fn photo(content: &[u8]) -> Body {
    let image = Image {
        sha256: Digest::of(content),
        bytes: content.len() as u64,
        kind: ImageKind::Jpeg,
        width: 0,
        height: 0,
        source: Source::File,
        findings: Vec::new(),
        light: None,
    };
    Body::Photo(Photo { contest: "walikota".into(), page: Page::FIRST, image, replaces: None })
}

/// The bytes of the light copy of a photo whose bytes would be `content`.
pub(crate) fn light_of(content: &[u8]) -> Vec<u8> {
    [b"light copy of ", content].concat()
}

/// The same photo with a light copy.
pub(crate) fn photo_with_light(content: &[u8]) -> Body {
    let Body::Photo(photo) = photo(content) else { unreachable!("a photo") };
    let copy = light_of(content);
    let light = Some(Light { sha256: Digest::of(&copy), bytes: copy.len() as u64 });
    Body::Photo(Photo { image: Image { light, ..photo.image }, ..photo })
}
