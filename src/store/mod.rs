//! The station's SQLite: an insert-only ledger of entries, and the outbox of what is not yet received.
//!
//! In scope: schema, append with its outbox items in one transaction, attempts and outcomes, backup.
//! Not here: what an entry says (`protocol`), photo bytes (`photo`), when to send (`sync`).
