//! All that leaves the machine: signed notes, events, chain, log, receipts, wire, bundle names.
//!
//! In scope: exact bytes, their signatures, the one transition function. Pure: no disk, network, database.
//! Not here: what the boxes mean (`form`), how bytes are stored (`store`, `central`) or sent (`sync`).
