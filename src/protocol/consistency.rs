//! Consistency proofs: that a later state of the log begins with the whole of an earlier one (RFC 6962, section 2.1.2).

use super::merkle::{Nodes, empty_root, node_hash, range_hash, split};
use crate::digest::Digest;

/// The proof that the tree of `new` leaves begins with the tree of `old` leaves.
///
/// # Errors
/// The store's. `old` must not be above `new`; otherwise the proof is empty and proves nothing.
pub fn consistency<N: Nodes>(nodes: &N, old: u64, new: u64) -> Result<Vec<Digest>, N::Error> {
    let (mut low, mut high) = (0, new);
    let mut proof = Vec::new();
    if old == 0 || old >= new {
        return Ok(proof);
    }
    // SUBPROOF of the RFC, with `low..high` for D[n] and `old` counted from 0: it ends where the old tree ends.
    while old < high {
        let middle = low + split(high - low);
        if old <= middle {
            proof.push(range_hash(nodes, middle, high)?);
            high = middle;
        } else {
            proof.push(range_hash(nodes, low, middle)?);
            low = middle;
        }
    }
    // The subtree at the end of the old tree is the old tree itself, known to the reader, or it has to be named.
    if low > 0 {
        proof.push(range_hash(nodes, low, high)?);
    }
    proof.reverse();
    Ok(proof)
}

/// One state of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Leaves.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
}

/// Whether `proof` shows that `new` begins with the whole of `old`.
///
/// RFC 9162, section 2.1.4.2.
#[must_use]
pub fn is_consistent(old: Head, new: Head, proof: &[Digest]) -> bool {
    if old.size > new.size {
        return false;
    }
    if old.size == new.size || old.size == 0 {
        let same = old.size == 0 && old.root == empty_root() || old == new;
        return same && proof.is_empty();
    }
    let whole = old.size.is_power_of_two().then_some(&old.root);
    let mut path = whole.into_iter().chain(proof);
    let Some(first) = path.next().filter(|_| !proof.is_empty()) else { return false };
    let (mut place, mut last) = (old.size - 1, new.size - 1);
    while place % 2 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut old_root, mut new_root) = (*first, *first);
    for hash in path {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            old_root = node_hash(hash, &old_root);
            new_root = node_hash(hash, &new_root);
            while place % 2 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            new_root = node_hash(&new_root, hash);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && old_root == old.root && new_root == new.root
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::convert::Infallible;

    use super::super::merkle::{Node, grow, leaf_hash, root};
    use super::*;

    struct Memory(HashMap<Node, Digest>);

    impl Nodes for Memory {
        type Error = Infallible;

        fn hash_at(&self, node: Node) -> Result<Digest, Infallible> {
            Ok(*self.0.get(&node).unwrap_or_else(|| panic!("{node:?} is not complete")))
        }
    }

    /// A log of `size` leaves; the leaf at `other` is another.
    fn log(size: u64, other: Option<u64>) -> Memory {
        let mut memory = Memory(HashMap::new());
        for index in 0..size {
            let leaf = if other == Some(index) { leaf_hash(b"other") } else { leaf_hash(&index.to_be_bytes()) };
            let Ok(grown) = grow(&memory, index, leaf);
            memory.0.extend(grown);
        }
        memory
    }

    fn head(log: &Memory, size: u64) -> Head {
        let Ok(root) = root(log, size);
        Head { size, root }
    }

    #[test]
    fn every_state_is_shown_to_continue_every_earlier_one() {
        let log = log(40, None);
        for new in 0..=40 {
            for old in 0..=new {
                let Ok(proof) = consistency(&log, old, new);
                let (old, new) = (head(&log, old), head(&log, new));
                assert!(is_consistent(old, new, &proof), "{} in {}", old.size, new.size);
                let mut longer = proof.clone();
                longer.push(old.root);
                assert!(!is_consistent(old, new, &longer), "{} in {}, longer", old.size, new.size);
                if !proof.is_empty() {
                    assert!(!is_consistent(old, new, &proof[1..]), "{} in {}, shorter", old.size, new.size);
                    assert!(!is_consistent(Head { root: new.root, ..old }, new, &proof), "another old root");
                    assert!(!is_consistent(old, Head { root: old.root, ..new }, &proof), "another new root");
                }
            }
        }
    }

    #[test]
    fn no_proof_makes_a_changed_log_consistent() {
        let honest = log(33, None);
        for other in 0..20 {
            let forked = log(33, Some(other));
            for new in 20..=33 {
                let (old, new) = (head(&honest, 20), head(&forked, new));
                for from in [&honest, &forked] {
                    let Ok(proof) = consistency(from, 20, new.size);
                    assert!(!is_consistent(old, new, &proof), "leaf {other}, size {}", new.size);
                }
            }
        }
    }

    #[test]
    fn a_log_never_shrinks() {
        let log = log(9, None);
        let Ok(proof) = consistency(&log, 5, 9);
        assert!(!is_consistent(head(&log, 9), head(&log, 5), &proof));
        assert!(!is_consistent(head(&log, 9), head(&log, 5), &[]));
    }
}
