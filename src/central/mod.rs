//! The test central: an honest server that accepts, logs and recapitulates, and a fault layer around it.
//!
//! In scope: enrolment, acceptance, the Merkle log, receipts, photos, recap, HTTP, scripted faults.
//! Not here: the formats (`protocol`), the verdict over a whole day (`audit`).
