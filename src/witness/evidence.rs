//! What shows that a log contradicted itself: two checkpoints that it signed, and the tiles that tie the later one to its leaves.
//!
//! A fork is shown by the folder alone. Of a log that went back it holds what was shown before and after; both may be honest,
//! and only the witness can say in which order it saw them.

use std::fs;
use std::path::PathBuf;

use super::error::WitnessError;
use super::home::{Home, failed, make};
use crate::digest::Digest;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::tile_set::TileSet;
use crate::store::durable;

/// Folder of all evidence.
const EVIDENCE: &str = "evidence";
/// The checkpoint that this witness cosigned.
const KEPT: &str = "cosigned.note";
/// The one that does not continue it; written last, so that a folder with it is whole.
const SEEN: &str = "seen.note";

impl Home {
    /// Keeps what shows the contradiction, once for each pair of checkpoints. **Durable when it returns.**
    ///
    /// # Errors
    /// [`WitnessError::Folder`].
    pub fn accuse(&self, kept: &Checkpoint, seen: &Checkpoint, tiles: &TileSet) -> Result<PathBuf, WitnessError> {
        let pair = [kept, seen].map(|checkpoint| checkpoint.note().text()).concat();
        let folder = self.folder.join(EVIDENCE).join(Digest::of(pair.as_bytes()).to_string());
        let last = folder.join(SEEN);
        if last.exists() {
            return Ok(folder);
        }
        let written = [(KEPT.to_owned(), kept.note().bytes())].into_iter();
        let written = written.chain(tiles.tiles().map(|(tile, bytes)| (tile.to_string(), bytes)));
        for (name, bytes) in written.chain([(SEEN.to_owned(), seen.note().bytes())]) {
            let path = folder.join(name);
            make(path.parent().unwrap_or(&folder))?;
            durable::write(&path, bytes).map_err(|source| failed(&path, source))?;
        }
        Ok(folder)
    }

    /// The folders of evidence that lie here, from this run and earlier ones.
    ///
    /// # Errors
    /// [`WitnessError::Folder`].
    pub fn evidence(&self) -> Result<Vec<PathBuf>, WitnessError> {
        let all = self.folder.join(EVIDENCE);
        if !all.exists() {
            return Ok(Vec::new());
        }
        let list = fs::read_dir(&all).and_then(|list| list.map(|item| Ok(item?.path())).collect::<Result<Vec<_>, _>>());
        let mut found = list.map_err(|source| failed(&all, source))?;
        found.retain(|folder| folder.join(SEEN).exists());
        found.sort();
        Ok(found)
    }
}
