//! Tiles that came from a log, as the nodes of its tree: what is not here yet is named, so that it can be fetched.

use std::collections::BTreeMap;

use super::merkle::{Node, Nodes, node_hash};
use super::tile::{Tile, TileKind, WIDTH};
use crate::digest::Digest;

/// The length of a hash in bytes.
const HASH: u64 = 32;

/// Tiles of hashes of a log of one size.
#[derive(Debug, Clone)]
pub struct TileSet {
    size: u64,
    tiles: BTreeMap<(u8, u64), (Tile, Vec<u8>)>,
}

/// A tile that has to be fetched first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is needed")]
pub struct Needed(pub Tile);

/// The bytes of a tile have another length than its hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{tile} came with {found} bytes, and its hashes have {}", tile.width * HASH)]
pub struct OtherLength {
    /// Which.
    pub tile: Tile,
    /// How many bytes came.
    pub found: usize,
}

impl TileSet {
    /// No tiles yet, of a log of `size` leaves.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self { size, tiles: BTreeMap::new() }
    }

    /// Takes a tile in that was [`Needed`].
    ///
    /// # Errors
    /// [`OtherLength`].
    pub fn insert(&mut self, tile: Tile, bytes: Vec<u8>) -> Result<(), OtherLength> {
        if bytes.len() as u64 != tile.width * HASH {
            return Err(OtherLength { tile, found: bytes.len() });
        }
        if let TileKind::Hashes { level } = tile.kind {
            self.tiles.insert((level, tile.index), (tile, bytes));
        }
        Ok(())
    }

    /// All tiles with their bytes.
    pub fn tiles(&self) -> impl Iterator<Item = (Tile, &[u8])> {
        self.tiles.values().map(|(tile, bytes)| (*tile, bytes.as_slice()))
    }
}

impl Nodes for TileSet {
    type Error = Needed;

    /// The hash of a complete subtree, computed from the tile that holds its lowest kept level.
    fn hash_at(&self, node: Node) -> Result<Digest, Needed> {
        let (level, above) = (node.level / 8, node.level % 8);
        let first = node.index << above;
        let index = first / WIDTH;
        let width = WIDTH.min((self.size >> (8 * level)).saturating_sub(index * WIDTH));
        let tile = Tile { kind: TileKind::Hashes { level }, index, width };
        let (_, bytes) = self.tiles.get(&(level, index)).ok_or(Needed(tile))?;
        let skip = usize::try_from(first % WIDTH).unwrap_or_default();
        let hashes = bytes.as_chunks::<32>().0.iter().copied().map(Digest::from_bytes);
        let mut row: Vec<Digest> = hashes.skip(skip).take(1 << above).collect();
        while row.len() > 1 {
            row = row.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
        }
        row.pop().ok_or(Needed(tile))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::convert::Infallible;

    use super::super::merkle::{grow, leaf_hash, root};
    use super::*;

    struct Memory(HashMap<Node, Digest>);

    impl Nodes for Memory {
        type Error = Infallible;

        fn hash_at(&self, node: Node) -> Result<Digest, Infallible> {
            Ok(self.0[&node])
        }
    }

    fn log(size: u64) -> Memory {
        let mut memory = Memory(HashMap::new());
        for index in 0..size {
            let Ok(grown) = grow(&memory, index, leaf_hash(&index.to_be_bytes()));
            memory.0.extend(grown);
        }
        memory
    }

    fn bytes(log: &Memory, tile: Tile) -> Vec<u8> {
        let first = tile.first().expect("in range");
        let node = |index| Node { level: tile.height(), index };
        (first..first + tile.width).flat_map(|index| *log.0[&node(index)].as_bytes()).collect()
    }

    /// Fetches what is needed until it is enough; says which tiles that were.
    fn fetched(log: &Memory, tiles: &mut TileSet, size: u64) -> Digest {
        loop {
            match root(tiles, size) {
                Ok(root) => return root,
                Err(Needed(tile)) => tiles.insert(tile, bytes(log, tile)).expect("the right length"),
            }
        }
    }

    #[test]
    fn the_roots_of_a_log_come_out_of_its_tiles() {
        let log = log(1_000);
        for size in [1, 2, 3, 255, 256, 257, 511, 512, 700, 1_000] {
            let mut tiles = TileSet::new(size);
            let Ok(expected) = root(&log, size);
            assert_eq!(fetched(&log, &mut tiles, size), expected, "{size}");
            assert!(tiles.tiles().all(|(tile, _)| tile.is_within(size)), "{size}");
        }
    }

    #[test]
    fn an_old_root_needs_few_tiles_of_a_long_log() {
        let log = log(1_000);
        let mut tiles = TileSet::new(1_000);
        let Ok(expected) = root(&log, 600);
        assert_eq!(fetched(&log, &mut tiles, 600), expected);
        let names: Vec<_> = tiles.tiles().map(|(tile, _)| tile.to_string()).collect();
        assert_eq!(names, ["tile/0/002", "tile/1/000.p/3"]);
    }

    #[test]
    fn a_tile_of_another_length_is_refused() {
        let mut tiles = TileSet::new(3);
        let tile: Tile = "tile/0/000.p/3".parse().expect("a tile");
        assert_eq!(tiles.insert(tile, vec![0; 95]), Err(OtherLength { tile, found: 95 }));
        assert_eq!(root(&tiles, 3), Err(Needed(tile)));
    }
}
