//! The receipt: central's signed word that it holds an entry or a photo, provable from the log without any network.
//!
//! A [tlog-proof](https://c2sp.org/tlog-proof): the leaf that central appended to its log (`extra`), where it stands,
//! the inclusion proof, and the signed checkpoint. Anyone can print it, keep it and check it years later.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::checkpoint::{Checkpoint, CheckpointError, decimal, hash};
use super::ids::{Seq, StationId};
use super::key::PublicKey;
use super::merkle;
use crate::clock::Timestamp;
use crate::digest::Digest;

const MAGIC: &str = "c2sp.org/tlog-proof@v1";
const KIND: &str = "plano/received@1";

/// Why bytes are no receipt, or not the receipt of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not a tlog-proof.
    #[error("not a receipt: a receipt starts with the line {MAGIC}")]
    Magic,
    /// A line of the proof cannot be read.
    #[error("line {line} of the receipt cannot be read")]
    Line {
        /// Counted from 1.
        line: usize,
    },
    /// The leaf is not a `plano/received@1`.
    #[error("the leaf of the receipt does not say what was received")]
    Leaf,
    /// The checkpoint is not the log's.
    #[error("the receipt's checkpoint does not hold")]
    Checkpoint(#[from] CheckpointError),
    /// The proof does not lead to the checkpoint's root.
    #[error("the receipt does not prove that its leaf is in the log")]
    NotIncluded,
    /// A receipt, but of something else.
    #[error("the receipt is for {}, not for {}", .0.found, .0.expected)]
    OtherItem(Box<Mixup>),
}

/// A receipt of one thing given for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixup {
    /// What was sent.
    pub expected: Item,
    /// What the receipt names.
    pub found: Item,
}

/// A thing that is delivered to central and receipted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Whose.
    pub station: StationId,
    /// Entry or photo.
    pub what: What,
    /// SHA-256 of its exact bytes.
    pub digest: Digest,
}

/// What kind of thing an [`Item`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The entry at this position of the station's chain.
    Entry(Seq),
    /// A photo of so many bytes that an entry of the station names.
    Photo(u64),
}

impl What {
    /// The bytes of a photo; none of an entry, which is a few kilobytes beside it.
    #[must_use]
    pub const fn photo_bytes(self) -> u64 {
        match self {
            Self::Photo(bytes) => bytes,
            Self::Entry(_) => 0,
        }
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.what {
            What::Entry(seq) => write!(out, "entry {seq} of {} ({})", self.station, self.digest.short()),
            What::Photo(bytes) => write!(out, "photo {} of {} ({bytes} bytes)", self.digest.short(), self.station),
        }
    }
}

/// The leaf of the log: what central received and when by its clock. One compact JSON object and a newline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// What.
    pub item: Item,
    /// When, by central's clock.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leaf {
    r#type: String,
    item: Item,
    at: Timestamp,
}

impl Received {
    /// The exact bytes of the leaf.
    #[must_use]
    pub fn leaf(&self) -> Vec<u8> {
        let leaf = Leaf { r#type: KIND.into(), item: self.item, at: self.at };
        // Strings and integers alone: serde_json has nothing to refuse.
        let mut bytes = serde_json::to_vec(&leaf).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads a leaf.
    ///
    /// # Errors
    /// [`ReceiptError::Leaf`].
    pub fn parse(leaf: &[u8]) -> Result<Self, ReceiptError> {
        let leaf: Leaf = serde_json::from_slice(leaf).map_err(|_| ReceiptError::Leaf)?;
        if leaf.r#type == KIND { Ok(Self { item: leaf.item, at: leaf.at }) } else { Err(ReceiptError::Leaf) }
    }
}

/// A leaf that a proof has shown to be in the log.
pub(super) struct Proven {
    pub(super) leaf: Vec<u8>,
    pub(super) index: u64,
    pub(super) proof: Vec<Digest>,
    pub(super) checkpoint: Checkpoint,
}

/// Reads a tlog-proof of the log whose key is `key`, and checks signature and proof; what the leaf says is for the caller.
pub(super) fn proven(bytes: &[u8], key: &PublicKey) -> Result<Proven, ReceiptError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ReceiptError::Magic)?;
    let (head, checkpoint) = text.split_once("\n\n").ok_or(ReceiptError::Magic)?;
    let mut lines = head.split('\n');
    if lines.next() != Some(MAGIC) {
        return Err(ReceiptError::Magic);
    }
    let leaf = lines.next().and_then(|line| STANDARD.decode(line.strip_prefix("extra ")?).ok());
    let leaf = leaf.ok_or(ReceiptError::Line { line: 2 })?;
    let index = lines.next().and_then(|line| decimal(line.strip_prefix("index ")?));
    let index = index.ok_or(ReceiptError::Line { line: 3 })?;
    let proof = lines.enumerate().map(|(at, line)| hash(line).ok_or(ReceiptError::Line { line: at + 4 }));
    let proof = proof.collect::<Result<Vec<_>, _>>()?;
    let checkpoint = Checkpoint::verify(checkpoint.as_bytes().to_vec(), key)?;
    let root = merkle::root_by_inclusion(merkle::leaf_hash(&leaf), index, checkpoint.size(), &proof);
    if root == Some(checkpoint.root()) {
        Ok(Proven { leaf, index, proof, checkpoint })
    } else {
        Err(ReceiptError::NotIncluded)
    }
}

