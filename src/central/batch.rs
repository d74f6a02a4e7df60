//! Facts that are about to be committed together, and the log as it will be then.

use std::sync::Arc;

use super::keeper::CentralError;
use super::log::{Frontier, Grown, LastSigned};
use super::store::{Fact, Leaf, LedgerError};
use crate::clock::Timestamp;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::key::PrivateKey;
use crate::protocol::merkle;
use crate::protocol::receipt::{Item, Received};

/// The facts of a batch, and the checkpoint over them when the log grew.
pub(super) type Finished = (Vec<Fact>, Option<LastSigned>);

/// A batch: many submissions, one commit, one signed checkpoint.
pub(super) struct Batch {
    facts: Vec<Fact>,
    log: Grown,
}

impl Batch {
    /// An empty batch on a log that stands at `frontier`.
    pub(super) fn new(frontier: Arc<Frontier>) -> Self {
        Self { facts: Vec::new(), log: Grown::new(frontier) }
    }

    /// Adds a fact.
    pub(super) fn push(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Appends an item to the log, and gives its leaf.
    pub(super) fn receive(&mut self, item: Item, at: Timestamp) -> Result<Leaf, LedgerError> {
        let bytes = Received { item, at }.leaf();
        let leaf = Leaf { index: self.log.size(), item, bytes };
        let grown = self.log.append(&leaf.bytes)?;
        self.facts.push(Fact::Leaf(leaf.clone()));
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
    pub(super) fn finish(mut self, key: &PrivateKey) -> Result<Finished, CentralError> {
        if self.log.size() == self.log.before() {
            return Ok((self.facts, None));
        }
        let checkpoint = Checkpoint::sign(self.log.size(), merkle::root(&self.log, self.log.size())?, key)?;
        self.facts.push(Fact::Signed(Box::new(checkpoint.clone())));
        Ok((self.facts, Some(LastSigned { log: self.log, checkpoint })))
    }
}
