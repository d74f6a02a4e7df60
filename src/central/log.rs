//! The Merkle log: what is needed to go on with it, and receipts out of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::keeper::CentralError;
use super::store::{Leaf, Ledger, LedgerError};
use crate::digest::Digest;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::key::PublicKey;
use crate::protocol::merkle::{self, Node, Nodes};
use crate::protocol::receipt::{self, Item};

/// The complete subtrees that a log consists of: all that is needed to append to it, at most one a bit of its size.
#[derive(Debug, Clone, Default)]
pub(super) struct Frontier {
    size: u64,
    nodes: HashMap<Node, Digest>,
}

impl Frontier {
    /// Out of the ledger, for a log of `size` leaves.
    pub(super) fn read(ledger: &dyn Ledger, size: u64) -> Result<Self, LedgerError> {
        let nodes = Self::places(size).map(|node| Ok((node, ledger.node(node)?)));
        Ok(Self { size, nodes: nodes.collect::<Result<_, LedgerError>>()? })
    }

    fn places(size: u64) -> impl Iterator<Item = Node> {
        let levels = (0..64_u8).filter(move |level| size >> level & 1 == 1);
        levels.map(move |level| Node { level, index: (size >> level) - 1 })
    }
}

/// A log that has grown: where it stood, and the subtrees that became complete since.
#[derive(Debug)]
pub(super) struct Grown {
    from: Arc<Frontier>,
    fresh: HashMap<Node, Digest>,
    size: u64,
}

impl Grown {
    /// Nothing is added yet.
    pub(super) fn new(from: Arc<Frontier>) -> Self {
        Self { size: from.size, fresh: HashMap::new(), from }
    }

    /// Appends a leaf; gives the subtrees that become complete by it.
    pub(super) fn append(&mut self, leaf: &[u8]) -> Result<Vec<(Node, Digest)>, LedgerError> {
        let grown = merkle::grow(self, self.size, merkle::leaf_hash(leaf))?;
        self.fresh.extend(grown.iter().copied());
        self.size += 1;
        Ok(grown)
    }

    /// Leaves in the log.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// Leaves that were there before.
    pub(super) fn before(&self) -> u64 {
        self.from.size
    }

    /// From where the next batch goes on.
    pub(super) fn frontier(&self) -> Result<Frontier, LedgerError> {
        let nodes = Frontier::places(self.size).map(|node| Ok((node, self.hash_at(node)?)));
        Ok(Frontier { size: self.size, nodes: nodes.collect::<Result<_, LedgerError>>()? })
    }
}

impl Nodes for Grown {
    type Error = LedgerError;

    fn hash_at(&self, node: Node) -> Result<Digest, LedgerError> {
        let found = self.fresh.get(&node).or_else(|| self.from.nodes.get(&node));
        found.copied().ok_or_else(|| LedgerError::Damaged { what: format!("{node:?}") })
    }
}

/// The last checkpoint that this process signed itself, and the log under it.
#[derive(Debug)]
pub(super) struct LastSigned {
    pub(super) log: Grown,
    pub(super) checkpoint: Checkpoint,
}

impl LastSigned {
    /// Whether it is the first checkpoint over the leaf at `index`.
    fn covers(&self, index: u64) -> bool {
        self.log.before() <= index && index < self.checkpoint.size()
    }

    /// The receipt of a leaf that this checkpoint is the first to cover.
    pub(super) fn receipt(&self, leaf: &Leaf) -> Result<Vec<u8>, LedgerError> {
        let proof = merkle::inclusion(&self.log, leaf.index, self.checkpoint.size())?;
        Ok(receipt::write(&leaf.bytes, leaf.index, &proof, &self.checkpoint))
    }
}

/// What receipts are written from.
pub(super) struct Log<'a> {
    pub(super) ledger: &'a dyn Ledger,
    pub(super) key: &'a PublicKey,
    pub(super) last: Option<&'a LastSigned>,
}

impl Nodes for Log<'_> {
    type Error = LedgerError;

    fn hash_at(&self, node: Node) -> Result<Digest, LedgerError> {
        self.ledger.node(node)
    }
}

/// The receipt of an item; `None` when central does not hold it.
///
/// It is always the item's first receipt, byte for byte: the proof leads to the first checkpoint that covers the leaf.
/// So a lost answer can be asked for again, and two copies of a receipt are equal or one of them is false.
pub(super) fn receipt(log: &Log<'_>, item: &Item) -> Result<Option<Vec<u8>>, CentralError> {
    match log.ledger.place(item)? {
        Some(index) => receipt_at(log, index),
        None => Ok(None),
    }
}

/// The receipt of the leaf at `index`; `None` when the log is not that long.
pub(super) fn receipt_at(log: &Log<'_>, index: u64) -> Result<Option<Vec<u8>>, CentralError> {
    let Some(leaf) = log.ledger.leaf(index)? else { return Ok(None) };
    if let Some(last) = log.last.filter(|last| last.covers(index)) {
        return Ok(Some(last.receipt(&leaf)?));
    }
    let damaged = || LedgerError::Damaged { what: format!("the checkpoint over leaf {index}") };
    let checkpoint = Checkpoint::verify(log.ledger.covering(index)?.ok_or_else(damaged)?, log.key)?;
    let proof = merkle::inclusion(log, index, checkpoint.size())?;
    Ok(Some(receipt::write(&leaf.bytes, index, &proof, &checkpoint)))
}
