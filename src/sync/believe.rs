//! Whether a receipt may be believed. Pure; nothing counts as stored that has not passed here.

use super::answer::{Answer, Later};
use super::trouble::Trouble;
use crate::protocol::key::PublicKey;
use crate::protocol::receipt::{Item, Receipt, ReceiptError};

/// The answer once its receipt has been checked: [`Answer::Stored`] stays only when the bytes are a receipt that the key
/// `central` signed, whose proof holds, and that names exactly `item`. Everything else becomes *later*.
#[must_use]
pub fn believe(answer: Answer, item: &Item, central: &PublicKey) -> Answer {
    let Answer::Stored(bytes) = answer else { return answer };
    match Receipt::verify(&bytes, central).and_then(|receipt| receipt.covers(item)) {
        Ok(()) => Answer::Stored(bytes),
        Err(error) => Answer::Later(Later::new(kind(&error), in_full(&error))),
    }
}

/// What does not even begin like a receipt was not said by central.
const fn kind(error: &ReceiptError) -> Trouble {
    match error {
        ReceiptError::Magic => Trouble::Portal,
        ReceiptError::OtherItem(_) => Trouble::WrongReceipt,
        ReceiptError::Line { .. } | ReceiptError::Leaf | ReceiptError::Checkpoint(_) | ReceiptError::NotIncluded => {
            Trouble::BadReceipt
        }
    }
}

/// An error and its causes on one line.
pub(super) fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let next_text = next.to_string();
        // Some libraries repeat the cause in their own text.
        if !text.contains(&next_text) {
            text = format!("{text}: {next_text}");
        }
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::protocol::checkpoint::Checkpoint;
    use crate::protocol::ids::Seq;
    use crate::protocol::key::PrivateKey;
    use crate::protocol::merkle::leaf_hash;
    use crate::protocol::receipt::{self, Received, What};

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::from_seed("central.example/test", &[seed; 32]).expect("a key")
    }

    fn item(bytes: &[u8]) -> Item {
        let station = "35.74.03.1001-001".parse().expect("station");
        Item { station, what: What::Entry(Seq::FIRST), digest: Digest::of(bytes) }
    }

    fn receipt(of: Item, by: &PrivateKey) -> Vec<u8> {
        let at = "2024-11-27T13:58:02.114Z".parse().expect("moment");
        let leaf = Received { item: of, at }.leaf();
        receipt::write(&leaf, 0, &[], &Checkpoint::sign(1, leaf_hash(&leaf), by).expect("signs"))
    }

    #[test]
    fn only_centrals_receipt_of_the_very_item_is_believed() {
        let good = receipt(item(b"entry"), &key(1));
        for (bytes, trouble) in [
            (good.clone(), None),
            (receipt(item(b"other"), &key(1)), Some(Trouble::WrongReceipt)),
            (receipt(item(b"entry"), &key(2)), Some(Trouble::BadReceipt)),
            (good[..good.len() - 3].to_vec(), Some(Trouble::BadReceipt)),
            (b"<!doctype html><title>Welcome</title>".to_vec(), Some(Trouble::Portal)),
            (Vec::new(), Some(Trouble::Portal)),
        ] {
            match believe(Answer::Stored(bytes.clone()), &item(b"entry"), &key(1).public()) {
                Answer::Stored(kept) => assert_eq!((kept, trouble), (bytes, None)),
                Answer::Later(later) => assert_eq!(Some(later.trouble), trouble, "{later}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
