//! A log in memory that shows whatever a test wants shown: shorter, forked, or with tiles that are not its own.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Mutex;

use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::merkle::{Node, Nodes, grow, leaf_hash, root};
use plano::protocol::tile::Tile;
use plano::protocol::wire::{Problem, ProblemKind};
use plano::sync::http::Denial;
use plano::sync::{Later, Trouble};
use plano::witness::PublishedLog;

use super::election;

/// Leaves, and what was handed in.
#[derive(Default)]
pub(crate) struct FakeLog {
    nodes: HashMap<Node, Digest>,
    size: u64,
    /// Cosigned checkpoints in the order in which they came.
    pub(crate) handed_in: Mutex<Vec<Vec<u8>>>,
    /// Whether handing in fails.
    deaf: bool,
    /// Serves the tiles of this log instead of its own.
    tiles_of: Option<Box<FakeLog>>,
}

impl Nodes for FakeLog {
    type Error = Infallible;

    fn hash_at(&self, node: Node) -> Result<Digest, Infallible> {
        Ok(self.nodes[&node])
    }
}

impl FakeLog {
    /// A log of `size` leaves; from the leaf `other` on they are those of another history.
    pub(crate) fn new(size: u64, other: u64) -> Self {
        let mut log = Self::default();
        for index in 0..size {
            let history = if index < other { "one" } else { "other" };
            let Ok(grown) = grow(&log, index, leaf_hash(format!("{history} {index}").as_bytes()));
            log.nodes.extend(grown);
        }
        Self { size, ..log }
    }

    /// The same log, and handing in fails.
    pub(crate) fn deaf(self) -> Self {
        Self { deaf: true, ..self }
    }

    /// The same log with the tiles of another.
    pub(crate) fn with_tiles_of(self, other: Self) -> Self {
        Self { tiles_of: Some(Box::new(other)), ..self }
    }

    /// The newest signed checkpoint.
    pub(crate) fn signed(&self) -> Checkpoint {
        let Ok(root) = root(self, self.size);
        Checkpoint::sign(self.size, root, &election::central()).expect("signs")
    }

    fn bytes(&self, tile: Tile) -> Option<Vec<u8>> {
        let first = tile.first().filter(|_| tile.is_within(self.size))?;
        let node = |index| Node { level: tile.height(), index };
        Some((first..first + tile.width).flat_map(|index| *self.nodes[&node(index)].as_bytes()).collect())
    }
}

impl PublishedLog for FakeLog {
    async fn checkpoint(&self) -> Result<Option<Vec<u8>>, Denial> {
        Ok((self.size > 0).then(|| self.signed().note().bytes().to_vec()))
    }

    async fn tile(&self, tile: Tile) -> Result<Vec<u8>, Denial> {
        let missing = || Denial::Problem(Box::new(Problem::new(ProblemKind::Unknown, tile.to_string())));
        self.tiles_of.as_deref().unwrap_or(self).bytes(tile).ok_or_else(missing)
    }

    async fn hand_in(&self, cosigned: Vec<u8>) -> Result<(), Denial> {
        if self.deaf {
            return Err(Denial::Later(Later::new(Trouble::Cut, "the answer was lost")));
        }
        self.handed_in.lock().expect("nobody panicked").push(cosigned);
        Ok(())
    }
}
