//! All that central has signed about its log, across both bundles: one log cannot say two things.

use std::collections::HashMap;

use crate::digest::Digest;
use crate::protocol::merkle;
use crate::protocol::receipt::Receipt;

/// Leaves and roots seen so far, per log.
#[derive(Debug, Default)]
pub(super) struct LogBook {
    leaves: HashMap<(String, u64), Digest>,
    roots: HashMap<(String, u64), Digest>,
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

impl LogBook {
    /// Takes note of a receipt that holds, and says what it contradicts.
    pub(super) fn enter(&mut self, receipt: &Receipt) -> Vec<Contradiction> {
        let checkpoint = receipt.checkpoint();
        let origin = checkpoint.origin();
        let (index, size) = (receipt.index(), checkpoint.size());
        let leaf = merkle::leaf_hash(&receipt.received().leaf());
        let before = *self.leaves.entry((origin.to_owned(), index)).or_insert(leaf);
        let other_leaf = (before != leaf).then_some(Contradiction::Leaf { index, hashes: [before, leaf] });
        let root = checkpoint.root();
        let before = *self.roots.entry((origin.to_owned(), size)).or_insert(root);
        let other_root = (before != root).then_some(Contradiction::Root { size, roots: [before, root] });
        other_leaf.into_iter().chain(other_root).collect()
    }
}
