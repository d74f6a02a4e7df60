//! All that central has signed about its log, across both bundles: one log cannot say two things.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

use crate::digest::Digest;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::merkle::{self, Node, Nodes};
use crate::protocol::receipt::Receipt;

/// Leaves and roots seen so far, per log.
#[derive(Debug, Default)]
pub(super) struct LogBook {
    leaves: HashMap<(String, u64), Digest>,
    roots: HashMap<(String, u64), Digest>,
    /// Witnesses of whom a cosignature was found that holds.
    pub(super) cosigners: BTreeSet<String>,
}

/// How a receipt contradicts an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// Another leaf at this place of the log.
    Leaf {
        index: u64,
        /// Hash of the leaf seen before, and of this one.
        hashes: [Digest; 2],
    },
    /// Another root of the log at this size.
    Root {
        size: u64,
        /// The root seen before, and this one.
        roots: [Digest; 2],
    },
}

/// A tree while it is computed again.
#[derive(Default)]
struct Tree(HashMap<Node, Digest>);

impl Nodes for Tree {
    type Error = Infallible;

    /// Only nodes are asked for that grew before; an absent one would give a root that fits nothing.
    fn hash_at(&self, node: Node) -> Result<Digest, Infallible> {
        Ok(self.0.get(&node).copied().unwrap_or_else(merkle::empty_root))
    }
}

impl LogBook {
    /// Takes note of a receipt that holds, and says what it contradicts.
    pub(super) fn enter(&mut self, receipt: &Receipt) -> Vec<Contradiction> {
        self.leaf(&receipt.received().leaf(), receipt.index(), receipt.checkpoint())
    }

    /// Takes note of a leaf that is proved to stand in the log, and says what it contradicts.
    pub(super) fn leaf(&mut self, leaf: &[u8], index: u64, checkpoint: &Checkpoint) -> Vec<Contradiction> {
        let origin = checkpoint.origin();
        let leaf = merkle::leaf_hash(leaf);
        let before = *self.leaves.entry((origin.to_owned(), index)).or_insert(leaf);
        let other_leaf = (before != leaf).then_some(Contradiction::Leaf { index, hashes: [before, leaf] });
        other_leaf.into_iter().chain(self.enter_root(checkpoint)).collect()
    }

    /// Takes note of a checkpoint that holds, and says what it contradicts.
    pub(super) fn enter_root(&mut self, checkpoint: &Checkpoint) -> Option<Contradiction> {
        let (size, root) = (checkpoint.size(), checkpoint.root());
        let before = *self.roots.entry((checkpoint.origin().to_owned(), size)).or_insert(root);
        (before != root).then_some(Contradiction::Root { size, roots: [before, root] })
    }

    /// The root over the first `size` leaves of a log; `None` when not all of them were seen.
    pub(super) fn root(&self, origin: &str, size: u64) -> Option<Digest> {
        let mut tree = Tree::default();
        for index in 0..size {
            let leaf = self.leaves.get(&(origin.to_owned(), index))?;
            let Ok(grown) = merkle::grow(&tree, index, *leaf);
            tree.0.extend(grown);
        }
        let Ok(root) = merkle::root(&tree, size);
        Some(root)
    }
}
