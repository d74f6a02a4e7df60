//! The ledger: keeps facts, gives them back.

use super::fact::{Act, Fact, IssuedHash, Leaf};
use crate::central::filed::Filed;
use crate::digest::Digest;
use crate::protocol::ids::{Seq, Slot, StationId};
use crate::protocol::merkle::Node;
use crate::protocol::receipt::Item;

/// Why the ledger could not keep or give something.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The facts were not written; none of them.
    #[error("writing {facts} facts to the ledger")]
    Commit {
        /// How many.
        facts: usize,
        /// What the store said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something could not be read.
    #[error("reading {what} from the ledger")]
    Read {
        /// What.
        what: &'static str,
        /// What the store said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something that was written is not there, or not as it was written: the store is damaged.
    #[error("the ledger is damaged: {what} is not as it was written")]
    Damaged {
        /// What.
        what: String,
    },
}

/// A filed finding and its place in the order in which findings were filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledRow {
    /// Its number, from 1.
    pub id: u64,
    /// The finding.
    pub filed: Filed,
}

/// Keeps facts, insert only. One program writes at a time.
pub trait Ledger: Send {
    /// Another way to what this ledger holds, for a thread that only reads. What is committed here is seen there from
    /// the moment when [`Ledger::commit`] has returned, without waiting for whoever writes.
    ///
    /// # Errors
    /// [`LedgerError::Read`].
    fn reader(&self) -> Result<Box<dyn Ledger>, LedgerError>;

    /// Writes all `facts` or none. **Durable when it returns.**
    ///
    /// # Errors
    /// [`LedgerError::Commit`]; nothing was written then, or the caller cannot know and has to read again.
    fn commit(&mut self, facts: &[Fact]) -> Result<(), LedgerError>;

    /// Gives every fact that says where things stand, in an order in which it could have been written: refused codes,
    /// accreditations, entries by station and position, other histories, carried results, annotations, leaves by index. Codes, nodes,
    /// checkpoints, acts and filed findings are left out: they are looked up.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn replay(&self, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError>;

    /// The newest code of an officer. It may have been issued by another program a moment ago.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn issued(&self, station: StationId, slot: Slot) -> Result<Option<IssuedHash>, LedgerError>;

    /// The exact bytes of an accepted entry.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn entry(&self, station: StationId, seq: Seq) -> Result<Option<Vec<u8>>, LedgerError>;

    /// Where in the log an item stands.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn place(&self, item: &Item) -> Result<Option<u64>, LedgerError>;

    /// The leaf at `index`.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn leaf(&self, index: u64) -> Result<Option<Leaf>, LedgerError>;

    /// The hash of a complete subtree.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when it is not there.
    fn node(&self, node: Node) -> Result<Digest, LedgerError>;

    /// The first checkpoint whose size is above `index`: exact bytes.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn covering(&self, index: u64) -> Result<Option<Vec<u8>>, LedgerError>;

    /// The exact bytes of a station's entries of other histories, in the order in which they came.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn diverged(&self, station: StationId) -> Result<Vec<Vec<u8>>, LedgerError>;

    /// All findings filed about a station, by position.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn filed(&self, station: StationId) -> Result<Vec<Filed>, LedgerError>;

    /// The newest findings of all stations with a number below `before`, at most `most` of them, the newest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn filed_before(&self, before: u64, most: usize) -> Result<Vec<FiledRow>, LedgerError>;

    /// The newest acts of operators, at most `most` of them, the newest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    fn acts(&self, most: usize) -> Result<Vec<Act>, LedgerError>;
}
