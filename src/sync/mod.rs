//! Delivers the outbox until central has signed for every item.
//!
//! In scope: the plan, backoff, the worker, the uplink trait and its HTTP implementer.
//! Not here: what is in the outbox (`store`), what central answers (`protocol::wire`).

mod answer;
pub mod backoff;
mod believe;
mod breaker;
mod memory;
mod plan;
mod reconcile;
mod repair;
mod trouble;

pub use answer::{Answer, Later};
pub use believe::believe;
pub use breaker::{Breaker, LIMIT};
pub use memory::{Memory, Question};
pub use plan::{ENTRY_SOON, Queue, SECOND_LOOK, Step, Why, plan};
pub use reconcile::{Alarm, Link, Reconciled, reconcile};
pub use repair::Repair;
pub use trouble::{Reach, Trouble};
