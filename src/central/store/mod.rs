//! Where central keeps what it received: two traits, and for each an implementer in memory and one on disk.
//!
//! In scope: facts, the ledger that keeps them, the photos. Insert only.
//! Not here: whether something is accepted (`super::accept`), what the numbers add up to (`super::recap`).

mod fact;
mod ledger;
mod memory;
mod photos;
mod sqlite;
mod sqlite_read;
mod sqlite_write;

pub use fact::{Accredited, Act, ActKind, Carried, Diverged, Fact, IssuedHash, Leaf, Logged};
pub use ledger::{FiledRow, Ledger, LedgerError};
pub use memory::{MemoryLedger, MemoryPhotos};
pub use photos::{OpenPhoto, Photos};
pub use sqlite::{OpenLedgerError, SqliteLedger};
