//! Facts that are about to be committed together, and the log as it will be then.

use std::collections::HashMap;

use super::keeper::CentralError;
use super::log::{LastSigned, LogNodes};
use super::store::{Fact, Leaf, Ledger, LedgerError, Logged};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::annotation;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::key::PrivateKey;
use crate::protocol::merkle::{self, Node};
use crate::protocol::receipt::{Item, Received};

/// The facts of a batch, and the checkpoint over them when the log grew.
pub(super) type Finished = (Vec<Fact>, Option<LastSigned>);

/// A batch: many submissions, one commit, one signed checkpoint.
pub(super) struct Batch {
    facts: Vec<Fact>,
    fresh: HashMap<Node, Digest>,
    before: u64,
    size: u64,
}

impl Batch {
    /// An empty batch on a log of `size` leaves.
    pub(super) fn new(size: u64) -> Self {
        Self { facts: Vec::new(), fresh: HashMap::new(), before: size, size }
    }

    /// Adds a fact.
    pub(super) fn push(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Appends an item to the log, and gives the fact to be learned.
    pub(super) fn receive(&mut self, ledger: &dyn Ledger, item: Item, at: Timestamp) -> Result<Fact, LedgerError> {
        let received = Received { item, at };
        self.append(ledger, Logged::Received(received), received.leaf())
    }

    /// Appends an annotation to the log, and gives the fact to be learned.
    pub(super) fn annotate(&mut self, ledger: &dyn Ledger, digest: Digest) -> Result<Fact, LedgerError> {
        self.append(ledger, Logged::Annotated(digest), annotation::leaf(&digest))
    }

    /// Leaves in the log, those of this batch included.
    pub(super) const fn log_size(&self) -> u64 {
        self.size
    }

    fn append(&mut self, ledger: &dyn Ledger, of: Logged, bytes: Vec<u8>) -> Result<Fact, LedgerError> {
        let nodes = LogNodes { ledger, fresh: &self.fresh };
        let grown = merkle::grow(&nodes, self.size, merkle::leaf_hash(&bytes))?;
        self.fresh.extend(grown.iter().copied());
        let leaf = Fact::Leaf(Leaf { index: self.size, of, bytes });
        self.size += 1;
        self.facts.push(leaf.clone());
        self.facts.extend(grown.into_iter().map(|(node, hash)| Fact::Node(node, hash)));
        Ok(leaf)
    }

    /// An entry of this batch.
    pub(super) fn entry(&self, station: StationId, seq: Seq) -> Option<&[u8]> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::Entry(entry) if (entry.entry().station, entry.entry().seq) == (station, seq) => Some(entry.bytes()),
            _ => None,
        })
    }

    /// Signs the log as it is with this batch, when the batch makes it grow; gives all facts, and what was signed.
    pub(super) fn finish(mut self, ledger: &dyn Ledger, key: &PrivateKey) -> Result<Finished, CentralError> {
        let mut signed = None;
        if self.size > self.before {
            let root = merkle::root(&LogNodes { ledger, fresh: &self.fresh }, self.size)?;
            let checkpoint = Checkpoint::sign(self.size, root, key)?;
            self.facts.push(Fact::Signed(Box::new(checkpoint.clone())));
            signed = Some(LastSigned { before: self.before, checkpoint });
        }
        Ok((self.facts, signed))
    }
}
