//! Names inside an audit bundle: a [BagIt](https://www.rfc-editor.org/rfc/rfc8493) bag, the same for one TPS or a whole city.

use super::entry::ImageKind;
use super::ids::{Region, Seq, Slot, StationId};
use super::receipt::{Item, What};
use crate::digest::Digest;

/// `bagit.txt`: the declaration.
pub const DECLARATION: &str = "bagit.txt";
/// The declaration's content.
pub const DECLARATION_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// `bag-info.txt`: what the bag is.
pub const INFO: &str = "bag-info.txt";
/// SHA-256 of every file below `data/`, in the format of `sha256sum`.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// SHA-256 of the three files above.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The election file.
pub const ELECTION: &str = "data/election.note";
/// Central's public key, as the exporter knows it.
pub const CENTRAL_KEY: &str = "data/central.key";
/// How to verify, for a reader without Plano.
pub const VERIFY: &str = "data/VERIFY.md";
/// Folder of the accreditations.
pub const ACCREDITATIONS: &str = "data/accreditations/";
/// Folder of the entries.
pub const ENTRIES: &str = "data/entries/";
/// Folder of entries that claim a place which another entry holds.
pub const CONFLICTS: &str = "data/conflicts/";
/// Folder of the photos.
pub const PHOTOS: &str = "data/photos/";
/// Folder of the receipts.
pub const RECEIPTS: &str = "data/receipts/";
/// Folder of the attempts to deliver.
pub const ATTEMPTS: &str = "data/attempts/";
/// Folder of what operators of central said.
pub const ANNOTATIONS: &str = "data/annotations/";
/// Folder of the checkpoints that witnesses cosigned.
pub const CHECKPOINTS: &str = "data/checkpoints/";
/// Folder of the tables.
pub const TABLES: &str = "data/tables/";
/// Folder of the recapitulation as central published it.
pub const RECAP: &str = "data/recap/";

/// Path of an entry.
#[must_use]
pub fn entry(station: StationId, seq: Seq) -> String {
    format!("{ENTRIES}{station}/{:06}.note", seq.get())
}

/// Path of an entry that claims a place which another entry holds.
#[must_use]
pub fn conflict(station: StationId, seq: Seq, digest: &Digest) -> String {
    format!("{CONFLICTS}{station}/{:06}-{digest}.note", seq.get())
}

/// Path of a photo; its extension follows its magic bytes.
#[must_use]
pub fn photo(sha256: &Digest, kind: ImageKind) -> String {
    format!("{PHOTOS}{sha256}.{}", kind.extension())
}

/// Path of the receipt of an item.
#[must_use]
pub fn receipt(item: &Item) -> String {
    match item.what {
        What::Entry(seq) => format!("{RECEIPTS}{}/{:06}.tlog-proof", item.station, seq.get()),
        What::Photo(_) => format!("{RECEIPTS}{}/{}.tlog-proof", item.station, item.digest),
    }
}

/// Path of an annotation.
#[must_use]
pub fn annotation(digest: &Digest) -> String {
    format!("{ANNOTATIONS}{digest}.note")
}

/// Path of the proof that an annotation stands in the log.
#[must_use]
pub fn annotation_proof(digest: &Digest) -> String {
    format!("{ANNOTATIONS}{digest}.tlog-proof")
}

/// Path of a cosigned checkpoint of a log of `size` leaves.
#[must_use]
pub fn checkpoint(size: u64) -> String {
    format!("{CHECKPOINTS}{size:012}.note")
}

/// Path of an accreditation.
#[must_use]
pub fn accreditation(station: StationId, slot: Slot, from_seq: Seq) -> String {
    format!("{ACCREDITATIONS}{station}-{slot}-{:06}.note", from_seq.get())
}

/// Path of a station's attempts to deliver, one JSON object a line.
#[must_use]
pub fn attempts(station: StationId) -> String {
    format!("{ATTEMPTS}{station}.jsonl")
}

/// Path of a region's recapitulation as central published it.
#[must_use]
pub fn recap(region: Region) -> String {
    format!("{RECAP}{region}.json")
}

/// One line of a manifest, as `sha256sum` writes and checks it.
#[must_use]
pub fn manifest_line(sha256: &Digest, path: &str) -> String {
    format!("{sha256}  {path}\n")
}

/// Takes a manifest apart; the error is the number of the line, from 1, that is not one.
///
/// # Errors
/// The first line that is not a digest, two spaces and a path inside the bag.
pub fn manifest_lines(text: &str) -> Result<Vec<(Digest, String)>, usize> {
    let parse = |line: &str| {
        let (digest, path) = line.split_once("  ")?;
        Some((digest.parse().ok()?, is_inside(path).then(|| path.to_owned())?))
    };
    text.lines().enumerate().map(|(at, line)| parse(line).ok_or(at + 1)).collect()
}

/// Whether a path stays inside the bag: relative, without `..`, empty parts or backslashes.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    !path.contains('\\') && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let digest = Digest::of(b"x");
        let text = manifest_line(&digest, "data/a.note") + &manifest_line(&digest, VERIFY);
        assert_eq!(manifest_lines(&text), Ok(vec![(digest, "data/a.note".into()), (digest, VERIFY.into())]));
    }

    #[test]
    fn no_path_leads_out_of_the_bag() {
        let digest = Digest::of(b"x");
        for bad in ["../x", "/etc/passwd", "data/../../x", "data//x", "./x", "data\\x", ""] {
            assert_eq!(manifest_lines(&manifest_line(&digest, bad)), Err(1), "{bad}");
        }
        assert_eq!(manifest_lines("abc  data/x\n"), Err(1));
    }
}
