//! The verdict on a checkpoint: pure, from the last cosigned one and the tiles of the log.

use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::consistency::{Head, consistency, is_consistent};
use crate::protocol::merkle;
use crate::protocol::tile_set::{Needed, TileSet};

/// What a checkpoint is beside the last one that was cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The first of this log: there is nothing yet that it could contradict.
    First,
    /// The very state that was cosigned.
    Known,
    /// It continues what was cosigned.
    Grown,
    /// It is smaller than what was cosigned: the log was set back, or somebody shows an old state.
    Shrunk,
    /// It does not contain what was cosigned: the log has two histories.
    Forked,
}

/// Why there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// A tile is needed first.
    Needed(Needed),
    /// The tiles do not give the signed root. That proves nothing about the log but that it is not proved.
    Unproved,
}

impl From<Needed> for Halt {
    fn from(needed: Needed) -> Self {
        Self::Needed(needed)
    }
}

/// Judges `seen` beside the last cosigned checkpoint of the same log.
///
/// [`Verdict::Forked`] is said only of a root that the tiles give, or of two roots of one size: a broken copy of the tiles
/// accuses nobody.
///
/// # Errors
/// [`Halt`].
pub fn judge(kept: Option<&Checkpoint>, seen: &Checkpoint, tiles: &TileSet) -> Result<Verdict, Halt> {
    if let Some(kept) = kept {
        if seen.size() < kept.size() {
            return Ok(Verdict::Shrunk);
        }
        if seen.size() == kept.size() {
            return Ok(if seen.root() == kept.root() { Verdict::Known } else { Verdict::Forked });
        }
    }
    if merkle::root(tiles, seen.size())? != seen.root() {
        return Err(Halt::Unproved);
    }
    let Some(kept) = kept else { return Ok(Verdict::First) };
    let proof = consistency(tiles, kept.size(), seen.size())?;
    Ok(if is_consistent(head(kept), head(seen), &proof) { Verdict::Grown } else { Verdict::Forked })
}

fn head(checkpoint: &Checkpoint) -> Head {
    Head { size: checkpoint.size(), root: checkpoint.root() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::protocol::key::PrivateKey;

    fn signed(leaves: &[&[u8]]) -> (Checkpoint, TileSet) {
        let hashes: Vec<Digest> = leaves.iter().map(|leaf| merkle::leaf_hash(leaf)).collect();
        let size = hashes.len() as u64;
        let mut tiles = TileSet::new(size);
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
        tiles.insert(format!("tile/0/000.p/{size}").parse().expect("a tile"), bytes).expect("fits");
        let root = merkle::root(&tiles, size).expect("one tile is all");
        let key = PrivateKey::from_seed("log.example", &[1; 32]).expect("a key");
        (Checkpoint::sign(size, root, &key).expect("signs"), tiles)
    }

    #[test]
    fn every_case_has_its_verdict() {
        let (three, three_tiles) = signed(&[b"a", b"b", b"c"]);
        let (five, five_tiles) = signed(&[b"a", b"b", b"c", b"d", b"e"]);
        let (other, other_tiles) = signed(&[b"a", b"x", b"c", b"d", b"e"]);
        let (same_size, _) = signed(&[b"a", b"b", b"y"]);
        let cases = [
            (None, &three, &three_tiles, Ok(Verdict::First)),
            (Some(&three), &three, &three_tiles, Ok(Verdict::Known)),
            (Some(&three), &five, &five_tiles, Ok(Verdict::Grown)),
            (Some(&five), &three, &three_tiles, Ok(Verdict::Shrunk)),
            (Some(&three), &same_size, &three_tiles, Ok(Verdict::Forked)),
            (Some(&three), &other, &other_tiles, Ok(Verdict::Forked)),
            (Some(&three), &five, &other_tiles, Err(Halt::Unproved)),
            (None, &five, &other_tiles, Err(Halt::Unproved)),
        ];
        for (at, (kept, seen, tiles, expected)) in cases.into_iter().enumerate() {
            assert_eq!(judge(kept, seen, tiles), expected, "case {at}");
        }
        let needed = Needed("tile/0/000.p/5".parse().expect("a tile"));
        assert_eq!(judge(Some(&three), &five, &TileSet::new(5)), Err(Halt::Needed(needed)));
    }
}
