//! Delivers the outbox until central has signed for every item.
//!
//! In scope: the plan, backoff, the worker, the uplink trait and its HTTP implementer.
//! Not here: what is in the outbox (`store`), what central answers (`protocol::wire`).

mod answer;
pub mod backoff;
mod believe;
mod breaker;
mod error;
mod event;
pub mod http;
mod light;
mod memory;
mod network;
mod pace;
pub mod parcel;
mod plan;
mod progress;
mod reconcile;
mod repair;
mod tally;
mod traffic;
mod trouble;
mod uplink;
mod worker;

pub use answer::{Answer, Later};
pub use believe::believe;
pub use breaker::{Breaker, LIMIT};
pub use error::SyncError;
pub use event::{Event, Events};
pub use light::{LONG, LightCopies};
pub use memory::{Memory, Question};
pub use pace::{Pace, WallClock};
pub use plan::{ENTRY_SOON, Named, Queue, SECOND_LOOK, Step, Why, plan, together};
pub use progress::Progress;
pub use reconcile::{Alarm, Link, Reconciled, reconcile};
pub use repair::Repair;
pub use tally::Tally;
pub use traffic::{Traffic, photo_bytes};
pub use trouble::{Reach, Trouble};
pub use uplink::{Body, Content, Shipment, Told, Uplink, Upload};
pub use worker::{End, Equipment, Nudge, Until, Worker};
