//! Parcels: what has no receipt yet, in one file that any machine can carry to central, and the receipts on their way back.
//!
//! In scope: packing at the station, the carrier's satchel, delivering out of it, taking receipts in.
//! Not here: trust. Every item proves itself by its signatures and digests, whoever carried it.
//!
//! A parcel is a tar archive (POSIX.1-2017, `ustar`): first `parcel.json`, the label, then the items. A parcel of receipts has
//! the same label. Anything may be missing, come twice or come in another order: every item stands for itself.

mod archive;
mod deliver;
mod label;
mod pack;
mod piece;
mod receipts;
mod satchel;

pub use archive::{Fault, ParcelError, Spoiled, Unpacked};
pub use deliver::{Delivered, Fate, deliver};
pub use label::Label;
pub use pack::{Packing, Scope};
pub use receipts::{TakeInError, TakenIn, take_in};
pub use satchel::{Consignment, Satchel, SatchelError};
