//! Why a round of a witness came to nothing. None of these says that a log forked; that is a [`super::Round`].

use std::io;
use std::path::PathBuf;

use crate::protocol::checkpoint::CheckpointError;
use crate::protocol::cosignature::CosignatureError;
use crate::protocol::tile::Tile;
use crate::protocol::tile_set::OtherLength;
use crate::sync::http::Denial;

/// Why a round came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// Another witness works in the folder.
    #[error("another witness works in {}; stop it first: two could cosign two histories", .0.display())]
    InUse(PathBuf),
    /// The folder.
    #[error("working with {}", path.display())]
    Folder {
        /// Which file or folder.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The kept checkpoint is not by the log's key: the log has another key now, or the file was changed.
    #[error("{} is no checkpoint by the key that was given for its log; find out why before you remove it", path.display())]
    Kept {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: CheckpointError,
    },
    /// The kept checkpoint was not cosigned with this witness's key.
    #[error("{} was not cosigned with this witness's key; a new key needs a new folder", path.display())]
    KeptByOther {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: CosignatureError,
    },
    /// The log did not answer.
    #[error("the log could not be asked for {what}")]
    Asked {
        /// What was asked for.
        what: String,
        /// The answer.
        #[source]
        source: Denial,
    },
    /// What came is no checkpoint by the log's key.
    #[error("what came is no checkpoint of this log; compare the log's key with the published one")]
    Checkpoint(#[from] CheckpointError),
    /// A tile is not one.
    #[error("the log sent something that is no tile")]
    Tile(#[from] OtherLength),
    /// The tiles do not give the signed root: nothing was cosigned.
    #[error("the tiles of the log do not give the root that it signed for {size} leaves; nothing was cosigned")]
    Unproved {
        /// The size that was signed.
        size: u64,
    },
    /// A tile was there and did not help: a tree of this size has no such node.
    #[error("{0} does not hold what a log of this size must have; nothing was cosigned")]
    Senseless(Tile),
    /// Cosigned and kept, and central does not have it yet.
    #[error("the checkpoint over {size} leaves is cosigned and kept, and could not be handed in")]
    HandIn {
        /// Its size.
        size: u64,
        /// The answer.
        #[source]
        source: Denial,
    },
}
