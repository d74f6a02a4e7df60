//! The Merkle log over a ledger, and receipts out of it.

use std::collections::HashMap;

use super::keeper::CentralError;
use super::store::{Ledger, LedgerError};
use crate::digest::Digest;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::key::PublicKey;
use crate::protocol::merkle::{self, Node, Nodes};
use crate::protocol::receipt::{self, Item};

/// The nodes of the log: those in the ledger, and those that a batch is about to add.
pub(super) struct LogNodes<'a> {
    pub(super) ledger: &'a dyn Ledger,
    pub(super) fresh: &'a HashMap<Node, Digest>,
}

impl Nodes for LogNodes<'_> {
    type Error = LedgerError;

    fn hash_at(&self, node: Node) -> Result<Digest, LedgerError> {
        self.fresh.get(&node).map_or_else(|| self.ledger.node(node), |hash| Ok(*hash))
    }
}

/// The last checkpoint that this process signed itself, and need not check again.
#[derive(Debug, Clone)]
pub(super) struct LastSigned {
    /// Size of the log before it.
    pub(super) before: u64,
    pub(super) checkpoint: Checkpoint,
}

impl LastSigned {
    /// Whether it is the first checkpoint over the leaf at `index`.
    const fn covers(&self, index: u64) -> bool {
        self.before <= index && index < self.checkpoint.size()
    }
}

/// What receipts are written from.
pub(super) struct Log<'a> {
    pub(super) ledger: &'a dyn Ledger,
    pub(super) key: &'a PublicKey,
    pub(super) last: Option<&'a LastSigned>,
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
    let ledger = log.ledger;
    let Some(leaf) = ledger.leaf(index)? else { return Ok(None) };
    let damaged = || LedgerError::Damaged { what: format!("the checkpoint over leaf {index}") };
    let checkpoint = match log.last.filter(|last| last.covers(index)) {
        Some(last) => last.checkpoint.clone(),
        None => Checkpoint::verify(ledger.covering(index)?.ok_or_else(damaged)?, log.key)?,
    };
    let nodes = LogNodes { ledger, fresh: &HashMap::new() };
    let proof = merkle::inclusion(&nodes, index, checkpoint.size())?;
    Ok(Some(receipt::write(&leaf.bytes, index, &proof, &checkpoint)))
}
