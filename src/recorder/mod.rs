//! The use cases of the station: what two officers do on polling day, one function each.
//!
//! In scope: set up, enrol, read, photograph, seal, correct, close; keys and PIN of the officers.
//! Not here: prompts and pages (`cli`, `web`), sending (`sync`), the rules of the chain (`protocol::state`).
