//! The fault layer: an honest central behind a network and a data centre that misbehave by script.
//!
//! In scope: scripts in TOML, the decision which request is hit, what is done to it, counting.
//! Not here: central itself, which stays honest: every fault happens between it and the sender.

mod act;
mod action;
mod layer;
mod script;
mod switch;
mod target;

pub use action::Action;
pub(super) use layer::{Weather, around};
pub use script::{Rule, RuleFault, Script, ScriptError};
pub use switch::{Faults, Tally};
pub use target::Kind;
