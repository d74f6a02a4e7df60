//! Exports a bundle and verifies it, trusting nobody.
//!
//! In scope: the source of evidence, the bundle on disk, the verifier, its report.
//! Not here: anything with SQLite, HTTP or images: the verifier builds alone.

mod dossier;
mod export;
mod finding;
mod folder;
mod folder_source;
mod kind;
mod lone;
mod print;
mod record;
mod report;
mod role;
mod seen;
pub mod source;
pub(crate) mod tables;
mod verify;

pub use export::{BagError, ExportError, Exported, Maker, Scope, export};
pub use finding::{Detail, Finding, Place, Side};
pub use folder::{Folder, FolderError};
pub use kind::{Kind, Severity};
pub use lone::{Lone, LoneError};
pub use report::{Checked, Report, Subject, Verdict};
pub use source::{KeptAnnotation, KeptReceipt, ReceiptOf, Source};
pub use tables::TableError;
pub use verify::{Trust, check, verify};
