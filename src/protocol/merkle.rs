//! The Merkle tree of the log: RFC 6962 (section 2.1) hashing, roots and inclusion proofs.
//!
//! Only complete subtrees are kept, each by level and index, so a log on disk adds at most two nodes a leaf on average and
//! answers a proof with about log₂ n look-ups.

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;

/// Place of a complete subtree: it covers the leaves `index·2^level .. (index+1)·2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// 0 for a leaf.
    pub level: u8,
    /// Counted from the left, from 0.
    pub index: u64,
}

impl Node {
    /// Its place, from 0, in the order in which a log that grows leaf by leaf completes its subtrees: as [`grow`] gives them.
    /// The same order as `StoredHashIndex` of Go's `sumdb/tlog`.
    #[must_use]
    pub const fn place(self) -> u64 {
        // A log of n leaves has 2n − (ones in n) complete subtrees. The last leaf under this node completes the leaf itself,
        // then one subtree on each level up to this one.
        let before = ((self.index + 1) << self.level) - 1;
        2 * before - before.count_ones() as u64 + self.level as u64
    }
}

/// Where the hashes of complete subtrees are kept.
pub trait Nodes {
    /// What reading a node may fail with.
    type Error;

    /// The hash at `node`, which is complete.
    ///
    /// # Errors
    /// The store's own.
    fn hash_at(&self, node: Node) -> Result<Digest, Self::Error>;
}

/// Hash of a leaf: `SHA-256(0x00 ‖ record)`.
#[must_use]
pub fn leaf_hash(record: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(record);
    Digest::from_bytes(hasher.finalize().into())
}

/// Hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
#[must_use]
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left.as_bytes());
    hasher.update(right.as_bytes());
    Digest::from_bytes(hasher.finalize().into())
}

/// The root of a log without entries: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Digest {
    Digest::of(b"")
}

/// The nodes that become complete when `leaf` is appended to a tree of `size` leaves; the leaf itself is the first.
///
/// # Errors
/// The store's, when a left neighbour cannot be read.
pub fn grow<N: Nodes>(nodes: &N, size: u64, leaf: Digest) -> Result<Vec<(Node, Digest)>, N::Error> {
    let mut node = Node { level: 0, index: size };
    let mut hash = leaf;
    let mut grown = vec![(node, hash)];
    while node.index % 2 == 1 {
        let left = nodes.hash_at(Node { level: node.level, index: node.index - 1 })?;
        hash = node_hash(&left, &hash);
        node = Node { level: node.level + 1, index: node.index / 2 };
        grown.push((node, hash));
    }
    Ok(grown)
}

/// The root over the first `size` leaves.
///
/// # Errors
/// The store's.
pub fn root<N: Nodes>(nodes: &N, size: u64) -> Result<Digest, N::Error> {
    if size == 0 { Ok(empty_root()) } else { range_hash(nodes, 0, size) }
}

/// The inclusion proof of leaf `index` in the tree of `size` leaves, from the leaf upwards.
///
/// # Errors
/// The store's. `index` must be below `size`; otherwise the proof is empty and proves nothing.
pub fn inclusion<N: Nodes>(nodes: &N, index: u64, size: u64) -> Result<Vec<Digest>, N::Error> {
    let (mut low, mut high) = (0, size);
    let mut path = Vec::new();
    while index < size && high - low > 1 {
        let middle = low + split(high - low);
        let (other_low, other_high) = if index < middle { (middle, high) } else { (low, middle) };
        path.push(range_hash(nodes, other_low, other_high)?);
        if index < middle {
            high = middle;
        } else {
            low = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The root that `proof` leads to from the leaf `index` of a tree of `size` leaves; `None` when its length cannot be right.
///
/// RFC 9162, section 2.1.3.2.
#[must_use]
pub fn root_by_inclusion(leaf: Digest, index: u64, size: u64, proof: &[Digest]) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in proof {
        if last == 0 {
            return None;
        }
        if place % 2 == 1 || place == last {
            hash = node_hash(sibling, &hash);
            while place % 2 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

/// The largest power of two below `width`, which is at least 2.
pub(super) const fn split(width: u64) -> u64 {
    1 << (u64::BITS - 1 - (width - 1).leading_zeros())
}

/// Hash over the leaves `low..high`, a range that the RFC's recursion visits: `low` is a multiple of its first part.
pub(super) fn range_hash<N: Nodes>(nodes: &N, low: u64, high: u64) -> Result<Digest, N::Error> {
    let width = high - low;
    if width.is_power_of_two() {
        let level = width.trailing_zeros();
        return nodes.hash_at(Node { level: u8::try_from(level).unwrap_or(u8::MAX), index: low >> level });
    }
    let middle = low + split(width);
    Ok(node_hash(&range_hash(nodes, low, middle)?, &range_hash(nodes, middle, high)?))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::convert::Infallible;

    use super::*;

    #[derive(Default)]
    struct Memory(HashMap<Node, Digest>);

    impl Nodes for Memory {
        type Error = Infallible;

        fn hash_at(&self, node: Node) -> Result<Digest, Infallible> {
            Ok(*self.0.get(&node).unwrap_or_else(|| panic!("{node:?} is not complete")))
        }
    }

    fn tree(size: u64) -> Memory {
        let mut memory = Memory::default();
        for index in 0..size {
            let Ok(grown) = grow(&memory, index, leaf_hash(&index.to_be_bytes()));
            memory.0.extend(grown);
        }
        memory
    }

    #[test]
    fn places_are_the_order_of_growth() {
        let (memory, mut place) = (tree(70), 0);
        for index in 0..70_u64 {
            let Ok(grown) = grow(&memory, index, leaf_hash(&index.to_be_bytes()));
            for (node, _) in grown {
                assert_eq!(node.place(), place, "{node:?}");
                place += 1;
            }
        }
    }

    /// RFC 6962 by its own recursive words, as the yardstick.
    fn by_definition(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => empty_root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn roots_are_those_of_the_definition() {
        let memory = tree(70);
        let leaves: Vec<_> = (0..70_u64).map(|index| leaf_hash(&index.to_be_bytes())).collect();
        for size in 0..=70_usize {
            assert_eq!(root(&memory, size as u64), Ok(by_definition(&leaves[..size])), "{size}");
        }
    }

    #[test]
    fn every_leaf_of_every_size_is_proved_and_no_other() {
        let memory = tree(40);
        for size in 1..=40_u64 {
            let Ok(top) = root(&memory, size);
            for index in 0..size {
                let Ok(proof) = inclusion(&memory, index, size);
                let leaf = leaf_hash(&index.to_be_bytes());
                assert_eq!(root_by_inclusion(leaf, index, size, &proof), Some(top));
                assert_ne!(root_by_inclusion(leaf_hash(b"else"), index, size, &proof), Some(top));
                let mut longer = proof.clone();
                longer.push(leaf);
                assert_ne!(root_by_inclusion(leaf, index, size, &longer), Some(top));
                if !proof.is_empty() {
                    assert_ne!(root_by_inclusion(leaf, index, size, &proof[1..]), Some(top));
                }
            }
        }
    }
}
