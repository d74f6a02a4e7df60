//! The log as tiles, put together from the leaves and nodes of the ledger.

use super::keeper::Central;
use super::refusal::Refusal;
use super::store::LedgerError;
use crate::protocol::merkle::Node;
use crate::protocol::tile::{Tile, TileKind};

impl Central {
    /// The bytes of a tile. They never change: whoever has it may keep it for ever.
    ///
    /// # Errors
    /// [`Refusal::NotHere`] while the log has not grown so far, [`Refusal::Central`].
    pub fn tile(&self, tile: &Tile) -> Result<Vec<u8>, Refusal> {
        let missing = || Refusal::NotHere(tile.to_string());
        let first = tile.first().filter(|_| tile.is_within(self.index.log_size())).ok_or_else(missing)?;
        let held = (first..first + tile.width).map(|index| match tile.kind {
            TileKind::Hashes { .. } => self.hash_of(Node { level: tile.height(), index }),
            TileKind::Entries => self.leaf_with_length(index),
        });
        let parts: Result<Vec<Vec<u8>>, LedgerError> = held.collect();
        Ok(parts.map_err(super::read::broken)?.concat())
    }

    fn hash_of(&self, node: Node) -> Result<Vec<u8>, LedgerError> {
        self.ledger.node(node).map(|hash| hash.as_bytes().to_vec())
    }

    fn leaf_with_length(&self, index: u64) -> Result<Vec<u8>, LedgerError> {
        let damaged = || LedgerError::Damaged { what: format!("leaf {index}") };
        let leaf = self.ledger.leaf(index)?.ok_or_else(damaged)?;
        let length = u16::try_from(leaf.bytes.len()).map_err(|_| damaged())?;
        Ok([&length.to_be_bytes()[..], &leaf.bytes].concat())
    }
}
