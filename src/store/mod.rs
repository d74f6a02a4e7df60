//! The station's SQLite: an insert-only ledger of entries, and the outbox of what is not yet received.
//!
//! In scope: schema, append with its outbox items in one transaction, attempts and outcomes, backup.
//! Not here: what an entry says (`protocol`), photo bytes (`photo`), when to send (`sync`).

mod attempt;
mod backup;
mod column;
mod connect;
pub mod durable;
mod error;
mod founding;
mod ledger;
mod migrate;
mod outbox;
mod outcome;
mod people;
mod upload;

pub use attempt::{Attempt, AttemptId};
pub use error::{Doing, StoreError, Unsound};
pub use founding::Founding;
pub use ledger::Ledger;
pub use outbox::{Delivery, Last, Pending};
pub use outcome::{NotAKind, Outcome, OutcomeKind};
pub use people::PinTry;
