//! Receipts that come back beside the network: believed by the same key and the same proof as those from the wire.

use std::io::Read;

use super::archive::{Fault, ParcelError, Unpacked, read};
use super::piece::Piece;
use crate::clock::Timestamp;
use crate::protocol::receipt::{Item, Receipt};
use crate::store::{Ledger, Outcome, StoreError};

/// What a parcel of receipts brought.
#[derive(Debug)]
pub struct TakenIn {
    /// Items that are receipted now and were not before.
    pub new: Vec<Item>,
    /// The parcel, with what in it was not taken.
    pub parcel: Unpacked,
}

/// Why receipts cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum TakeInError {
    /// The parcel.
    #[error(transparent)]
    Parcel(#[from] ParcelError),
    /// The ledger.
    #[error("keeping a receipt")]
    Store(#[from] StoreError),
}

/// Takes the receipts of a parcel in. Each is a try of its own in the record of attempts, with the receipt as its outcome.
///
/// # Errors
/// [`TakeInError`]. A receipt that does not hold is no error, see [`Unpacked::spoiled`].
pub fn take_in(ledger: &Ledger, parcel: impl Read, now: Timestamp) -> Result<TakenIn, TakeInError> {
    let central = &ledger.founding().central;
    let mut open: Vec<Item> = ledger.pending()?.into_iter().map(|pending| pending.item).collect();
    let held: Vec<Item> = ledger.receipts()?.into_iter().map(|(item, _)| item).collect();
    let mut new = Vec::new();
    let parcel = read(
        parcel,
        |_| Ok(()),
        |piece, receipt| {
            if !matches!(piece, Piece::Receipt(_)) {
                return Ok(Err(Fault::Stranger));
            }
            let item = match Receipt::verify(&receipt, central) {
                Ok(known) => known.received().item,
                Err(error) => return Ok(Err(Fault::Receipt(error))),
            };
            if held.contains(&item) || new.contains(&item) {
                return Ok(Ok(()));
            }
            let Some(at) = open.iter().position(|pending| *pending == item) else {
                return Ok(Err(Fault::NotOurs));
            };
            let attempt = ledger.begin(&item, now)?;
            ledger.finish(attempt, now, &Outcome::Stored { receipt })?;
            new.push(open.swap_remove(at));
            Ok::<_, TakeInError>(Ok(()))
        },
    )?;
    Ok(TakenIn { new, parcel })
}
