//! Tiles of the log ([C2SP tlog-tiles](https://c2sp.org/tlog-tiles)): the whole log as files that never change, so that a
//! plain web server or a cache can hand it to everybody.
//!
//! A tile is 256 hashes of one height of the tree, or the 256 leaves below them; the last one may have fewer.

use std::fmt;
use std::str::FromStr;

/// Hashes or leaves of a full tile.
pub const WIDTH: u64 = 256;
/// Heights of the tree from one level of tiles to the next: 2⁸ = [`WIDTH`].
const HEIGHT: u8 = 8;
/// The highest level a tile of a log of 2⁶⁴ leaves can have.
const TOP: u8 = 7;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TileKind {
    /// Hashes of complete subtrees of height `8 · level`, 32 bytes each.
    Hashes {
        /// From 0, whose hashes are those of the leaves.
        level: u8,
    },
    /// The leaves themselves, each after its length as 16 bits, big-endian.
    Entries,
}

/// One tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// What it holds.
    pub kind: TileKind,
    /// Its place from the left, from 0.
    pub index: u64,
    /// How many it holds, from 1 to [`WIDTH`].
    pub width: u64,
}

/// Not the path of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tile's address is tile/<level>/<index>, or tile/entries/<index>, with .p/<width> for one that is not full")]
pub struct NotATile;

impl Tile {
    /// The first hash or leaf that it holds, counted at its own level. `None` beyond what a log can have.
    #[must_use]
    pub const fn first(&self) -> Option<u64> {
        self.index.checked_mul(WIDTH)
    }

    /// The height in the tree of what it holds, 0 for leaves.
    #[must_use]
    pub const fn height(&self) -> u8 {
        match self.kind {
            TileKind::Hashes { level } => level * HEIGHT,
            TileKind::Entries => 0,
        }
    }

    /// Whether a log of `size` leaves has it. Every width up to the whole was a tile of the log at some size.
    #[must_use]
    pub fn is_within(&self, size: u64) -> bool {
        let end = self.first().and_then(|first| first.checked_add(self.width));
        end.is_some_and(|end| end <= size >> self.height())
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes { level } => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups[1..].iter().rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for Tile {
    type Err = NotATile;

    fn from_str(path: &str) -> Result<Self, NotATile> {
        let inside = path.strip_prefix("tile/").ok_or(NotATile)?;
        let (level, rest) = inside.split_once('/').ok_or(NotATile)?;
        let kind = match level {
            "entries" => TileKind::Entries,
            level => TileKind::Hashes { level: level.parse().ok().filter(|level| *level <= TOP).ok_or(NotATile)? },
        };
        let (groups, width) = match rest.split_once(".p/") {
            Some((groups, width)) => (groups, width.parse().ok().filter(|w| (1..WIDTH).contains(w)).ok_or(NotATile)?),
            None => (rest, WIDTH),
        };
        let mut index: u64 = 0;
        for group in groups.split('/') {
            let digits: u64 = group.strip_prefix('x').unwrap_or(group).parse().map_err(|_| NotATile)?;
            index = index.checked_mul(1000).and_then(|index| index.checked_add(digits)).ok_or(NotATile)?;
        }
        // One tile, one address: whatever is not as it is written here is none.
        Some(Self { kind, index, width }).filter(|tile| tile.to_string() == path).ok_or(NotATile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_specification() {
        let hashes = |level| TileKind::Hashes { level };
        let cases = [
            ("tile/0/000", Tile { kind: hashes(0), index: 0, width: WIDTH }),
            ("tile/1/x001/x234/067", Tile { kind: hashes(1), index: 1_234_067, width: WIDTH }),
            ("tile/0/x001/000.p/5", Tile { kind: hashes(0), index: 1000, width: 5 }),
            ("tile/entries/017.p/255", Tile { kind: TileKind::Entries, index: 17, width: 255 }),
        ];
        for (path, tile) in cases {
            assert_eq!(path.parse(), Ok(tile));
            assert_eq!(tile.to_string(), path);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for path in [
            "tile/0/0",
            "tile/00/000",
            "tile/0/x000/000",
            "tile/0/1000",
            "tile/0/001/000",
            "tile/8/000",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/05",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
            "tile/leaves/000",
            "tile/0",
            "",
        ] {
            assert_eq!(path.parse::<Tile>(), Err(NotATile), "{path}");
        }
    }

    #[test]
    fn a_log_has_the_tiles_that_its_leaves_fill() {
        let tile = |path: &str| path.parse::<Tile>().expect("a tile");
        for (path, from) in [
            ("tile/0/000.p/1", 1),
            ("tile/0/000", 256),
            ("tile/entries/001.p/3", 259),
            ("tile/1/000.p/2", 512),
            ("tile/2/000.p/1", 65_536),
        ] {
            assert!(tile(path).is_within(from), "{path} of {from}");
            assert!(!tile(path).is_within(from - 1), "{path} of {}", from - 1);
        }
    }
}
