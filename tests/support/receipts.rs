//! Receipts of the test central, each from a log that holds one leaf.

use plano::clock::Timestamp;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::receipt::{self, Item, Received};
use plano::protocol::{key::PrivateKey, merkle};

use super::election;

/// Central's receipt for `item`.
pub(crate) fn receipt(item: Item, at: Timestamp) -> Vec<u8> {
    signed_by(&election::central(), item, at)
}

/// A receipt for `item` signed by anyone.
pub(crate) fn signed_by(key: &PrivateKey, item: Item, at: Timestamp) -> Vec<u8> {
    let leaf = Received { item, at }.leaf();
    let checkpoint = Checkpoint::sign(1, merkle::leaf_hash(&leaf), key).expect("a checkpoint");
    receipt::write(&leaf, 0, &[], &checkpoint)
}