/// A receipt whose signature and proof have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    received: Received,
    index: u64,
    proof: Vec<Digest>,
    checkpoint: Checkpoint,
}

/// Writes the receipt of the leaf at `index` under `checkpoint`.
#[must_use]
pub fn write(leaf: &[u8], index: u64, proof: &[Digest], checkpoint: &Checkpoint) -> Vec<u8> {
    let mut text = format!("{MAGIC}\nextra {}\nindex {index}\n", STANDARD.encode(leaf));
    for node in proof {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", STANDARD.encode(node.as_bytes()));
    }
    text.push('\n');
    [text.as_bytes(), checkpoint.note().bytes()].concat()
}

impl Receipt {
    /// Reads a receipt of the log whose key is `key`, and checks all that can be checked offline.
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn verify(bytes: &[u8], key: &PublicKey) -> Result<Self, ReceiptError> {
        let proven = proven(bytes, key)?;
        let received = Received::parse(&proven.leaf)?;
        Ok(Self { received, index: proven.index, proof: proven.proof, checkpoint: proven.checkpoint })
    }

    /// Checks that this is the receipt of `item`.
    ///
    /// # Errors
    /// [`ReceiptError::OtherItem`].
    pub fn covers(&self, item: &Item) -> Result<(), ReceiptError> {
        if self.received.item == *item {
            Ok(())
        } else {
            Err(ReceiptError::OtherItem(Box::new(Mixup { expected: *item, found: self.received.item })))
        }
    }

    /// What was received, and when by central's clock.
    #[must_use]
    pub const fn received(&self) -> &Received {
        &self.received
    }

    /// Place of the leaf in the log, from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the leaf upwards.
    #[must_use]
    pub fn proof(&self) -> &[Digest] {
        &self.proof
    }

    /// The checkpoint that covers it.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::key::PrivateKey;

    fn central() -> PrivateKey {
        PrivateKey::from_seed("central.example/test", &[9; 32]).expect("a key")
    }

    fn item(digest: &[u8]) -> Item {
        let station = "35.74.03.1001-001".parse().expect("station");
        Item { station, what: What::Entry(Seq::FIRST), digest: Digest::of(digest) }
    }

    /// A log of two leaves, and the receipt of the second.
    fn receipt() -> Vec<u8> {
        let at = "2024-11-27T13:58:02.114Z".parse().expect("moment");
        let leaf = Received { item: item(b"entry"), at }.leaf();
        let first = merkle::leaf_hash(b"first");
        let root = merkle::node_hash(&first, &merkle::leaf_hash(&leaf));
        write(&leaf, 1, &[first], &Checkpoint::sign(2, root, &central()).expect("signs"))
    }

    #[test]
    fn a_receipt_proves_its_item_and_no_other() {
        let receipt = Receipt::verify(&receipt(), &central().public()).expect("holds");
        assert_eq!(receipt.covers(&item(b"entry")), Ok(()));
        assert!(matches!(receipt.covers(&item(b"else")), Err(ReceiptError::OtherItem(_))));
        assert_eq!((receipt.index(), receipt.checkpoint().size()), (1, 2));
    }

    #[test]
    fn any_changed_line_is_found_out() {
        let good = String::from_utf8(receipt()).expect("text");
        let lines: Vec<&str> = good.lines().collect();
        for at in 0..lines.len() {
            let mut changed = lines.clone();
            changed.remove(at);
            let changed = changed.join("\n") + "\n";
            assert!(Receipt::verify(changed.as_bytes(), &central().public()).is_err(), "without line {at}");
        }
        let other = PrivateKey::from_seed("central.example/test", &[8; 32]).expect("key").public();
        assert!(matches!(Receipt::verify(&receipt(), &other), Err(ReceiptError::Checkpoint(_))));
        assert_eq!(Receipt::verify(b"<html>welcome</html>", &central().public()), Err(ReceiptError::Magic));
    }
}
