//! The test central: an honest server that accepts, logs and recapitulates, and a fault layer around it.
//!
//! In scope: enrolment, acceptance, the Merkle log, receipts, photos, recap, HTTP, scripted faults.
//! Not here: the formats (`protocol`), the verdict over a whole day (`audit`).
//!
//! [`Central`] itself is plain and blocking: no threads, no network, time as an argument.

mod accept;
mod answer;
mod batch;
mod checked;
mod code;
mod desk;
mod enrol;
pub mod faults;
mod filed;
mod holding;
mod home;
pub mod http;
mod index;
mod keeper;
mod log;
mod metrics;
mod officers;
mod photos;
mod read;
mod reading;
pub mod recap;
mod refusal;
mod source;
pub mod store;
mod tiles;

pub use answer::{Answer, News, Submission};
pub use code::{Code, NotACode};
pub use desk::{Desk, DeskError};
pub use enrol::{IssuedCode, officers};
pub use filed::{Filed, FiledKind};
pub use home::{Home, HomeError};
pub use keeper::{Central, CentralError};
pub use photos::Expected;
pub use refusal::Refusal;
