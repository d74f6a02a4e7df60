//! The paper: the C.HASIL form as data, and its arithmetic.
//!
//! In scope: boxes, counts, drafts, rules, findings, answers. Pure: no clock, disk, network.
//! Not here: who may record what and when (`protocol::state`), photographs of the form (`photo`).
