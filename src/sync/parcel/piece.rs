//! Names inside a parcel. Each carries the SHA-256 of its content, so that a look at a listing says what is there.

use crate::digest::Digest;
use crate::protocol::entry::ImageKind;
use crate::protocol::ids::Seq;
use crate::protocol::wire::limits;

/// The most bytes of a receipt: a proof in a log of 2^64 leaves stays far below.
const RECEIPT_BYTES: u64 = 64 * 1024;

/// What a name says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// An entry at this position.
    Entry(Seq, Digest),
    /// A photo.
    Photo(Digest),
    /// The receipt of the item with this digest.
    Receipt(Digest),
}

impl Piece {
    /// What `name` says; `None` for any other name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (folder, file) = name.split_once('/')?;
        let (stem, extension) = file.rsplit_once('.')?;
        let piece = match (folder, extension) {
            ("entries", "note") => {
                let (seq, digest) = stem.split_once('-')?;
                Self::Entry(Seq::new(seq.parse().ok()?)?, digest.parse().ok()?)
            }
            ("photos", _) => Self::Photo(stem.parse().ok()?),
            ("receipts", "tlog-proof") => Self::Receipt(stem.parse().ok()?),
            _ => return None,
        };
        Some(piece)
    }

    /// The most bytes that such a file has.
    pub(super) const fn most_bytes(self) -> u64 {
        match self {
            Self::Entry(..) => limits::ENTRY_BYTES,
            Self::Photo(_) => limits::PHOTO_BYTES,
            Self::Receipt(_) => RECEIPT_BYTES,
        }
    }
}

/// The name of an entry.
pub(super) fn entry(seq: Seq, digest: &Digest) -> String {
    format!("entries/{:06}-{digest}.note", seq.get())
}

/// The name of a photo.
pub(super) fn photo(digest: &Digest, kind: ImageKind) -> String {
    format!("photos/{digest}.{}", kind.extension())
}

/// The name of the receipt of an item.
pub(super) fn receipt(item: &Digest) -> String {
    format!("receipts/{item}.tlog-proof")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let (seq, digest) = (Seq::new(7).expect("a position"), Digest::of(b"x"));
        assert_eq!(Piece::named(&entry(seq, &digest)), Some(Piece::Entry(seq, digest)));
        assert_eq!(Piece::named(&receipt(&digest)), Some(Piece::Receipt(digest)));
        for kind in [ImageKind::Jpeg, ImageKind::Png] {
            assert_eq!(Piece::named(&photo(&digest, kind)), Some(Piece::Photo(digest)));
        }
    }

    #[test]
    fn other_names_say_nothing() {
        let digest = Digest::of(b"x");
        for name in [
            "parcel.json".into(),
            format!("../photos/{digest}.jpg"),
            format!("/photos/{digest}.jpg"),
            format!("photos/../{digest}.jpg"),
            format!("photos/{digest}"),
            format!("entries/000000-{digest}.note"),
            format!("entries/-1-{digest}.note"),
            "entries/000001-abc.note".into(),
        ] {
            assert_eq!(Piece::named(&name), None, "{name}");
        }
    }
}
