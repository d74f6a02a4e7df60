//! Why a bundle could not be written.

use std::io;
use std::path::PathBuf;

use crate::audit::tables::TableError;
use crate::protocol::election::ElectionError;

/// Why a bundle could not be written; `E` is the source's error.
#[derive(Debug, thiserror::Error)]
pub enum ExportError<E: std::error::Error + 'static> {
    /// The source cannot be read.
    #[error("the evidence cannot be read")]
    Source(#[source] E),
    /// The election file is none.
    #[error("the election file cannot be read; without it no table can be made")]
    Election(#[source] ElectionError),
    /// The source knows no station of the scope: there is nothing that a bundle could prove.
    #[error("nothing is kept of any station that was asked for")]
    Nothing,
    /// The folder cannot be written.
    #[error("the bundle cannot be written")]
    Bag(#[from] BagError),
    /// A table cannot be written.
    #[error("a table cannot be made")]
    Table(#[from] TableError),
}

/// Why the folder of a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BagError {
    /// Something has that name already; nothing is ever overwritten.
    #[error("{} exists already; choose another name", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// The path has no last part, such as `/`.
    #[error("{} is not the name of a folder that could be made", path.display())]
    NoName {
        /// Which.
        path: PathBuf,
    },
    /// What is to be exported broke off while it was read.
    #[error("reading what becomes {path}")]
    Read {
        /// Its path in the bundle, or the photo's name.
        path: String,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// A file or folder cannot be made, written or made durable.
    #[error("writing {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
}
