//! All that leaves the machine: signed notes, events, chain, recapitulation, log, receipts, wire, bundle names.
//!
//! In scope: exact bytes, their signatures, the one transition function. Pure: no disk, network, database.
//! Not here: what the boxes mean (`form`), how bytes are stored (`store`, `central`) or sent (`sync`).

pub mod annotation;
pub mod bundle;
pub mod carrier;
pub mod chain;
pub mod checkpoint;
pub mod coding;
pub mod consistency;
pub mod cosignature;
pub mod election;
mod entries;
pub mod entry;
pub mod ids;
pub mod key;
pub mod merkle;
pub mod moves;
pub mod note;
mod paper_kind;
pub mod people;
mod picture;
pub mod recap;
pub mod receipt;
pub mod sealed;
pub mod state;
mod statement;
pub mod tile;
pub mod tile_set;
pub mod tus;
pub mod wire;

pub use statement::StatementError;
